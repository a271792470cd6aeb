// Everything that rules ask about one field: which rules its value wakes, and the verdicts of their macros. A macro is
// the largest part of a condition that reads this field alone; many rules share one.
import type { Leaf, Predicate } from '../../../ir/predicate.ts'
import { patternShape } from '../../../ir/predicate.ts'
import { fold } from '../../../ir/visit.ts'

import type { Cell } from '../../../meaning/cell.ts'
import { keywordField, type ValueSource } from '../../../meaning/frame.ts'
import {
  type CellTest,
  compileLeaf,
  type FieldLeaf,
} from '../../../meaning/leaf.ts'
import { MemoEntry } from '../../../meaning/memo-entry.ts'
import { compilePattern, foldPattern } from '../../../meaning/pattern.ts'
import { compileWith } from '../../../meaning/predicate.ts'

import { type Memo, maxMemoText } from './memo.ts'
import { StampSet } from './stamp-set.ts'
import { type Atom, atomOf, type TextAtoms } from './text-atoms.ts'
import type { TextBytes } from './text-bytes.ts'

const unknown = 0
const isFalse = 1
const isTrue = 2

interface Macro {
  readonly test: CellTest
  /** Whether the test asks for atoms. */
  readonly scans: boolean
  readonly ofMissing: boolean
}

/** What the fields of one index have in common. */
export interface Shared {
  readonly bytes: TextBytes
  readonly memo: Memo
  /** Scratch: the rules of a value that is seen for the first time. */
  readonly fresh: StampSet
}

/** The atom that says the same as a leaf, if one does. */
function exactAtom(leaf: Leaf): Atom | undefined {
  const texts = leaf.kind === 'text' || leaf.kind === 'keyword'
  return texts && !leaf.cased ? atomOf(foldPattern(leaf.pattern)) : undefined
}

export function keyOfAtom(atom: Atom): string {
  return `${atom.kind}:${atom.text}`
}

/** The field of which a keyword or a field test is a fact; undefined where it reads more than one. */
export function fieldOfLeaf(leaf: Leaf): string | undefined {
  if (leaf.kind === 'same-as') return undefined
  if (leaf.kind !== 'keyword') return leaf.field
  const shape = patternShape(leaf.pattern)
  return shape.kind === 'contains' && !shape.text.includes('\0')
    ? keywordField
    : undefined
}

/** Whether a predicate holds where its field is missing. */
function ofMissing(p: Predicate): boolean {
  return fold<boolean>(p, {
    and: (parts) => parts.every(Boolean),
    or: (parts) => parts.some(Boolean),
    not: (part) => !part,
    constant: ({ value }) => value,
    leaf: ({ kind }) => kind === 'null',
  })
}

/** The rules that each fact about the field wakes. */
export interface Woken {
  readonly byAtom: readonly (Int32Array | undefined)[]
  readonly byNumber: ReadonlyMap<number, Int32Array>
  readonly byFilled: readonly number[]
  readonly byPresent: readonly number[]
}

/** Longer values are always looked up, in UTF-16 units. */
const longestLength = 256
/** Numbers of which a field remembers what they wake. */
const maxNumbers = 512
/** Of how many lookups the share of known values is judged. */
const judgedLookups = 1024
/** A memo that knows fewer than one value in five is not asked for so many lookups. */
const restLookups = 8192

/** What wakes rules by the value of one field. */
export interface Wakes {
  /** true: nothing that the source holds wakes any; asked before the value is made. Absent: it may. */
  sleeps?(source: ValueSource): boolean
  /** Adds the rules that the value wakes. */
  wake(cell: Cell, rules: StampSet): void
}

export class FieldIndex implements Wakes {
  readonly #slot: number
  readonly #textAtoms: TextAtoms
  readonly #atoms: StampSet
  readonly #woken: Woken
  readonly #macros: Macro[] = []
  readonly #macroIds = new Map<string, number>()
  readonly #atomIds: ReadonlyMap<string, number>
  readonly #bytes: TextBytes
  readonly #memo: Memo
  readonly #fresh: StampSet
  /** 1 at each length that an `equals` has; undefined where there are other facts. */
  readonly #lengths: Uint8Array | undefined
  #lookups = 0
  #known = 0
  #resting = 0
  readonly #numbers = new Map<number, MemoEntry>()

