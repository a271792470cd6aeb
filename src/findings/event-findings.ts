// How do findings wait? All of one event together, in a few bytes: what they share stands there once, and what a rule says again and
// again is a number. This writes them where the event is; read-event.ts reads them where findings go out.
//
// An event is 32-bit numbers, lowest byte first: how many findings; how many bytes stand before the rule, and how many from there to the
// fields (see assemble.ts); how many numbers its ties are; then of each finding its rule, two lanes of its id, the number of its end, and
// where its fields begin and end in the text; then the ties (`TieKeys`); then the text.
import { ByteText } from '../base/byte-text.ts'
import type { Digest } from '../base/digest.ts'

import type { TieKeys } from './incidents/tie-keys.ts'
import type { FieldList, Telling } from './tellings.ts'

export const headNumbers = 4
export const numbersEach = 6
export const numberBytes = 4

/** See `Telling`; a rule has few. */
export interface FindingEnd {
  readonly rule: number
  readonly text: Uint8Array
}

/** Plain data: it crosses between threads. */
export interface WrittenEvents {
  /** Events, one behind the other. */
  readonly bytes: Uint8Array
  /** Of each: time in milliseconds since 1970 (Infinity: none), record (see `RecordIdentity`), end in `bytes`. */
  readonly keys: Float64Array
  /** By the numbers that stand in the bytes. */
  readonly ends: readonly FindingEnd[]
  /** How many. */
  readonly findings: number
}

/** Numbers of each event in `keys`. */
const keysEach = 3

/** What all findings of an event say. */
export interface SharedText {
  readonly time: number
  readonly record: number
  /** What stands before the rule, and how many bytes that takes; then what stands before the fields. */
  readonly text: string
  readonly beforeRule: number
  /** Of its incident. */
  readonly ties: TieKeys
}

const noTies: TieKeys = []

export class EventFindings {
  readonly #out = new ByteText()
  #keys: number[] = []
  #ends = new Map<Telling, number>()
  #findings = 0
  /** Of the event that is open: its number (-1: none is), text and numbers. */
  #event = -1
  #time = 0
  #record = 0
  readonly #text = new ByteText()
  readonly #numbers: number[] = []
  #beforeRule = 0
  #beforeFields = 0
  #ties = noTies

  get bytes(): number {
    return this.#out.length + this.#text.length
  }

  /** Is it the event that is open? */
  isAt(event: number): boolean {
    return event === this.#event
  }

  begin(event: number, shared: SharedText): void {
    this.#close()
    const text = this.#text
    text.add(shared.text)
    this.#beforeRule = shared.beforeRule
    this.#beforeFields = text.length - this.#beforeRule
    this.#event = event
    this.#time = shared.time
    this.#record = shared.record
    this.#ties = shared.ties
  }

  /** Are these fields of the open event written? */
  has({ stand }: FieldList): boolean {
    return stand.event === this.#event && stand.writer === this
  }

  addFields({ stand }: FieldList, text: string): void {
    stand.writer = this
    stand.event = this.#event
    stand.from = this.#text.length
    this.#text.add(text)
    stand.to = this.#text.length
  }

  addFinding(rule: number, id: Digest, telling: Telling): void {
    let end = this.#ends.get(telling)
    if (end === undefined) {
      end = this.#ends.size
      this.#ends.set(telling, end)
    }
    const { from, to } = telling.fields.stand
    this.#numbers.push(rule, id.a, id.b, end, from, to)
    this.#findings++
  }

  /** What was written; then it is empty. */
  take(): WrittenEvents | undefined {
    this.#close()
    if (!this.#findings) return undefined
    const taken: WrittenEvents = {
      bytes: this.#out.take(),
      keys: Float64Array.from(this.#keys),
      ends: Array.from(this.#ends.keys(), ({ rule, end }) => ({
        rule,
        text: end,
      })),
      findings: this.#findings,
    }
    this.#keys = []
    this.#ends = new Map()
    this.#findings = 0
    return taken
  }

  #close(): void {
    const numbers = this.#numbers
    if (numbers.length) {
      const out = this.#out
      out.addNumber(numbers.length / numbersEach)
      out.addNumber(this.#beforeRule)
      out.addNumber(this.#beforeFields)
      out.addNumber(this.#ties.length)
      out.addNumbers(numbers)
      out.addNumbers(this.#ties)
      out.addBytes(this.#text.view)
      this.#keys.push(this.#time, this.#record, out.length)
      numbers.length = 0
    }
    this.#text.clear()
    this.#event = -1
  }
}

/** The same where rules have other numbers; findings of a rule whose number is below 0 are left out. undefined: none is left. */
export function withRules(
  written: WrittenEvents,
  numbers: readonly number[],
): WrittenEvents | undefined {
  const { bytes, ends } = written
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const out = new ByteText()
  const keys: number[] = []
  let findings = 0
  for (const { time, record, start, end } of eventsOf(written)) {
    const each = entriesOf(view, start)
    const kept = each.flatMap(([rule, ...rest]) => {
      const number = numbers[rule!] ?? -1
      return number < 0 ? [] : [[number, ...rest]]
    })
    if (!kept.length) continue
    const head = start + numberBytes
    const text = start + (headNumbers + each.length * numbersEach) * numberBytes
    out.addNumber(kept.length)
    out.addBytes(bytes.subarray(head, head + (headNumbers - 1) * numberBytes))
    out.addNumbers(kept.flat())
    out.addBytes(bytes.subarray(text, end))
    keys.push(time, record, out.length)
    findings += kept.length
  }
  if (!findings) return undefined
  return {
    bytes: out.take(),
    keys: Float64Array.from(keys),
    ends: ends.map(({ rule, text }) => ({ rule: numbers[rule] ?? -1, text })),
    findings,
  }
}

/** The numbers of each finding of an event. */
function entriesOf(view: DataView, start: number): number[][] {
  return Array.from({ length: view.getUint32(start, true) }, (_, i) => {
    const at = start + (headNumbers + i * numbersEach) * numberBytes
    return Array.from({ length: numbersEach }, (_n, k) =>
      view.getUint32(at + k * numberBytes, true),
    )
  })
}

/** Where an event stands, and what orders it. */
export interface EventPlace {
  readonly time: number
  readonly record: number
  readonly start: number
  readonly end: number
}

export function* eventsOf({ keys }: WrittenEvents): Generator<EventPlace> {
  let start = 0
  for (let k = 0; k < keys.length; k += keysEach) {
    const end = keys[k + 2]!
    yield { time: keys[k]!, record: keys[k + 1]!, start, end }
    start = end
  }
}
