// Thousands of rules' texts are hashes with their kind in front (`sha256=9dc7…`), and a hash holds some piece of one of the others nearly
// everywhere. What follows an equals sign is looked up at once instead.
import type { Cell } from '../../../meaning/cell.ts'

import { Buckets } from './buckets.ts'
import type { StampSet } from './stamp-set.ts'
import { windowOf } from './substrings.ts'
import { pairKey, type TextBytes } from './text-bytes.ts'

/** Letters behind the sign that are looked up. */
const letters = 8
/** Fewer texts are found as fast in other ways. */
const leastTexts = 64

export class AssignedTexts {
  readonly #texts: readonly string[]
  readonly #ids: readonly number[]
  readonly #byValue: Buckets

  /** `texts` are folded; `ids` is what the scan reports for each. */
  constructor(texts: readonly string[], ids: readonly number[]) {
    this.#texts = texts
    this.#ids = ids
    this.#byValue = new Buckets(
      texts.map((text) => {
        const at = text.indexOf('=') + 1
        return pairKey(windowOf(text, at), windowOf(text, at + 4))
      }),
      [...texts.keys()],
    )
  }

  /** Which of the texts are worth it, by their places. */
  static among(texts: readonly string[]): Set<number> {
    const fit = [...texts.keys()].filter((i) => isAssigned(texts[i]!))
    return new Set(fit.length >= leastTexts ? fit : [])
  }

  /** Adds the id of each text that the text of the cell holds; `bytes` hold the same. */
  scan(bytes: TextBytes, cell: Cell, found: StampSet): void {
    if (!this.#texts.length) return
    const { text } = cell
    let at = text.indexOf('=')
    for (; at >= 0; at = text.indexOf('=', at + 1)) {
      if (at + letters >= bytes.length) return
      const key = pairKey(bytes.window(at + 1), bytes.window(at + 5))
      const slot = this.#byValue.find(key)
      if (slot >= 0) this.#compare(slot, at, cell.folded, found)
    }
  }

  #compare(slot: number, at: number, folded: string, found: StampSet): void {
    const end = this.#byValue.end(slot)
    for (let k = this.#byValue.start(slot); k < end; k++) {
      const i = this.#byValue.items[k]!
      const text = this.#texts[i]!
      const start = at - text.indexOf('=')
      if (start >= 0 && folded.startsWith(text, start)) found.add(this.#ids[i]!)
    }
  }
}

function isAssigned(text: string): boolean {
  const at = text.indexOf('=')
  return at >= 0 && text.length > at + letters && /^[\0-\x7f]*$/.test(text)
}
