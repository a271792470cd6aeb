// Events as NDJSON lines, as `ipcwatch events` prints them: all fields, under the provider's own names and the canonical ones.
import type { Value } from '../../base/record.ts'
import { isoTime } from '../../base/time.ts'

import { ByShape } from '../../event/by-shape.ts'
import type { Event, EventShape } from '../../event/event.ts'
import { logSourceJson } from '../../event/log-source.ts'

interface LinePlan {
  /** `"name":` of each field that is wanted, with its position. */
  readonly keys: readonly string[]
  readonly positions: readonly number[]
  readonly logSource: string
  /** The value of each field in the event of this shape before, and its JSON: neighbours are much alike. */
  readonly lastValues: (Value | undefined)[]
  readonly lastJson: string[]
}

export class EventLines {
  readonly #plans: ByShape<LinePlan>
  #file = ''
  #fileJson = '""'

  /** `fields`: only these, in this order; undefined: all. */
  constructor(fields: readonly string[] | undefined) {
    this.#plans = new ByShape((shape) => makePlan(shape, fields))
  }

  /** One line with its break. */
  line(event: Event): string {
    const plan = this.#plans.of(event.shape)
    const { file, record, offset } = event.origin
    if (file !== this.#file) {
      this.#file = file
      this.#fileJson = JSON.stringify(file)
    }
    const time = isoTime(event.time())
    const host = event.host()
    let fields = ''
    const { keys, positions, lastValues, lastJson } = plan
    for (let i = 0; i < keys.length; i++) {
      const value = event.value(positions[i]!)
      if (value === undefined) continue
      if (value !== lastValues[i]) {
        lastValues[i] = value
        lastJson[i] = keys[i] + valueJson(value)
      }
      fields += fields === '' ? lastJson[i] : `,${lastJson[i]}`
    }
    return `{"file":${this.#fileJson},"record":${record},"offset":${offset},"time":${time === null ? 'null' : `"${time}"`},"host":${host === undefined ? 'null' : JSON.stringify(host)},"logSource":${plan.logSource},"fields":{${fields}}}\n`
  }
}

function makePlan(
  shape: EventShape,
  wanted: readonly string[] | undefined,
): LinePlan {
  const positions = wanted
    ? wanted.map((name) => shape.indexOf(name)).filter((i) => i >= 0)
    : shape.names.map((_, i) => i)
  return {
    keys: positions.map((i) => `${JSON.stringify(shape.names[i])}:`),
    positions,
    logSource: JSON.stringify(logSourceJson(shape.logSource)),
    lastValues: [],
    lastJson: [],
  }
}

function valueJson(value: Value): string {
  return typeof value === 'number' ? jsonNumber(value) : JSON.stringify(value)
}

/** JSON has no NaN and no infinity; EVTX floats can hold both. */
function jsonNumber(n: number): string {
  return Number.isFinite(n) ? String(n) : `"${n}"`
}
