// Keywords are looked for in all that an event says, which is long; of one log source few rules have any. Whether one of their necessary
// texts occurs at all is asked first.
import type { SoughtText, SoughtTexts } from '../../../base/sought-texts.ts'

import type { Cell } from '../../../meaning/cell.ts'
import type { ValueSource } from '../../../meaning/frame.ts'

import type { Waker } from './clause.ts'
import type { FieldIndex, Wakes } from './field-index.ts'
import { TextFilter } from './text-filter.ts'
import type { StampSet } from './stamp-set.ts'
import type { TextBytes } from './text-bytes.ts'

/** Of more texts some piece is everywhere. */
const maxTexts = 256

export class KeywordFilter implements Wakes, SoughtTexts {
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

  get list(): readonly SoughtText[] {
    return this.#texts.list
  }

  /** Folding may make ASCII of what is none. */
  mayBeIn(text: string): boolean {
    this.#bytes.write(text)
    return !this.#bytes.ascii || this.#texts.mayHold(this.#bytes)
  }

  sleeps(source: ValueSource): boolean {
    return !(source.mayHold?.(this) ?? true)
  }

  wake(cell: Cell, rules: StampSet): void {
    if (typeof cell.value !== 'string' || this.mayBeIn(cell.text))
      this.#index().wake(cell, rules)
  }
}