  constructor(
    slot: number,
    textAtoms: TextAtoms,
    atomIds: ReadonlyMap<string, number>,
    woken: Woken,
    shared: Shared,
  ) {
    this.#slot = slot
    this.#textAtoms = textAtoms
    this.#atomIds = atomIds
    this.#atoms = new StampSet(atomIds.size)
    this.#lengths = woken.byNumber.size === 0 ? lengthsOf(textAtoms) : undefined
    this.#woken = woken
    this.#bytes = shared.bytes
    this.#memo = shared.memo
    this.#fresh = shared.fresh
  }

  wake(cell: Cell, rules: StampSet): void {
    const { value } = cell
    if (typeof value === 'number') {
      this.#wakeNumber(value, cell, rules)
      return
    }
    if (typeof value === 'string' && this.#saysNothing(value)) {
      this.#wakeAny(rules)
      return
    }
    if (typeof value !== 'string' || value.length > maxMemoText) {
      if (cell.present) this.#wakeFresh(cell, rules)
      return
    }
    if (this.#resting > 0) {
      this.#resting--
      this.#wakeFresh(cell, rules)
      return
    }
    const known = this.#memo.find(this.#slot, value)
    this.#judge(known !== undefined)
    if (known) this.#wakeKnown(known, cell, rules)
    else if (this.#memo.admits(this.#slot, value))
      this.#memo.add(this.#slot, value, this.#wakeNoting(cell, rules))
    else this.#wakeFresh(cell, rules)
  }

  #wakeKnown(known: MemoEntry, cell: Cell, rules: StampSet): void {
    cell.entry = known
    const woken = known.rules
    for (let i = 0; i < woken.length; i++) rules.add(woken[i]!)
  }

