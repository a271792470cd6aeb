// Keywords are looked for in all that an event says, which is long; of one log source few rules have any. Whether one of their necessary
// texts occurs at all is asked first.
import type { Cell } from '../../../meaning/cell.ts'

import type { Waker } from './clause.ts'
import type { FieldIndex, Wakes } from './field-index.ts'
import { TextFilter } from './text-filter.ts'
import type { StampSet } from './stamp-set.ts'
import type { TextBytes } from './text-bytes.ts'

/** Of more texts some piece is everywhere. */
const maxTexts = 256

export class KeywordFilter implements Wakes {
  readonly #index: () => FieldIndex
  readonly #bytes: TextBytes
  readonly #texts: TextFilter

  private constructor(
    texts: TextFilter,
    bytes: TextBytes,
    index: () => FieldIndex,
  ) {
    this.#texts = texts
    this.#bytes = bytes
    this.#index = index
  }

  /** undefined: these rules wait for more than a few texts. */
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
    const filter = texts.size <= maxTexts && TextFilter.of([...texts])
    return filter ? new KeywordFilter(filter, bytes, index) : undefined
  }

  wake(cell: Cell, rules: StampSet): void {
    if (typeof cell.value !== 'string' || this.#mayHold(cell))
      this.#index().wake(cell, rules)
  }

  /** Folding may make ASCII of what is none. */
  #mayHold(cell: Cell): boolean {
    this.#bytes.write(cell.text)
    return !this.#bytes.ascii || this.#texts.mayHold(this.#bytes)
  }
}
