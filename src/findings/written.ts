// A finding on its way out: as bytes for whoever copies it, as text for whoever reads it.

import { type Member, memberOfLine } from './incidents/member.ts'

/** A finding as JSON (`Finding`), without a line break. Valid during the call. */
export interface WrittenFinding {
  /** It has at most so many bytes. */
  readonly maxBytes: number
  /** As UTF-8; gives where it ends. */
  copy(to: Uint8Array, at: number): number
  text(): string
  /** What decides of which incident it is. */
  readonly member: Member
}

/** UTF-8 takes so many bytes for a UTF-16 unit at most. */
const maxUnitBytes = 3

const encoder = new TextEncoder()

/** Of text. */
export class WrittenText implements WrittenFinding {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  get maxBytes(): number {
    return this.#text.length * maxUnitBytes
  }

  copy(to: Uint8Array, at: number): number {
    return at + encoder.encodeInto(this.#text, to.subarray(at)).written
  }

  text(): string {
    return this.#text
  }

  get member(): Member {
    return memberOfLine(this.#text)
  }
}