  /** Like `#wakeFresh`, and gives the rules as a list to keep. */
  #wakeNoting(cell: Cell, rules: StampSet): readonly number[] {
    const fresh = this.#fresh
    fresh.empty()
    this.#wakeFresh(cell, fresh)
    if (fresh.count === 0) return noRules
    const list: number[] = []
    for (let i = 0; i < fresh.count; i++) {
      const rule = fresh.list[i]!
      list.push(rule)
      rules.add(rule)
    }
    return list
  }

  /** Fields that are only compared whole: most values have a length that none of the texts has. */
  #saysNothing(value: string): boolean {
    return (
      this.#lengths !== undefined &&
      value.length < longestLength &&
      this.#lengths[value.length] === 0
    )
  }

  /** What wakes on any value that is not null. */
  #wakeAny(rules: StampSet): void {
    const { byFilled, byPresent } = this.#woken
    for (let i = 0; i < byPresent.length; i++) rules.add(byPresent[i]!)
    for (let i = 0; i < byFilled.length; i++) rules.add(byFilled[i]!)
  }

  #wakeNumber(value: number, cell: Cell, rules: StampSet): void {
    if (this.#atomIds.size === 0) {
      this.#wakeAny(rules)
      const woken = this.#woken.byNumber.get(value)
      if (woken) for (let i = 0; i < woken.length; i++) rules.add(woken[i]!)
      return
    }
    const known = this.#numbers.get(value)
    if (known) {
      this.#wakeKnown(known, cell, rules)
      return
    }
    const woken = this.#wakeNoting(cell, rules)
    if (this.#numbers.size >= maxNumbers) this.#numbers.clear()
    this.#numbers.set(value, new MemoEntry(this.#slot, '', woken))
  }

  verdict(id: number, cell: Cell): boolean {
    const macro = this.#macros[id]!
    if (!cell.present) return macro.ofMissing
    const { entry } = cell
    if (!entry) return this.#decide(macro, cell)
    let { verdicts } = entry
    if (!verdicts || verdicts.length << 2 <= id)
      verdicts = this.#growVerdicts(entry)
    const at = id >> 2
    const shift = (id & 3) << 1
    const known = (verdicts[at]! >> shift) & 3
    if (known !== unknown) return known === isTrue
    const verdict = this.#decide(macro, cell)
    verdicts[at]! |= (verdict ? isTrue : isFalse) << shift
    return verdict
  }

  #decide(macro: Macro, cell: Cell): boolean {
    if (macro.scans && !cell.scanned) this.#scan(cell)
    return macro.test(cell)
  }

  /** Macros come up as rules wake, so a value's verdicts may be fewer than there are macros by now. */
  #growVerdicts(entry: MemoEntry): Uint8Array {
    const before = entry.verdicts
    const grown = new Uint8Array((this.#macros.length >> 2) + 4)
    if (before) grown.set(before)
    entry.verdicts = grown
    this.#memo.grew(grown.length - (before?.length ?? 0))
    return grown
  }

  /** The number of the macro for a predicate that reads this field alone. */
  macro(p: Predicate): number {
    const key = JSON.stringify(p, (name, value) =>
      name === 'label' || name === 'field' ? undefined : value,
    )
    const known = this.#macroIds.get(key)
    if (known !== undefined) return known
    const before = this.#atomTests
    const test = this.#compile(p)
    const id =
      this.#macros.push({
        test,
        scans: this.#atomTests > before,
        ofMissing: ofMissing(p),
      }) - 1
    this.#macroIds.set(key, id)
    return id
  }

  /** Tests of atoms compiled so far. */
  #atomTests = 0

  #judge(known: boolean): void {
    if (known) this.#known++
    if (++this.#lookups < judgedLookups) return
    if (this.#known * 5 < this.#lookups) this.#resting = restLookups
    this.#lookups = 0
    this.#known = 0
  }

  #wakeFresh(cell: Cell, rules: StampSet): void {
    const { byAtom, byNumber, byPresent } = this.#woken
    if (cell.value === null) {
      for (let i = 0; i < byPresent.length; i++) rules.add(byPresent[i]!)
      return
    }
    this.#wakeAny(rules)
    this.#scan(cell)
    const atoms = this.#atoms
    for (let i = 0; i < atoms.count; i++) {
      const woken = byAtom[atoms.list[i]!]
      if (woken) for (let k = 0; k < woken.length; k++) rules.add(woken[k]!)
    }
    if (byNumber.size === 0) return
    for (const single of cell.items ?? [cell]) {
      const { number } = single
      const woken = number === undefined ? undefined : byNumber.get(number)
      if (woken) for (const rule of woken) rules.add(rule)
    }
  }

  /** Decides all atoms for the value; of a list an atom holds if it holds for any item. */
  #scan(cell: Cell): void {
    this.#atoms.empty()
    cell.scanned = true
    if (cell.items === undefined) this.#scanSingle(cell)
    else for (const item of cell.items) this.#scanSingle(item)
  }

  #scanSingle(cell: Cell): void {
    if (cell.value === undefined || cell.value === null) return
    this.#bytes.write(cell.text)
    this.#textAtoms.scan(this.#bytes, cell, this.#atoms)
  }

  #compile(p: Predicate): CellTest {
    return compileWith(p, (leaf) => this.#compileLeaf(leaf))
  }

  #compileLeaf(leaf: Leaf): CellTest {
    const atom = exactAtom(leaf)
    const id = atom && this.#atomIds.get(keyOfAtom(atom))
    if (id !== undefined) {
      this.#atomTests++
      const atoms = this.#atoms
      return () => atoms.has(id)
    }
    if (leaf.kind === 'keyword') {
      // All searched values as one text, which no substring without NUL can reach across.
      const matches = compilePattern(
        leaf.cased ? leaf.pattern : foldPattern(leaf.pattern),
      )
      return (cell) =>
        cell.present && matches(leaf.cased ? cell.text : cell.folded)
    }
    return compileLeaf(leaf as FieldLeaf)
  }
}

function lengthsOf(atoms: TextAtoms): Uint8Array | undefined {
  const lengths = new Uint8Array(longestLength)
  for (const { kind, text } of atoms.atoms) {
    if (kind !== 'equals') return undefined
    lengths[Math.min(text.length, longestLength - 1)] = 1
  }
  return lengths
}

const noRules: readonly number[] = []
