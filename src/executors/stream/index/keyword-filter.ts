// Keywords are looked for in all that an event says, which is long; of one log source few rules have any. Whether one of their necessary
// texts occurs at all is asked first.
import {
  maxShortTexts,
  type SoughtText,
  type SoughtTexts,
} from '../../../base/sought-texts.ts'

import type { Cell } from '../../../meaning/cell.ts'
import type { ValueSource } from '../../../meaning/frame.ts'

import type { Waker } from './clause.ts'
import type { FieldIndex, Wakes } from './field-index.ts'
import { TextFilter } from './text-filter.ts'
import type { StampSet } from './stamp-set.ts'
import type { TextBytes } from './text-bytes.ts'

/** Of more texts some piece is everywhere; whoever has the bytes can look for more of them. */
const maxTexts = 256
const maxSought = 1024
/** Letters of a text. */
const least = 3
const outsideAscii = /[^\0-\x7f]/

export class KeywordFilter implements Wakes, SoughtTexts {
  readonly list: readonly SoughtText[]
  readonly #index: () => FieldIndex
  readonly #bytes: TextBytes
  readonly #long: TextFilter
  readonly #short: readonly string[]
  readonly #areFew: boolean
  /** Whoever has the bytes of the present event has looked. */
  #isLooked = false

  private constructor(
    texts: readonly string[],
    bytes: TextBytes,
    index: () => FieldIndex,
  ) {
    this.#short = texts.filter((text) => text.length === least)
    this.#long = new TextFilter(texts.filter((t) => t.length > least))
    this.list = [
      ...this.#short.map((text) => ({ text, at: 0 })),
      ...this.#long.list,
    ]
    this.#areFew = texts.length <= maxTexts
    this.#bytes = bytes
    this.#index = index
  }

  /** undefined: these rules wait for more than some texts. */
  static of(
    wakers: readonly Waker[],
    bytes: TextBytes,
    index: () => FieldIndex,
  ): KeywordFilter | undefined {
    const texts = new Set<string>()
    for (const waker of wakers) {
      if (waker.kind !== 'atom' || waker.atom.kind !== 'contains')
        return undefined
      texts.add(waker.atom.text)
    }
    const list = [...texts]
    const isFit =
      list.length <= maxSought &&
      list.every((t) => t.length >= least && !outsideAscii.test(t)) &&
      list.filter((t) => t.length === least).length <= maxShortTexts
    return isFit ? new KeywordFilter(list, bytes, index) : undefined
  }

  /** Folding may make ASCII of what is none. */
  mayBeIn(text: string): boolean {
    this.#bytes.write(text)
    if (!this.#bytes.ascii || this.#long.mayHold(this.#bytes)) return true
    if (this.#short.length === 0) return false
    const folded = text.toLowerCase()
    return this.#short.some((short) => folded.includes(short))
  }

  sleeps(source: ValueSource): boolean {
    const may = source.mayHold?.(this)
    this.#isLooked = may !== undefined
    return may === false
  }

  wake(cell: Cell, rules: StampSet): void {
    const isText = typeof cell.value === 'string'
    if (isText && this.#isWorthLooking && !this.mayBeIn(cell.text)) return
    this.#index().wake(cell, rules)
  }

  get #isWorthLooking(): boolean {
    return this.#areFew && !this.#isLooked
  }
}
