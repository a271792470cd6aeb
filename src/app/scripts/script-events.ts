// Actions of a script that an event carries, as events of their own: they stand at the event's record, and share its time and host.
import type { Value } from '../../base/record.ts'
import { Recent } from '../../base/recent.ts'

import type { Event } from '../../event/event.ts'
import type { PlainEvent } from '../../event/made-event.ts'
import { fieldOf } from '../../event/event.ts'
import { scriptCategory } from '../../event/sources/script.ts'

import {
  recordsOf,
  type ScriptAbout,
  type ScriptRecord,
  type WantedKinds,
} from '../../readers/script/actions.ts'

import {
  type Action,
  type ActionKind,
  type Language,
  mayAct,
  readScript,
  type ScriptReading,
} from '../../scripts/index.ts'

import type { AskedActions } from '../rules/asked-scripts.ts'

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

/** `about` is made where something is told. */
export function* scriptEvents(
  reading: ScriptReading,
  about: () => ScriptAbout,
  { product, origin, time, host, fields }: ScriptPlace,
  wants: WantedKinds,
): Generator<PlainEvent> {
  if (!wants('script') && !reading.actions.some((a) => wants(a.kind))) return
  for (const one of recordsOf(reading, about(), wants)) {
    const all = { ...fields, ...one.fields }
    yield {
      names: Object.keys(all),
      values: Object.values(all),
      product,
      category: [scriptCategory],
      service: [one.provenance.provider],
      provenance: one.provenance,
      origin: { ...origin, part: partOf(one) },
      time,
      host,
    }
  }
}

/** Which action of the script it is. */
function partOf({ provenance, fields, offset }: ScriptRecord): string {
  return `${provenance.id} ${String(fields.ActionTarget ?? '')} @${offset}`
}

/** Readings that are remembered: the same line is started again and again. */
const maxRemembered = 4_096
/** Of a text that is remembered, in UTF-16 units. */
const maxRememberedUnits = 16_384
/** Of all texts that are remembered, with what was read of them. */
const maxRememberedBytes = 4 * 1024 * 1024
/** Of an action, besides its texts. */
const actionBytes = 128

interface Remembered {
  readonly reading: ScriptReading | undefined
}

/** Reads each text once, and none that does nothing of what is asked. */
export class Readings {
  readonly wants: WantedKinds
  /** What a block must be able to do; undefined: anything. */
  readonly #screened: ReadonlySet<ActionKind> | undefined
  readonly #known = new Recent<Remembered>(maxRemembered, {
    maxBytes: maxRememberedBytes,
    bytesOf: ({ reading }) => (reading ? bytesOf(reading) : 0),
  })

  constructor({ kinds, hidden = [] }: AskedActions = {}) {
    const asked = kinds && new Set(kinds)
    this.wants = asked ? (kind) => asked.has(kind) : () => true
    // That a script is there is asked of each.
    if (!asked || asked.has('script')) return
    const open = kinds.filter((kind) => !hidden.includes(kind))
    this.#screened = new Set(open as ActionKind[])
  }

  of(text: string, language: Language): ScriptReading | undefined {
    if (text.length > maxRememberedUnits) return this.#read(text, language)
    const key = `${language} ${text}`
    const known = this.#known.get(key)
    if (known) return known.reading
    const reading = this.#read(text, language)
    this.#known.set(key, { reading })
    return reading
  }

  #read(text: string, language: Language): ScriptReading | undefined {
    const kinds = this.#screened
    if (language === 'powershell' && kinds && !mayAct(text, kinds))
      return undefined
    return readScript(text, { language })
  }
}

/** What a command line starts is told by the event itself; what stands inside is not. */
export function insideOf(reading: ScriptReading): ScriptReading | undefined {
  const actions = reading.actions.filter(
    (a) => a.depth > 0 || a.kind !== 'start',
  )
  if (!actions.length) return undefined
  return { ...reading, actions, language: languageOf(reading) }
}

/** A line that hands script to an interpreter is that script: `powershell -Command` is PowerShell, whatever shell reads the line. */
function languageOf({ language, actions }: ScriptReading): Language {
  let outermost: Action | undefined
  for (const action of actions) {
    if (action.depth > 0 && action.depth < (outermost?.depth ?? Infinity))
      outermost = action
  }
  return outermost?.language ?? language
}

function bytesOf({ actions, files }: ScriptReading): number {
  let bytes = 0
  for (const { target, text, source } of actions)
    bytes += actionBytes + target.length + text.length + source.length
  for (const file of files) bytes += file.length
  return bytes
}
