// Keywords are looked for in all that an event says, which is long; of one log source few rules have any. Whether one of their necessary
// texts occurs at all is asked first, with a table of these alone.
import type { Cell } from '../../../meaning/cell.ts'

import type { Waker } from './clause.ts'
import type { FieldIndex, Wakes } from './field-index.ts'
import { StampSet } from './stamp-set.ts'
import { Substrings } from './substrings.ts'
import type { TextBytes } from './text-bytes.ts'

export class KeywordFilter implements Wakes {
  readonly #index: FieldIndex
  readonly #bytes: TextBytes
  readonly #texts: Substrings
  readonly #found: StampSet

  private constructor(
    index: FieldIndex,
    bytes: TextBytes,
    texts: readonly string[],
  ) {
    this.#index = index
    this.#bytes = bytes
    this.#texts = new Substrings(texts, [...texts.keys()])
    this.#found = new StampSet(texts.length)
  }

  /** undefined: these rules wait for more than texts. */
  static of(
    wakers: readonly Waker[],
    index: FieldIndex,
    bytes: TextBytes,
  ): KeywordFilter | undefined {
    const texts = new Set<string>()
    for (const waker of wakers) {
      if (waker.kind !== 'atom' || waker.atom.kind !== 'contains')
        return undefined
      texts.add(waker.atom.text)
    }
    return new KeywordFilter(index, bytes, [...texts])
  }

  wake(cell: Cell, rules: StampSet): void {
    if (typeof cell.value !== 'string' || this.#mayHold(cell))
      this.#index.wake(cell, rules)
  }

  #mayHold(cell: Cell): boolean {
    this.#bytes.write(cell.text)
    this.#found.empty()
    this.#texts.scan(this.#bytes, cell, this.#found)
    return this.#found.count > 0
  }
}
