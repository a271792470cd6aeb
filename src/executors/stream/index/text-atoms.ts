// Which facts of the form "the value equals, begins with, ends with or contains this text" hold for a value? All facts
// about one field are decided together: substrings by a scan, the rest by a look at both ends.
import type { Pattern } from '../../../ir/predicate.ts'
import { patternShape } from '../../../ir/predicate.ts'

import { AssignedTexts } from './assigned-texts.ts'
import type { StampSet } from './stamp-set.ts'
import { Buckets, mix } from './buckets.ts'
import type { Cell } from '../../../meaning/cell.ts'
import { Substrings, windowOf } from './substrings.ts'
import { pairKey, type TextBytes } from './text-bytes.ts'

export type AtomKind = 'equals' | 'contains' | 'startswith' | 'endswith'

/** `text` is folded and not empty, but for `equals`. */
export interface Atom {
  readonly kind: AtomKind
  readonly text: string
}

/** The atom that says the same as a folded pattern; undefined where no single atom does. */
export function atomOf(folded: Pattern): Atom | undefined {
  const shape = patternShape(folded)
  switch (shape.kind) {
    case 'equals':
      return shape
    case 'contains':
    case 'startswith':
    case 'endswith':
      return shape.text === '' ? undefined : shape
    default:
      return undefined
  }
}

/** Ends of eight letters and of four are looked up; shorter ones are tried one by one. */
const longEnd = 8
const shortEnd = 4

export class TextAtoms {
  readonly atoms: readonly Atom[]
  readonly #assigned: AssignedTexts
  readonly #substrings: Substrings
  readonly #equal: Buckets
  readonly #starts: EndTable
  readonly #ends: EndTable

  /** The atoms' ids are their places in the list. */
  constructor(atoms: readonly Atom[]) {
    this.atoms = atoms
    const of = (kind: AtomKind) =>
      [...atoms.keys()].filter((id) => atoms[id]!.kind === kind)
    const contained = of('contains')
    const text = (id: number) => atoms[id]!.text
    const areAssigned = AssignedTexts.among(contained.map(text))
    const assigned = contained.filter((_, i) => areAssigned.has(i))
    const others = contained.filter((_, i) => !areAssigned.has(i))
    this.#assigned = new AssignedTexts(assigned.map(text), assigned)
    this.#substrings = new Substrings(others.map(text), others)
    const equal = of('equals')
    this.#equal = new Buckets(
      equal.map((id) => wholeKeyOf(atoms[id]!.text)),
      equal,
    )
    this.#starts = new EndTable(atoms, of('startswith'), 0)
    this.#ends = new EndTable(atoms, of('endswith'), 1)
  }

  /** Adds each atom that holds for the cell's text. */
  scan(bytes: TextBytes, cell: Cell, found: StampSet): void {
    const { length } = bytes
    const place = this.#equal.find(wholeKey(bytes))
    if (place >= 0) this.#compare(this.#equal, place, cell, found)
    if (this.#starts.size) {
      if (length >= longEnd) {
        const key = pairKey(bytes.window(0), bytes.window(4))
        this.#lookUp(this.#starts.long, key, cell, found)
      }
      if (length >= shortEnd)
        this.#lookUp(this.#starts.short, bytes.window(0), cell, found)
      this.#tryEach(this.#starts.tiny, cell, found)
    }
    if (this.#ends.size) {
      if (length >= longEnd) {
        const key = pairKey(bytes.window(length - 8), bytes.window(length - 4))
        this.#lookUp(this.#ends.long, key, cell, found)
      }
      if (length >= shortEnd)
        this.#lookUp(this.#ends.short, bytes.window(length - 4), cell, found)
      this.#tryEach(this.#ends.tiny, cell, found)
    }
    this.#assigned.scan(bytes, cell, found)
    this.#substrings.scan(bytes, cell, found)
  }

  #lookUp(table: Buckets, key: number, cell: Cell, found: StampSet): void {
    const place = table.find(key)
    if (place >= 0) this.#compare(table, place, cell, found)
  }

  #compare(table: Buckets, place: number, cell: Cell, found: StampSet): void {
    const end = table.end(place)
    for (let k = table.start(place); k < end; k++) {
      const id = table.items[k]!
      if (holds(this.atoms[id]!, cell.folded)) found.add(id)
    }
  }

  #tryEach(ids: readonly number[], cell: Cell, found: StampSet): void {
    for (const id of ids) {
      if (holds(this.atoms[id]!, cell.folded)) found.add(id)
    }
  }
}

function holds(atom: Atom, folded: string): boolean {
  switch (atom.kind) {
    case 'equals':
      return folded === atom.text
    case 'contains':
      return folded.includes(atom.text)
    case 'startswith':
      return folded.startsWith(atom.text)
    case 'endswith':
      return folded.endsWith(atom.text)
  }
}

/** Texts known by their first (side 0) or last (side 1) letters. */
class EndTable {
  readonly size: number
  readonly long: Buckets
  readonly short: Buckets
  readonly tiny: readonly number[]

  constructor(atoms: readonly Atom[], ids: readonly number[], side: 0 | 1) {
    this.size = ids.length
    const length = (id: number) => atoms[id]!.text.length
    const long = ids.filter((id) => length(id) >= longEnd)
    const short = ids.filter(
      (id) => length(id) >= shortEnd && length(id) < longEnd,
    )
    this.tiny = ids.filter((id) => length(id) < shortEnd)
    const at = (id: number, letters: number) =>
      side === 0 ? 0 : length(id) - letters
    this.long = new Buckets(
      long.map((id) => {
        const { text } = atoms[id]!
        const from = at(id, longEnd)
        return pairKey(windowOf(text, from), windowOf(text, from + 4))
      }),
      long,
    )
    this.short = new Buckets(
      short.map((id) => windowOf(atoms[id]!.text, at(id, shortEnd))),
      short,
    )
  }
}

/** Of a whole text: its length and both ends. */
function wholeKey(bytes: TextBytes): number {
  const { length } = bytes
  const first = bytes.window(0)
  const last = length > shortEnd ? bytes.window(length - shortEnd) : 0
  return mix(pairKey(first, last) + length) | 0
}

function wholeKeyOf(text: string): number {
  const last =
    text.length > shortEnd ? windowOf(text, text.length - shortEnd) : 0
  return mix(pairKey(windowOf(text, 0), last) + text.length) | 0
}
