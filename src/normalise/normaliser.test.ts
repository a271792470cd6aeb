import { describe, expect, it } from 'vitest'

import {
  type Provenance,
  provenance,
  Shape,
  type SourceRecord,
  type Value,
} from '../base/record.ts'

import { fieldOf, keepEvent } from '../event/event.ts'

import { logSourceOf, Normaliser } from './normaliser.ts'

function record(
  shape: Shape,
  from: Provenance,
  values: readonly (Value | undefined)[],
  number = 1,
): SourceRecord {
  return {
    shape,
    provenance: from,
    number,
    offset: number * 10,
    writtenAt: undefined,
    value: (i) => values[i],
  }
}

const hinted = provenance('hints', 'windows', '', 'process_creation')

describe('Normaliser', () => {
  it('keeps the fields of flat JSON and takes the log source from its hints', () => {
    const shape = new Shape(['Image', 'UtcTime', 'Computer'])
    const event = new Normaliser().event(
      record(shape, hinted, ['C:\\a.exe', '2020-10-13 04:24:51.699', 'pc1'], 7),
      'a.jsonl',
    )
    expect(fieldOf(event, 'Image')).toBe('C:\\a.exe')
    expect(event.time()).toBe(Date.UTC(2020, 9, 13, 4, 24, 51, 699))
    expect(event.host()).toBe('pc1')
    expect(event.origin).toEqual({ file: 'a.jsonl', record: 7, offset: 70 })
    expect(event.shape.logSource).toMatchObject({
      product: 'windows',
      category: ['process_creation'],
      service: undefined,
    })
  })

  it('leaves the log source of an unknown record unknown', () => {
    const event = new Normaliser().event(
      record(new Shape(['a']), provenance('unknown', '', '', ''), [1]),
      'x',
    )
    expect(event.shape.logSource).toMatchObject({
      product: undefined,
      category: undefined,
      service: undefined,
    })
  })

  it('shares one event shape among alike events of different readers', () => {
    const a = new Normaliser().event(
      record(new Shape(['Image', 'User']), hinted, []),
      'a',
    ).shape
    const b = new Normaliser().event(
      record(new Shape(['Image', 'User']), hinted, []),
      'b',
    ).shape
    const c = new Normaliser().event(
      record(new Shape(['User', 'Image']), hinted, []),
      'c',
    ).shape
    expect(b).toBe(a)
    expect(c).not.toBe(a)
  })

  it('reuses one event, of which a kept copy stays', () => {
    const normaliser = new Normaliser()
    const shape = new Shape(['Image'])
    const first = normaliser.event(record(shape, hinted, ['one']), 'f')
    const kept = keepEvent(first)
    const second = normaliser.event(record(shape, hinted, ['two'], 2), 'f')
    expect(second).toBe(first)
    expect(fieldOf(second, 'Image')).toBe('two')
    expect(fieldOf(kept, 'Image')).toBe('one')
    expect(kept.origin.record).toBe(1)
  })

  it('takes the first time that can be read, then what the container states', () => {
    const shape = new Shape(['UtcTime', '@timestamp'])
    const normaliser = new Normaliser()
    const read = (values: (Value | undefined)[]) =>
      normaliser.event(
        { ...record(shape, hinted, values), writtenAt: 5, shape },
        'f',
      )
    expect(read(['-', '1970-01-01T00:00:01Z']).time()).toBe(1000)
    expect(read([undefined, undefined]).time()).toBe(5)
  })

  it('tells the log source of a provenance before a record is decoded', () => {
    expect(logSourceOf(hinted).category).toEqual(['process_creation'])
    expect(
      logSourceOf(provenance('windows', 'Some-Provider', 'Some', '1')),
    ).toMatchObject({ product: 'windows' })
  })
})
