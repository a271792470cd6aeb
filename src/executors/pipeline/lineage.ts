// Which events was a row made of? Kept only where somebody wants to know (a rule's finding names them), and bounded: of many
// events the first few themselves, of all of them the number, the host and the last time.
/** An event as whoever wants to know of it keeps it. */
export interface NamedEvent {
  /** In milliseconds since 1970. */
  readonly time: number | undefined
  readonly host: string | undefined
  /** That it takes. */
  readonly bytes: number
}

/** Events that one row names. */
export const maxNamedEvents = 20
/** Events beyond the first of each row that one command keeps. */
const maxKeptEvents = 200_000
/** The same in bytes. */
const maxKeptBytes = 16 * 1024 * 1024

export class Lineage {
  /** The first of them, in the order of the input. */
  readonly events: NamedEvent[] = []
  /** That the named ones take. */
  bytes = 0
  count = 0
  /** Of the last event, in milliseconds. */
  last: number | undefined
  /** The one host of all of them; undefined: unknown, or several. */
  host: string | undefined
  #mixed = false

  static of(event: NamedEvent): Lineage {
    const made = new Lineage()
    made.events.push(event)
    made.bytes = event.bytes
    made.count = 1
    made.last = event.time
    made.host = event.host
    return made
  }

  /** The events of another row too; `room`: more of them may be named. */
  add(other: Lineage, room: boolean): void {
    for (const event of other.events) {
      if (this.events.length >= (room ? maxNamedEvents : 1)) break
      if (this.events.includes(event)) continue
      this.events.push(event)
      this.bytes += event.bytes
    }
    this.#addHost(other)
    this.count += other.count
    if (other.last !== undefined && !(this.last! >= other.last))
      this.last = other.last
  }

  #addHost(other: Lineage): void {
    if (this.count === 0) {
      this.host = other.host
      this.#mixed = other.#mixed
    } else if (other.#mixed || other.host !== this.host) {
      this.host = undefined
      this.#mixed = true
    }
  }
}

/** Puts the lineages of many rows together, within the bound of one command. */
export class LineageSum {
  #events = 0
  #bytes = 0

  add(
    sum: Lineage | undefined,
    part: Lineage | undefined,
  ): Lineage | undefined {
    if (!part) return sum
    const whole = sum ?? new Lineage()
    const { length } = whole.events
    const { bytes } = whole
    whole.add(part, this.#events < maxKeptEvents && this.#bytes < maxKeptBytes)
    this.#events += whole.events.length - length
    this.#bytes += whole.bytes - bytes
    return whole
  }
}

/** Of two rows that become one. */
export function bothLineages(
  a: Lineage | undefined,
  b: Lineage | undefined,
): Lineage | undefined {
  if (!a || !b) return a ?? b
  const whole = new Lineage()
  whole.add(a, true)
  whole.add(b, true)
  return whole
}
