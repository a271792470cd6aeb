// Lines that a terminal or a mail program broke: a record goes on in lines that begin none. A terminal breaks at its width, within
// words; a mail program between words, where the next one would not fit.

import { withoutLast } from './cut.ts'
import { withoutIndentation, withoutMark } from './mark.ts'

/** Breaks that are enough to tell a terminal from a mail program. */
const enoughBreaks = 3
/** What is looked at before a break, in UTF-16 units. */
const seenBefore = 1024
/** Nobody breaks lines at less. */
const leastWidth = 40

/** Of a record. */
export interface Piece {
  readonly text: string
  /** The line that ends it, as it stands in the source. */
  readonly line: string
}

export interface Joined {
  readonly text: string
  /** Values at a break that could not be put together, and are left out. */
  readonly lost: number
}

/** How the lines of one source are broken. */
export class Wrapping {
  #width = 0
  #breaks = 0
  #isRagged = false
  #cutAt = 0

  /** Of its lines, as far as they were seen. */
  get width(): number {
    return this.#width
  }

  /** `goesOn`: of each line, whether it begins no record and belongs to the one before. */
  lookAt(lines: readonly string[], goesOn: (line: string) => boolean): void {
    for (const line of lines) this.see(line)
    for (let i = 1; i < lines.length; i++) {
      if (goesOn(lines[i]!)) this.#broken(lines[i - 1]!, lines[i]!)
    }
  }

  /** Were lines cut off at the width, without going on? `isCut`: of each line, whether it shows that by itself. */
  lookForCuts(
    lines: readonly string[],
    isCut: (line: string) => boolean,
  ): void {
    const isFirm = this.#breaks === 0 && this.#width >= leastWidth
    const isSeen =
      isFirm && lines.some((l) => l.length === this.#width && isCut(l))
    this.#cutAt = isSeen ? this.#width : 0
  }

  /** Is it as long as lines that were cut, and none longer? */
  isAtCut(line: string): boolean {
    return line.length === this.#cutAt && line.length === this.#width
  }

  /** A line of the source. One that is a single word may stand out of a width that words are fitted into. */
  see(line: string): void {
    const isWide = line.length > this.#width
    if (isWide && withoutMark(line).trim().includes(' '))
      this.#width = line.length
  }

  /** Was the first line broken because the second did not fit behind it? */
  isBreak(line: string, next: string): boolean {
    if (this.#width < leastWidth) return false
    const indented = withoutIndentation(withoutMark(next))
    if (indented !== undefined && field.test(indented)) return true
    return (
      line.length + 1 + firstWord(withoutMark(next).trimStart()).length >
      this.#width
    )
  }

  #broken(line: string, next: string) {
    if (!this.isBreak(line, next)) return
    this.#breaks++
    if (line.trimEnd().length < this.#width - 1) this.#isRagged = true
  }

  /** The pieces of a record; `isWords`: values are not quoted, and may hold blanks. */
  join(pieces: readonly Piece[], isWords: boolean): Joined {
    const isEscaped = pieces.slice(0, -1).every((p) => p.text.endsWith('\\'))
    const textOf = ({ text }: Piece, i: number) =>
      isEscaped && i < pieces.length - 1 ? text.slice(0, -1) : text
    let parts = [textOf(pieces[0]!, 0)]
    let end = parts[0]!.slice(-seenBefore)
    let lost = 0
    for (let i = 1; i < pieces.length; i++) {
      const given = withoutMark(textOf(pieces[i]!, i))
      const indented = withoutIndentation(given)
      const next = indented ?? given
      const { length } = pieces[i - 1]!.line
      const seam = isEscaped
        ? ''
        : this.#seam(end, length, next, isWords, indented !== undefined)
      if (seam !== undefined) parts.push(seam, next)
      else {
        parts = [withoutLast(parts.join('')), ' ', withoutFirst(next)]
        lost++
      }
      end = (end + (seam ?? '') + next).slice(-seenBefore)
    }
    return { text: parts.join(''), lost }
  }

  /** What stood at the break; undefined: it cannot be told. */
  #seam(
    before: string,
    length: number,
    next: string,
    isWords: boolean,
    isIndented: boolean,
  ): string | undefined {
    if (before.endsWith(' ') || next.startsWith(' ')) return ''
    const last = before.slice(before.lastIndexOf(' ') + 1)
    const isWhole = field.test(last) && !last.endsWith('=') && !isOpen(last)
    if (isWhole && field.test(next)) return ' '
    if (this.#isRagged || isIndented) {
      if (isWords) return ' '
      // A word that was too long for a line fills it, and some break behind a hyphen.
      const isFull = length >= this.#width || last.endsWith('-')
      const isInName = /^[\w-]+$/.test(last) && field.test(next)
      const isInValue = last.includes('=') && !field.test(next)
      const isInWord = isFull && (isInName || isInValue)
      return isOpen(last) || last.endsWith('=') || isInWord ? '' : ' '
    }
    // A terminal and a mail program may have broken it alike.
    if (isWords && this.#breaks < enoughBreaks) return undefined
    return length < this.#width ? ' ' : ''
  }
}

const field = /^[\w-]{1,64}(?:\[\d{1,7}\])?=/

/** A quote is open in it. */
function isOpen(word: string): boolean {
  return (word.split('"').length - 1) % 2 === 1
}

function firstWord(text: string): string {
  return /^\S*/.exec(text)![0]
}

function withoutFirst(text: string): string {
  return text.slice(firstWord(text).length)
}
