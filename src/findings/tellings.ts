// What is the same in all findings of a rule on events of one shape where the same conditions held? Which fields they show, and all that
// stands behind these. It is worked out once.
import { NameBudget } from '../base/name-budget.ts'
import type { Value } from '../base/record.ts'

import type { EventShape } from '../event/event.ts'

import {
  firstField,
  rarityFields,
  sightingKinds,
} from '../enrich/rarity/kinds.ts'

import { explanationText } from './assemble.ts'
import { alwaysTold, tellingFields } from './telling-fields.ts'

/** A condition that held: which field, and the condition as text. */
export interface HeldCondition {
  readonly field: string
  readonly text: string
}

/** What a rule itself says of its findings. */
export interface ShownOfRule {
  /** Fields that it asks for. */
  readonly asked: readonly string[]
  /** Fields that its author wants shown. */
  readonly shown: readonly string[]
  /** Fields that are shown whatever the author wants. */
  readonly besides: readonly string[]
}

/** Fields in their order: the name of each, and its position in the shape. */
export interface FieldList {
  readonly names: readonly string[]
  readonly positions: readonly number[]
  /** With these names in this order, to be filled and written at once; undefined: an object would not keep the order, or the names. */
  readonly object: Record<string, Value | undefined> | undefined
  readonly stand: Stand
}

/** Where fields were last written, and by whom. */
interface Stand {
  writer: unknown
  event: number
  from: number
  to: number
}

export interface Telling {
  readonly rule: number
  readonly held: readonly HeldCondition[]
  readonly fields: FieldList
  /** See `explanationText`. */
  readonly explanation: string
  /** The end of a finding, behind the advice of its rule, as UTF-8. */
  readonly end: Uint8Array
}

interface OfShape {
  readonly byRule: Map<number, Telling[]>
  /** Rules mostly show the same fields: then it is the same list. */
  readonly lists: Map<string, FieldList>
  readonly telling: readonly number[]
}

/** Of all shapes together; over so many they are forgotten. */
const maxKept = 32_768
/** Kept of one rule and shape. */
const maxOfRule = 8

export class Tellings {
  readonly #rules: readonly ShownOfRule[]
  #shapes = new Map<EventShape, OfShape>()
  #kept = 0
  readonly #budget = new NameBudget()
  #lastShape: EventShape | undefined
  #last: OfShape | undefined

  constructor(rules: readonly ShownOfRule[]) {
    this.#rules = rules
  }

  of(shape: EventShape, rule: number, held: readonly HeldCondition[]): Telling {
    const ofShape = this.#of(shape)
    const known = ofShape.byRule.get(rule)
    if (known) {
      for (let i = 0; i < known.length; i++) {
        if (areSame(known[i]!.held, held)) return known[i]!
      }
    }
    const made = this.#make(shape, ofShape, rule, held)
    if (!known) ofShape.byRule.set(rule, [made])
    else if (known.length < maxOfRule) known.push(made)
    this.#kept++
    return made
  }

  #of(shape: EventShape): OfShape {
    if (shape === this.#lastShape) return this.#last!
    let known = this.#shapes.get(shape)
    if (!known || this.#kept >= maxKept) {
      if (this.#budget.mustForget(shape.names) || this.#kept >= maxKept) {
        this.#shapes = new Map()
        this.#kept = 0
      }
      known = {
        byRule: new Map(),
        lists: new Map(),
        telling: tellingFields(shape),
      }
      this.#shapes.set(shape, known)
      this.#kept++
    }
    this.#lastShape = shape
    this.#last = known
    return known
  }

  #make(
    shape: EventShape,
    { telling, lists }: OfShape,
    rule: number,
    held: readonly HeldCondition[],
  ): Telling {
    const { asked, shown, besides } = this.#rules[rule]!
    const missing = asked.filter((f) => shape.indexOf(f) < 0)
    // A keyword is about no field of its own.
    // What rests on counts is another tomorrow.
    const lasting = held.map((h) => h.field).filter((f) => !rarityFields.has(f))
    const silence = new Set(lasting.filter((f) => f !== ''))
    const explanation = explanationText(
      JSON.stringify(held.map((h) => h.text)),
      JSON.stringify(missing),
      JSON.stringify([...silence]),
    )
    const own = shown.length ? [] : telling.map((i) => shape.names[i]!)
    const names = [
      ...held.flatMap((h) => [h.field, ...receiptsOf(h.field)]),
      ...shown,
      ...own,
      ...alwaysTold(shape),
      ...besides,
    ]
    return {
      rule,
      held: [...held],
      fields: listOf(shape, names, lists),
      explanation,
      end: new TextEncoder().encode(`${explanation}}`),
    }
  }
}

/** What rests on numbers shows them. */
function receiptsOf(field: string): readonly string[] {
  const kind = rarityFields.get(field)
  if (!kind) return []
  return field.startsWith(firstField)
    ? [`${firstField}Reason`]
    : [`${sightingKinds[kind].field}Reason`]
}

/** A field once, under the first of the names that lead to it. */
function listOf(
  shape: EventShape,
  names: readonly string[],
  lists: Map<string, FieldList>,
): FieldList {
  const byPosition = new Map<number, string>()
  for (const name of names) {
    const i = shape.indexOf(name)
    if (i >= 0 && !byPosition.has(i)) byPosition.set(i, name)
  }
  const positions = [...byPosition.keys()]
  const shown = [...byPosition.values()]
  const signature = JSON.stringify(shown)
  let list = lists.get(signature)
  if (!list) {
    const stand = { writer: undefined, event: -1, from: 0, to: 0 }
    const object = shown.some(isOddName) ? undefined : {}
    list = { names: shown, positions, object, stand }
    lists.set(signature, list)
  }
  return list
}

/** Numbers come first in an object, wherever they were set; the others mean something to it. */
function isOddName(name: string): boolean {
  return /^\d+$/.test(name) || name === '__proto__' || name === 'toJSON'
}

function areSame(
  a: readonly HeldCondition[],
  b: readonly HeldCondition[],
): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== b[i] && a[i]!.text !== b[i]!.text) return false
    if (a[i]!.field !== b[i]!.field) return false
  }
  return true
}
