// Puts fields together from what a format gives one after another: begin, pieces of code, separator, result, end. Fields
// stand in each other, and run over paragraphs and runs.
import type { FieldNode, FieldPlace } from './node.ts'

/** Fields in each other. Word itself takes about 20. */
const maxDepth = 64
/** Of the code of one field and of its result, in UTF-16 units. */
const maxCodeUnits = 256 * 1024
const maxResultUnits = 16 * 1024
/** Of the text that is kept before a field, in UTF-16 units. */
const beforeUnits = 240
/** What a field takes to be kept besides its text, and a piece of its code, in bytes. */
const bytesOfField = 400
const bytesOfPiece = 40
/** Bookmarks that are open at once. */
const maxOpenBookmarks = 64
/** Of a bookmark's text, in UTF-16 units. */
const maxBookmarkUnits = 32 * 1024

interface Open {
  code: (string | FieldNode)[]
  /** With what was deleted since; undefined: nothing was. */
  former: (string | FieldNode)[] | undefined
  pieces: number
  units: number
  /** Of the fields in it, in bytes. */
  within: number
  result: string
  isResult: boolean
  readonly place: FieldPlace
  readonly before: string
}

interface Bookmark {
  readonly name: string
  readonly pieces: string[]
  units: number
}

export interface BuiltFields {
  /** A field that stands in no other, when it ends. */
  field(node: FieldNode): void
  /** The text that a bookmark spans. */
  bookmark?(name: string, text: string): void
  /** Something that a bound cut, in words. */
  cut?(what: string): void
}

export class FieldBuilder {
  readonly #to: BuiltFields
  readonly #open: Open[] = []
  readonly #bookmarks = new Map<string, Bookmark>()
  /** Begins that were too deep to be followed. */
  #tooDeep = 0
  #before = ''

  constructor(to: BuiltFields) {
    this.#to = to
  }

  /** A field is open whose code is not at its end. */
  get isInCode(): boolean {
    const top = this.#open.at(-1)
    return top !== undefined && !top.isResult
  }

  begin(place: FieldPlace): void {
    if (this.#open.length >= maxDepth) {
      this.#tooDeep++
      this.#to.cut?.(
        `fields in fields deeper than ${maxDepth} are not followed`,
      )
      return
    }
    this.#open.push({
      code: [],
      former: undefined,
      pieces: 0,
      units: 0,
      within: 0,
      result: '',
      isResult: false,
      place,
      before: this.#before,
    })
  }

  /** Text of the document: of a field's code or result where one is open. What is deleted is there as long as nobody accepts that. */
  text(text: string, isDeleted = false): void {
    const top = this.#open.at(-1)
    if (top && !top.isResult) {
      this.#code(top, text, isDeleted)
      return
    }
    if (isDeleted) return
    if (top) {
      if (top.result.length < maxResultUnits) {
        top.result += text.slice(0, maxResultUnits - top.result.length)
      }
    }
    this.#plain(text)
  }

  separate(): void {
    const top = this.#open.at(-1)
    if (top && this.#tooDeep === 0) top.isResult = true
  }

  end(): void {
    if (this.#tooDeep > 0) {
      this.#tooDeep--
      return
    }
    const top = this.#open.pop()
    if (!top) return
    const node: FieldNode = {
      code: top.code,
      ...(top.former && { former: top.former }),
      pieces: top.pieces,
      isCut: isKeywordCut(top.code),
      result: top.result,
      place: top.place,
      before: top.before,
      weight:
        bytesOfField +
        bytesOfPiece * (top.code.length + (top.former?.length ?? 0)) +
        2 * (top.units + top.result.length + top.before.length) +
        top.within,
    }
    const outer = this.#open.at(-1)
    if (!outer) this.#to.field(node)
    else if (outer.isResult) {
      this.#to.field(node)
      outer.result = (outer.result + node.result).slice(0, maxResultUnits)
    } else if (outer.units < maxCodeUnits) {
      outer.units += 1
      outer.within += node.weight
      outer.code.push(node)
      outer.former?.push(node)
    }
  }

  /** A field without an end is a field all the same. */
  finish(): void {
    this.#tooDeep = 0
    while (this.#open.length > 0) this.end()
    for (const id of [...this.#bookmarks.keys()]) this.bookmarkEnd(id)
  }

  bookmarkStart(id: string, name: string): void {
    if (this.#bookmarks.size >= maxOpenBookmarks) return
    this.#bookmarks.set(id, { name, pieces: [], units: 0 })
  }

  bookmarkEnd(id: string): void {
    const mark = this.#bookmarks.get(id)
    if (!mark) return
    this.#bookmarks.delete(id)
    const text = mark.pieces.join('')
    if (text) this.#to.bookmark?.(mark.name, text)
  }

  #code(top: Open, text: string, isDeleted: boolean) {
    if (text === '' || this.#tooDeep > 0) return
    if (top.units + text.length > maxCodeUnits) {
      this.#to.cut?.(`a field's code over ${maxCodeUnits} units is cut`)
      return
    }
    top.units += text.length
    if (isDeleted) top.former ??= [...top.code]
    top.former?.push(text)
    if (isDeleted) return
    top.pieces++
    top.code.push(text)
  }

  #plain(text: string) {
    this.#before = (this.#before + text.slice(-beforeUnits)).slice(-beforeUnits)
    for (const mark of this.#bookmarks.values()) {
      if (mark.units >= maxBookmarkUnits) continue
      mark.units += text.length
      mark.pieces.push(text)
    }
  }
}

/** Does the first word run over the end of a piece, or over another field? */
function isKeywordCut(code: readonly (string | FieldNode)[]): boolean {
  const first = code.findIndex((c) => typeof c !== 'string' || c.trim() !== '')
  const text = code[first]
  if (text === undefined || first === code.length - 1) return false
  if (typeof text !== 'string') return false
  const next = code[first + 1]
  const isOpen = /^\s*\S+$/.test(text)
  return isOpen && (typeof next !== 'string' || /^\S/.test(next))
}
