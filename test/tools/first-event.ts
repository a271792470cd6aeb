// One JSON object as the event that it becomes.
import { Shape } from '../../src/base/record.ts'
import { logSourceJson } from '../../src/event/log-source.ts'
import { Normaliser } from '../../src/normalise/normaliser.ts'
import { jsonl } from '../../src/readers/jsonl/index.ts'

import { collect } from './collect.ts'

export function firstEvent(object: object) {
  const [record] = collect(jsonl, `${JSON.stringify(object)}\n`).records
  const { provenance, fields: raw } = record!
  const shape = new Shape(Object.keys(raw))
  const value = (i: number) => raw[shape.names[i]!]
  const read = { shape, provenance, number: 1, offset: 0, writtenAt: undefined }
  const event = new Normaliser().event({ ...read, value }, 'a.json')
  const { names, logSource } = event.shape
  const fields = Object.fromEntries(names.map((n, i) => [n, event.value(i)]))
  const [time, host] = [event.time(), event.host()]
  return { ...logSourceJson(logSource), fields, time, host }
}
