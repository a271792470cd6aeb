// Findings of one event as event-findings.ts writes them, read where they go out: one of them is shown at a time.
import { hex } from '../base/digest.ts'

import { afterFields, beforeId, type RulePart } from './assemble.ts'
import {
  eventsOf,
  headNumbers,
  numberBytes,
  numbersEach,
  type WrittenEvents,
} from './event-findings.ts'
import { addFindingId, idBytes } from './identity.ts'
import type { Member } from './incidents/member.ts'
import type { TieKeys } from './incidents/tie-keys.ts'
import type { WrittenFinding } from './written.ts'

/** Gives rules and ends of what was written in a thread the numbers that they have here. */
export function renumber(
  written: WrittenEvents,
  rules: readonly number[],
  ends: readonly number[],
): void {
  const { bytes } = written
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  for (const { start } of eventsOf(written)) {
    const count = view.getUint32(start, true)
    let at = start + headNumbers * numberBytes
    for (let i = 0; i < count; i++) {
      view.setUint32(at, rules[view.getUint32(at, true)]!, true)
      const end = at + 3 * numberBytes
      view.setUint32(end, ends[view.getUint32(end, true)]!, true)
      at += numbersEach * numberBytes
    }
  }
}

const idBegins = new TextEncoder().encode(beforeId)
const fieldsEnd = new TextEncoder().encode(afterFields)
const noBytes = new Uint8Array()

/** What stands behind the fields of a finding. */
export function tailOf({ adviceBytes }: RulePart, end: Uint8Array): Uint8Array {
  const { length } = fieldsEnd
  const tail = new Uint8Array(length + adviceBytes.length + end.length)
  tail.set(fieldsEnd)
  tail.set(adviceBytes, length)
  tail.set(end, length + adviceBytes.length)
  return tail
}

/** What stands there as a number. */
export interface SaidByNumber {
  /** See `RulePart`. */
  head(rule: number): Uint8Array
  /** See `tailOf`. */
  tail(end: number): Uint8Array
}

export class ReadEvent implements WrittenFinding, Member {
  readonly #said: SaidByNumber
  #bytes: Uint8Array = noBytes
  #ties: number[] | undefined
  #view: DataView = new DataView(noBytes.buffer)
  #start = 0
  /** Where its text begins. */
  #text = 0
  #beforeRule: Uint8Array = noBytes
  /** Where the fields begin, in the text. */
  #fields = 0
  /** Where the numbers of the finding that is shown begin. */
  #at = 0
  #head: Uint8Array = noBytes
  #tail: Uint8Array = noBytes
  /** How many findings there are. */
  count = 0
  /** Of the finding that is shown. */
  rule = 0
  /** See `Member`. */
  time = 0

  constructor(said: SaidByNumber) {
    this.#said = said
  }

  /**
   * `bytes` hold many; `start` says where one begins, `time` when it was (Infinity: nobody knows). What begins with no findings is nothing
   * that this can read.
   */
  open(bytes: Uint8Array, start: number, time: number): void {
    if (bytes !== this.#bytes) {
      this.#bytes = bytes
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    }
    this.#start = start
    this.count = this.#number(start)
    if (!this.count) return
    this.time = time === Number.POSITIVE_INFINITY ? 0 : Math.floor(time)
    this.#ties = undefined
    const numbers =
      numbersEach * this.count + this.#number(start + 3 * numberBytes)
    this.#text = start + (headNumbers + numbers) * numberBytes
    const beforeRule = this.#number(start + numberBytes)
    this.#beforeRule = this.#slice(0, beforeRule)
    this.#fields = beforeRule + this.#number(start + 2 * numberBytes)
  }

  /** The rule of one of the findings. */
  ruleOf(i: number): number {
    return this.#number(this.#placeOf(i))
  }

  /** Shows one of the findings. */
  show(i: number): this {
    this.#at = this.#placeOf(i)
    this.rule = this.#number(this.#at)
    this.#head = this.#said.head(this.rule)
    this.#tail = this.#said.tail(this.#number(this.#at + 3 * numberBytes))
    return this
  }

  get maxBytes(): number {
    const to = this.#number(this.#at + 5 * numberBytes)
    const text = this.#fields + to - this.#number(this.#at + 4 * numberBytes)
    const own = idBegins.length + idBytes + text
    return own + this.#head.length + this.#tail.length
  }

  copy(to: Uint8Array, start: number): number {
    const at = this.#at
    const from = this.#number(at + 4 * numberBytes)
    const until = this.#number(at + 5 * numberBytes)
    let end = add(to, start, idBegins)
    const a = this.#number(at + numberBytes)
    end = addFindingId(to, end, a, this.#number(at + 2 * numberBytes))
    end = add(to, end, this.#beforeRule)
    end = add(to, end, this.#head)
    const shared = this.#beforeRule.length
    // The first fields of an event follow what stands before them.
    if (from === this.#fields) end = add(to, end, this.#slice(shared, until))
    else {
      end = add(to, end, this.#slice(shared, this.#fields))
      end = add(to, end, this.#slice(from, until))
    }
    return add(to, end, this.#tail)
  }

  get member(): Member {
    return this
  }

  get id(): string {
    const at = this.#at
    const b = this.#number(at + 2 * numberBytes)
    return hex(this.#number(at + numberBytes)) + hex(b)
  }

  /** Read once for an event. */
  get ties(): TieKeys {
    if (!this.#ties) {
      this.#ties = []
      const first = this.#placeOf(this.count)
      for (let at = first; at < this.#text; at += numberBytes)
        this.#ties.push(this.#number(at))
    }
    return this.#ties
  }

  text(): string {
    const whole = Buffer.allocUnsafe(this.maxBytes)
    return whole.toString('utf8', 0, this.copy(whole, 0))
  }

  #placeOf(i: number): number {
    return this.#start + (headNumbers + i * numbersEach) * numberBytes
  }

  #number(at: number): number {
    return this.#view.getUint32(at, true)
  }

  /** Of its text. */
  #slice(from: number, to: number): Uint8Array {
    const { buffer, byteOffset } = this.#bytes
    const start = byteOffset + this.#text + from
    return new Uint8Array(buffer, start, to - from)
  }
}

function add(to: Uint8Array, at: number, bytes: Uint8Array): number {
  to.set(bytes, at)
  return at + bytes.length
}
