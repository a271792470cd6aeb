// Which log sources are there really: of which host, with which fields, on which days?
import { fieldOf, type Event, type EventShape } from '../../event/event.ts'
import type { LogSource } from '../../event/log-source.ts'
import { sourcetypeOf } from '../../event/sources/sourcetypes.ts'

/** Events of one kind on one host. */
export interface SeenSource {
  readonly host: string
  /** As Splunk calls it. */
  readonly source: string
  readonly category: string
  readonly logSource: LogSource
  /** Of the Windows log; '' elsewhere. */
  readonly id: string
  events: number
  /** Of those that rules ask: seen with a value. */
  readonly filled: Set<string>
  /** Events by hour since 1970. */
  readonly hours: Map<number, number>
}

/** Of an event that tells no host. */
export const noHost = ''

/** Kinds of events on hosts that are told apart; beyond them nothing new is. */
const maxKinds = 50_000
/** Hours of one kind that are counted: eleven years. */
const maxHours = 100_000

const hourMs = 3_600_000

export class SeenSources {
  readonly #asked: readonly string[]
  readonly #kinds = new Map<string, SeenSource>()
  readonly #waiting = new WeakMap<SeenSource, WeakMap<EventShape, string[]>>()
  readonly #names = new WeakMap<EventShape, string>()
  /** Some were not told apart. */
  isCut = false

  /** `asked`: fields that rules read. */
  constructor(asked: ReadonlySet<string>) {
    this.#asked = [...asked]
  }

  take(event: Event): void {
    const seen = this.#of(event)
    if (!seen) return
    seen.events++
    const time = event.time()
    if (time !== undefined) {
      const hour = Math.floor(time / hourMs)
      const known = seen.hours.get(hour)
      if (known !== undefined || seen.hours.size < maxHours)
        seen.hours.set(hour, (known ?? 0) + 1)
    }
    this.#fill(seen, event)
  }

  all(): readonly SeenSource[] {
    return [...this.#kinds.values()]
  }

  #of(event: Event): SeenSource | undefined {
    const { shape } = event
    const host = event.host() ?? noHost
    const key = `${host}\n${this.#nameOf(shape)}`
    const known = this.#kinds.get(key)
    if (known) return known
    if (this.#kinds.size >= maxKinds) {
      this.isCut = true
      return undefined
    }
    const { logSource, provenance } = shape
    const seen: SeenSource = {
      host,
      source: sourcetypeOf(shape),
      category: logSource.category?.at(-1) ?? '',
      logSource,
      id: /^\d+$/.test(provenance.id) ? provenance.id : '',
      events: 0,
      filled: new Set(),
      hours: new Map(),
    }
    this.#kinds.set(key, seen)
    return seen
  }

  #nameOf(shape: EventShape): string {
    let name = this.#names.get(shape)
    if (name === undefined) {
      name = `${sourcetypeOf(shape)}\n${shape.logSource.id}\n${shape.provenance.id}`
      this.#names.set(shape, name)
    }
    return name
  }

  /** A field is looked for until it was seen once. */
  #fill(seen: SeenSource, event: Event): void {
    const { shape } = event
    let shapes = this.#waiting.get(seen)
    if (!shapes) {
      shapes = new WeakMap()
      this.#waiting.set(seen, shapes)
    }
    let waiting = shapes.get(shape)
    if (!waiting) {
      waiting = this.#asked.filter(
        (f) => !seen.filled.has(f) && shape.indexOf(f) >= 0,
      )
      shapes.set(shape, waiting)
    }
    for (let i = waiting.length; i-- > 0; ) {
      const field = waiting[i]!
      if (fieldOf(event, field) == null) continue
      seen.filled.add(field)
      waiting.splice(i, 1)
    }
  }
}
