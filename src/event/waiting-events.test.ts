import fc from 'fast-check'
import { expect, it } from 'vitest'

import { provenance, type Value } from '../base/record.ts'

import { type PlainEvent, madeEvent, plainEvent } from './made-event.ts'
import { WaitingEvents } from './waiting-events.ts'

const plain = (fields: Record<string, Value | undefined>): PlainEvent => ({
  names: Object.keys(fields),
  aside: [],
  values: Object.values(fields),
  product: 'windows',
  category: ['process_creation'],
  service: ['sysmon'],
  provenance: provenance('windows', 'Sysmon', 'Operational', '1'),
  origin: { file: 'a.evtx', record: 7, offset: 4096 },
  time: 1_500.25,
  host: undefined,
})

const carried = (events: readonly PlainEvent[]) => {
  const writer = new WaitingEvents()
  const reader = new WaitingEvents()
  const texts = events.map((event) => writer.write(madeEvent(event)))
  reader.add(writer.takeShapes())
  return { texts, read: texts.map((text) => plainEvent(reader.read(text))) }
}

const value = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.constant(undefined),
  fc.array(fc.string(), { maxLength: 3 }),
)

it('gives each event as it was written, what it lacks and what is null apart', () => {
  const events = fc.array(fc.dictionary(fc.string({ maxLength: 4 }), value))
  fc.assert(
    fc.property(events, (all) => {
      const made = all.map((fields) => plain(fields))
      expect(carried(made).read).toEqual(made)
    }),
  )
})

it('writes what alike events say of themselves once', () => {
  const { texts } = carried([plain({ Image: 'a' }), plain({ Image: 'b' })])
  expect(texts.join()).not.toContain('Image')
})

it('writes events whole where there are too many shapes', () => {
  const wide = Array.from({ length: 60 }, (_, n) =>
    plain(
      Object.fromEntries(
        Array.from({ length: 1_500 }, (_v, i) => [`name ${n} ${i}`, i]),
      ),
    ),
  )
  const { texts, read } = carried(wide)
  expect(read).toEqual(wide)
  expect(texts.at(-1)).toContain('name 59 1499')
  expect(texts[0]).not.toContain('name 0 0')
})
