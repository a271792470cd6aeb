// Events as rows for people: when, where, what kind, and the fields that are usually asked for.
import { oneLine } from '../../base/shown.ts'
import { isoTime } from '../../base/time.ts'

import type { Event } from '../../event/event.ts'
import { fieldOf } from '../../event/event.ts'
import { logSourceJson, printSelector } from '../../event/log-source.ts'

/** Shown where no fields are asked for. */
export const usual: readonly string[] = [
  'EventID',
  'SyscallName',
  'Image',
  'CommandLine',
  'ParentImage',
  'PipeName',
  'TargetObject',
  'Details',
  'ImageLoaded',
  'TargetImage',
  'SocketPath',
  'XpcService',
  'DocumentName',
  'ItemKind',
  'ItemText',
  'ScriptPath',
  'ActionKind',
  'ActionTarget',
  'ActionHost',
]

/** Characters of a value that nobody asked for by name. */
const maxValue = 60

const noTime = '(no time)'.padEnd('2026-01-01T00:00:00.000Z'.length)

export class EventRows {
  readonly #fields: readonly string[]
  readonly #whole: boolean

  constructor(fields: readonly string[] | undefined) {
    this.#fields = fields ?? usual
    this.#whole = fields !== undefined
  }

  /** One row with its break. */
  row(event: Event): string {
    const shown = this.#fields.flatMap((name) => {
      const value = fieldOf(event, name)
      if (value === undefined || value === '') return []
      const text = oneLine(
        typeof value === 'string' ? value : JSON.stringify(value),
      )
      const cut = !this.#whole && text.length > maxValue
      return [`${name}=${cut ? `${text.slice(0, maxValue)}...` : text}`]
    })
    const time = isoTime(event.time()) ?? noTime
    const source = printSelector(logSourceJson(event.shape.logSource))
    const host = oneLine(event.host() ?? '-')
    return `${time}  ${host}  ${source}  ${shown.join('  ')}\n`
  }
}
