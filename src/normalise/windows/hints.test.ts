import { describe, expect, it } from 'vitest'

import type { Value } from '../../base/record.ts'

import { type Event, fieldOf, keepEvent } from '../../event/event.ts'

import { jsonl } from '../../readers/jsonl/index.ts'

import { Normaliser } from '../normaliser.ts'

function eventOf(fields: Readonly<Record<string, Value>>): Event {
  const normaliser = new Normaliser()
  const events: Event[] = []
  const nothing = () => {}
  const reader = jsonl.open({
    sink: {
      record: (r) => events.push(keepEvent(normaliser.event(r, 'made'))),
      skipped: nothing,
      damaged: nothing,
      unknownShape: nothing,
      shapeSeen: nothing,
    },
  })
  reader.push(Buffer.from(`${JSON.stringify(fields)}\n`))
  reader.end()
  return events[0]!
}

const hints = { product: 'windows', category: 'process_creation' }

describe('a record that names its log source', () => {
  it('gets every name that its channel and event id tell of', () => {
    const event = eventOf({
      ...hints,
      Channel: 'Security',
      EventID: 4688,
      NewProcessName: 'C:\\a.exe',
      NewProcessId: '0x1092',
      _time: '2026-01-02T03:04:05+01:00',
      ComputerName: 'ws7',
    })
    expect(fieldOf(event, 'Image')).toBe('C:\\a.exe')
    expect(fieldOf(event, 'StartedProcessId')).toBe(0x1092)
    expect(fieldOf(event, 'Computer')).toBe('ws7')
    expect(event.time()).toBe(Date.UTC(2026, 0, 2, 2, 4, 5))
    expect(event.shape.logSource).toMatchObject({
      product: 'windows',
      category: ['process_creation'],
      service: undefined,
    })
  })

  it('gets those of its category where it tells no event id', () => {
    const event = eventOf({ ...hints, Hashes: 'MD5=AA,SHA256=BB' })
    expect(fieldOf(event, 'md5')).toBe('AA')
    expect(fieldOf(event, 'sha256')).toBe('BB')
  })

  it('is searched by keywords for what it says itself', () => {
    const { shape } = eventOf({ ...hints, Hashes: 'MD5=AA', Computer: 'a' })
    const searched = shape.names.filter((n) => !shape.aside.includes(n))
    expect(searched).toEqual(['Hashes', 'Computer'])
  })

  it('names none by columns that are called so', () => {
    const start = {
      Channel: 'Microsoft-Windows-Sysmon/Operational',
      EventID: 1,
      Image: 'C:\\a.exe',
    }
    for (const more of [
      { product: 'Sample® Suite', company: 'Sample' },
      { product: 'Sample® Suite' },
      { category: 'Process Create (rule: ProcessCreate)' },
    ]) {
      const { shape } = eventOf({ ...start, ...more })
      expect(shape.logSource).toMatchObject({
        product: 'windows',
        category: ['process_creation'],
      })
    }
  })

  it('is what it says, whatever its event id', () => {
    const event = eventOf({
      product: 'acme',
      service: 'sensor',
      Channel: 'Security',
      EventID: 4688,
    })
    expect(event.shape.logSource).toMatchObject({
      product: 'acme',
      category: undefined,
      service: ['sensor'],
    })
  })
})
