// What rules wait for in one field, collected rule by rule, and made into an index when all are there.
import type { Waker } from './clause.ts'
import { FieldIndex, keyOfAtom, type Shared } from './field-index.ts'
import { type Atom, TextAtoms } from './text-atoms.ts'

/** Collects the facts that rules wait for; `build` makes the index. */
export class FieldQuestions {
  readonly #slot: number
  readonly #atoms: Atom[] = []
  readonly #atomIds = new Map<string, number>()
  readonly #wokenByAtom = new Map<number, number[]>()
  readonly #wokenByNumber = new Map<number, number[]>()
  readonly #wokenByFilled: number[] = []
  readonly #wokenByPresent: number[] = []

  constructor(slot: number) {
    this.#slot = slot
  }

  wake(waker: Waker, rule: number): void {
    switch (waker.kind) {
      case 'atom': {
        const id = this.#atom(waker.atom)
        addTo(this.#wokenByAtom, id, rule)
        return
      }
      case 'number':
        addTo(this.#wokenByNumber, waker.value, rule)
        return
      case 'filled':
        addOnce(this.#wokenByFilled, rule)
        return
      case 'present':
        addOnce(this.#wokenByPresent, rule)
        return
    }
  }

  build(shared: Shared): FieldIndex {
    return new FieldIndex(
      this.#slot,
      new TextAtoms(this.#atoms),
      this.#atomIds,
      {
        byAtom: this.#atoms.map((_, id) => listOf(this.#wokenByAtom.get(id))),
        byNumber: new Map(
          [...this.#wokenByNumber].map(([n, rules]) => [n, listOf(rules)!]),
        ),
        byFilled: this.#wokenByFilled,
        byPresent: this.#wokenByPresent,
      },
      shared,
    )
  }

  #atom(atom: Atom): number {
    const key = keyOfAtom(atom)
    const known = this.#atomIds.get(key)
    if (known !== undefined) return known
    const id = this.#atoms.push({ kind: atom.kind, text: atom.text }) - 1
    this.#atomIds.set(key, id)
    return id
  }
}

function addTo(map: Map<number, number[]>, key: number, rule: number): void {
  const list = map.get(key)
  if (list) addOnce(list, rule)
  else map.set(key, [rule])
}

/** Rules come one after the other, so a rule that is there already is last. */
function addOnce(list: number[], rule: number): void {
  if (list.at(-1) !== rule) list.push(rule)
}

function listOf(rules: readonly number[] | undefined): Int32Array | undefined {
  return rules && Int32Array.from(rules)
}
