// Which events was a row made of? Kept only where somebody wants to know (a rule's finding names them), and bounded: of many
// events the first few themselves, of all of them the number, the host and the last time.
import type { Event } from '../../event/event.ts'

/** Events that one row names. */
export const maxNamedEvents = 20
/** Events beyond the first of each row that one command keeps. */
const maxKeptEvents = 200_000

export class Lineage {
  /** The first of them, in the order of the input. */
  readonly events: Event[] = []
  count = 0
  /** Of the last event, in milliseconds. */
  last: number | undefined
  /** The one host of all of them; undefined: unknown, or several. */
  host: string | undefined
  #mixed = false

  static of(event: Event): Lineage {
    const made = new Lineage()
    made.events.push(event)
    made.count = 1
    made.last = event.time()
    made.host = event.host()
    return made
  }

  /** The events of another row too; `room`: more of them may be named. Gives how many more are named. */
  add(other: Lineage, room: boolean): number {
    const before = this.events.length
    for (const event of other.events) {
      if (this.events.length >= (room ? maxNamedEvents : 1)) break
      if (!this.events.includes(event)) this.events.push(event)
    }
    this.#addHost(other)
    this.count += other.count
    if (other.last !== undefined && !(this.last! >= other.last))
      this.last = other.last
    return this.events.length - before
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
  #left = maxKeptEvents

  add(
    sum: Lineage | undefined,
    part: Lineage | undefined,
  ): Lineage | undefined {
    if (!part) return sum
    const whole = sum ?? new Lineage()
    this.#left -= whole.add(part, this.#left > 0)
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
