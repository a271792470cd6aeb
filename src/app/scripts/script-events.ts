// Actions of a script that an event carries, as events of their own: they stand at the event's record, and share its time and host.
import type { Value } from '../../base/record.ts'

import type { Event } from '../../event/event.ts'
import type { PlainEvent } from '../../event/made-event.ts'
import { fieldOf } from '../../event/event.ts'
import { scriptCategory } from '../../event/sources/script.ts'

import { recordsOf, type ScriptAbout } from '../../readers/script/actions.ts'

import {
  readScript,
  type ScriptReading,
  type Language,
} from '../../scripts/index.ts'

/** Of the event, so that a finding says whose script it was. */
const context = [
  'Image',
  'ParentImage',
  'User',
  'ProcessId',
  'ProcessGuid',
  'CommandLine',
  'ScriptName',
  'HostApplication',
  'DocumentName',
  'DocumentPart',
  'DocumentFormat',
  'MacroName',
] as const

export interface ScriptPlace {
  readonly product: string | undefined
  readonly origin: Event['origin']
  readonly time: number | undefined
  readonly host: string | undefined
  readonly fields: { readonly [name: string]: Value }
}

export function placeOf(event: Event): ScriptPlace {
  const fields: { [name: string]: Value } = {}
  for (const name of context) {
    const value = fieldOf(event, name)
    if (value !== undefined && value !== null && value !== '')
      fields[name] = value
  }
  return {
    product: event.shape.logSource.product,
    origin: { ...event.origin },
    time: event.time(),
    host: event.host(),
    fields,
  }
}

export function* scriptEvents(
  reading: ScriptReading,
  about: ScriptAbout,
  { product, origin, time, host, fields }: ScriptPlace,
): Generator<PlainEvent> {
  for (const one of recordsOf(reading, about)) {
    const all = { ...fields, ...one.fields }
    yield {
      names: Object.keys(all),
      values: Object.values(all),
      product,
      category: [scriptCategory],
      service: [one.provenance.provider],
      provenance: one.provenance,
      origin,
      time,
      host,
    }
  }
}

/** Readings that are remembered: the same line is started again and again. */
const maxRemembered = 4_096
/** Of a text that is remembered, in UTF-16 units. */
const maxRememberedUnits = 16_384

/** Reads each text once. */
export class Readings {
  readonly #known = new Map<string, ScriptReading | undefined>()

  of(text: string, language: Language): ScriptReading | undefined {
    if (text.length > maxRememberedUnits) return readScript(text, { language })
    const key = `${language}\0${text}`
    if (this.#known.has(key)) return this.#known.get(key)
    const reading = readScript(text, { language })
    if (this.#known.size >= maxRemembered) this.#known.clear()
    this.#known.set(key, reading)
    return reading
  }
}

/** What a command line starts is told by the event itself; what stands inside is not. */
export function insideOf(reading: ScriptReading): ScriptReading | undefined {
  const actions = reading.actions.filter(
    (a) => a.depth > 0 || a.kind !== 'start',
  )
  return actions.length ? { ...reading, actions } : undefined
}
