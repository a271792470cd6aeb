// From the author's text to the text that is parsed: the page's fence goes, comments become a space, macros are replaced.
// Offsets in the result lead back to the author's text.
import {
  Expansion,
  maxSearchLength,
  type PreparedProblem,
  tooLong,
} from './expand-macros.ts'
import type { Macros } from './macros.ts'
import { fenceOf, type Token, tokens } from './prepare-tokens.ts'

export interface Prepared {
  readonly text: string
  readonly problems: readonly PreparedProblem[]
  /** The offset in the author's text of an offset in `text`. */
  original(offset: number): number
}

interface Piece {
  readonly start: number
  readonly original: number
  /** Text that a macro made: all of it points at the macro's call. */
  readonly made: boolean
}

export function prepare(source: string, macros: Macros): Prepared {
  const preparing = new Preparing(macros)
  preparing.read(source)
  return preparing
}

class Preparing implements Prepared {
  text = ''
  readonly problems: PreparedProblem[] = []
  readonly #pieces: Piece[] = []
  readonly #macros: Macros

  constructor(macros: Macros) {
    this.#macros = macros
  }

  original(offset: number): number {
    return originalOffset(this.#pieces, offset)
  }

  read(source: string): void {
    if (source.length > maxSearchLength) {
      this.problems.push(tooLong(source.length, 0))
      return
    }
    const fence = fenceOf(source)
    if (fence) this.problems.push(fenceRemoved(fence.from))
    const from = fence?.innerFrom ?? 0
    const to = fence?.innerTo ?? source.length
    for (const token of tokens(source, from, to)) {
      this.#take(token, source)
      if (this.text.length > maxSearchLength) {
        this.problems.push(tooLong(this.text.length, token.from))
        return
      }
    }
  }

  #take({ kind, from, to }: Token, source: string): void {
    switch (kind) {
      case 'text':
        this.#put(source.slice(from, to), from, false)
        return
      case 'comment':
        this.#put(' ', from, true)
        return
      case 'open-comment':
        this.problems.push({
          severity: 'error',
          code: 'P002',
          message: 'a comment of three backticks is not closed',
          at: from,
        })
        return
      case 'quoted-macro': {
        const expansion = new Expansion(this.#macros, from, this.problems)
        const text = expansion.quoted(source.slice(from, to))
        this.#put(text, from, text !== source.slice(from, to))
        return
      }
      case 'macro': {
        const expansion = new Expansion(this.#macros, from, this.problems)
        const call = source.slice(from + 1, to - 1)
        this.#put(expansion.expand(call), from, true)
      }
    }
  }

  #put(part: string, original: number, made: boolean): void {
    this.#pieces.push({ start: this.text.length, original, made })
    this.text += part
  }
}

function fenceRemoved(at: number): PreparedProblem {
  return {
    severity: 'note',
    code: 'P040',
    message:
      'the search stood inside a Markdown fence of three backticks, which would make all of it one comment: removed',
    at,
  }
}

function originalOffset(pieces: readonly Piece[], offset: number): number {
  let found: Piece | undefined
  for (const p of pieces) {
    if (p.start > offset) break
    found = p
  }
  if (!found) return 0
  return found.made ? found.original : found.original + offset - found.start
}
