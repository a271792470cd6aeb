// Findings in order of time, those of one record in several places as one. Sources are read in any order, so all wait until the last is
// there.
import { contentOf, joinPlaces } from '../../findings/assemble.ts'
import { ReadEvent, type SaidByNumber } from '../../findings/read-event.ts'
import { type WrittenFinding, WrittenText } from '../../findings/written.ts'

import { KeptBytes } from './kept-bytes.ts'
import { Spool } from './spool.ts'
import type { Waiting, WaitingKey } from './waiting.ts'

/** What shares time and record is put in order together, up to so much, in bytes. */
const maxTogetherBytes = 8 * 1024 * 1024

export interface OrderListener {
  /** Valid during the call. */
  finding(finding: WrittenFinding, rule: number, key: WaitingKey): void
  problem(message: string): void
}

/** A finding as text, and its rule. */
interface Line {
  readonly rule: number
  readonly line: string
}

export class InOrder {
  readonly #listener: OrderListener
  readonly #spool: Spool
  readonly #event: ReadEvent
  readonly #kept = new KeptBytes()
  #said = false

  constructor(listener: OrderListener, said: SaidByNumber, maxBytes?: number) {
    this.#listener = listener
    this.#event = new ReadEvent(said)
    this.#spool = new Spool(
      {
        overflow: (all, why) => {
          this.#sayOnce(why)
          this.#tell(all)
        },
      },
      maxBytes,
    )
  }

  /** A finding as text. */
  add(key: WaitingKey, rule: number, line: string): void {
    this.#spool.addText(key, line, [noEvent, rule])
  }

  /** Findings of events: see `WrittenEvents`. */
  addAll(bytes: Uint8Array, keys: Float64Array): void {
    this.#spool.addAll(bytes, keys)
  }

  /** Nothing of an earlier time will come: what is earlier can go. What waits in a file goes at the end. */
  advance(watermark: number): void {
    if (this.#spool.hasFile) return
    const all = [...this.#spool.drain()]
    const later = all.findIndex((w) => w.time >= watermark)
    this.#tell(later < 0 ? all : all.slice(0, later))
    if (later < 0) return
    for (const { bytes, from, to, ...key } of all.slice(later)) {
      this.#spool.add(key, bytes.subarray(from, to))
    }
  }

  finish(): void {
    this.#tell(this.#spool.drain(true))
  }

  #sayOnce(why: string): void {
    if (this.#said) return
    this.#said = true
    this.#listener.problem(
      `temporary file: ${why}; findings are in order of time in parts only, and copies of a record may be findings of their own`,
    )
  }

  #tell(all: Iterable<Waiting>): void {
    let together: Waiting[] = []
    let bytes = 0
    for (const next of all) {
      const [first] = together
      if (first && (!mayBeOf(first, next) || bytes >= maxTogetherBytes)) {
        this.#letGoAll(together)
        together = []
        this.#kept.clear()
        bytes = 0
      }
      // Valid only until the next is asked for.
      together.push(this.#kept.copy(next))
      bytes += next.to - next.from
    }
    if (together.length) this.#letGoAll(together)
    this.#kept.clear()
  }

  /** One record may stand with more or less of a millisecond in files of several formats. */
  #letGoAll(together: readonly Waiting[]): void {
    if (together.length === 1) {
      this.#letGo(together)
      return
    }
    const records = new Map<number, Waiting[]>()
    for (const waiting of together) {
      const of = records.get(waiting.record)
      if (of) of.push(waiting)
      else records.set(waiting.record, [waiting])
    }
    for (const of of records.values()) this.#letGo(of)
  }

  #letGo(together: readonly Waiting[]): void {
    const first = together[0]!
    if (together.length > 1 || !this.#openInOrder(first)) {
      this.#letGoLines(
        together.flatMap((w) => this.#linesOf(w)),
        first,
      )
      return
    }
    const event = this.#event
    for (let i = 0; i < event.count; i++) {
      event.show(i)
      this.#listener.finding(event, event.rule, first)
    }
  }

  /** Opens an event, and says whether its findings are of different rules and in their order, as they mostly are. */
  #openInOrder({ bytes, from, time }: Waiting): boolean {
    const event = this.#event
    event.open(bytes, from, time)
    let last = -1
    for (let i = 0; i < event.count; i++) {
      const rule = event.ruleOf(i)
      if (rule <= last) return false
      last = rule
    }
    return event.count > 0
  }

  #linesOf({ bytes, from, to, time }: Waiting): Line[] {
    const event = this.#event
    event.open(bytes, from, time)
    if (event.count === 0) return [lineOfBytes(bytes, from, to)]
    return Array.from({ length: event.count }, (_, i) => {
      const line = event.show(i).text()
      return { rule: event.rule, line }
    })
  }

  #letGoLines(lines: readonly Line[], key: WaitingKey): void {
    for (const { rule, alike } of joined([...lines].sort(byRule))) {
      for (const line of alike) {
        this.#listener.finding(new WrittenText(line), rule, key)
      }
    }
  }
}

/** Those of one rule together; those that say the same of one record in several places as one. */
function joined(
  lines: readonly Line[],
): { rule: number; alike: Iterable<string> }[] {
  const byRules = new Map<number, Map<string, string>>()
  for (const { rule, line } of lines) {
    let said = byRules.get(rule)
    if (!said) byRules.set(rule, (said = new Map<string, string>()))
    const content = contentOf(line)
    const known = said.get(content)
    said.set(content, known === undefined ? line : joinPlaces(known, line))
  }
  return Array.from(byRules, ([rule, said]) => ({ rule, alike: said.values() }))
}

function byRule(a: Line, b: Line): number {
  return a.rule - b.rule || (a.line < b.line ? -1 : a.line > b.line ? 1 : 0)
}

function mayBeOf(a: WaitingKey, b: WaitingKey): boolean {
  return Math.floor(a.time) === Math.floor(b.time)
}

/** In place of the number of an event's findings; the rule follows, and the text. */
const noEvent = 0
const lineHeadBytes = 8

function lineOfBytes(bytes: Buffer, from: number, to: number): Line {
  return {
    rule: bytes.readUInt32LE(from + 4),
    line: bytes.toString('utf8', from + lineHeadBytes, to),
  }
}
