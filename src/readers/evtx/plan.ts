// The plan of a record: its field names and where each value comes from. Records whose templates are the same have
// the same plan, so fields are worked out once for thousands of records.
import { Shape } from '../../base/record.ts'

import { Fields, type Unfolded, type Unfolding } from './fields.ts'
import type { HeadCache } from './heads.ts'
import { limits } from './layout.ts'
import { type Source, sourceKind } from './source.ts'

export class Plan {
  readonly shape: Shape
  readonly sources: readonly Source[]
  readonly recordId: Source | undefined
  /** How often it uses each slot, where it uses some so often that little input makes much text. */
  readonly repeats: ReadonlyMap<number, number> | undefined
  /** What it took to make. */
  readonly nodes: number
  /** Texts that were asked of the last record of this plan: the next is asked much the same. */
  textsAsked = 0

  constructor(event: Unfolded, unfolding: Unfolding) {
    const fields = new Fields(event, unfolding)
    this.shape = internShape(fields.names)
    this.sources = fields.sources
    this.recordId = fields.sourceOf('EventRecordID')
    this.repeats = repeatsIn(fields.sources)
    this.nodes = fields.nodes
  }
}

/** Uses of one slot that no provider needs. */
const manyUses = 3

function repeatsIn(
  sources: readonly Source[],
): ReadonlyMap<number, number> | undefined {
  const uses = new Map<number, number>()
  let most = 0
  const count = (source: Source) => {
    for (const inner of source.of) count(inner)
    const { kind, slot } = source
    if (!takesSlot.has(kind)) return
    const times = (uses.get(slot) ?? 0) + 1
    uses.set(slot, times)
    most = Math.max(most, times)
  }
  for (const source of sources) count(source)
  return most > manyUses ? uses : undefined
}

const takesSlot: ReadonlySet<number> = new Set([
  sourceKind.slot,
  sourceKind.number,
  sourceKind.bits,
])

/**
 * A step towards a plan: after the root template, one for each template that fills a slot and for the length of each
 * array without a name; for a record without a template, one for each token of its binary XML. What decides the
 * fields of a record is on the path to its plan, what does not is in slots.
 */
export class PlanNode {
  /** Where the path led through a System part that no template holds. */
  head: HeadCache | undefined
  #plan: Plan | undefined
  /** Most nodes have one next, and need no map. */
  #firstKey = -1
  #first: PlanNode | undefined
  #others: Map<number, PlanNode> | undefined

  get plan(): Plan | undefined {
    return this.#plan
  }

  keep(plan: Plan): void {
    count(plan.sources.length)
    this.#plan = plan
  }

  step(key: number): PlanNode {
    if (key === this.#firstKey) return this.#first!
    const known = this.#others?.get(key)
    if (known) return known
    // A step costs about as much as a field.
    count(1)
    const next = new PlanNode()
    if (this.#first) {
      this.#others ??= new Map()
      this.#others.set(key, next)
    } else {
      this.#firstKey = key
      this.#first = next
    }
    return next
  }
}

/** By the id of the root template. */
const roots = new Map<number, PlanNode>()
let planFields = 0

/** Where the paths begin of records with this root template. */
export function planRoot(template: number): PlanNode {
  let root = roots.get(template)
  if (!root) {
    count(1)
    root = new PlanNode()
    roots.set(template, root)
  }
  return root
}

/** No template has this id. */
export const noTemplate = -1

/** Input that is made to fill the memory makes all plans be forgotten; those in use are soon made again. */
function count(fields: number) {
  planFields += fields
  if (planFields <= limits.planFields) return
  roots.clear()
  planFields = fields
}

/** The keys of steps, by what they stand for, never meet. */
export const step = {
  /** `id` as `nameId` gives it. */
  token: (token: number, id = 0) => id * 32 + token,
  fragment: (slot: number) => slot * 32 + 17,
  template: (slot: number, id: number) => (slot * 0x1_0000_0000 + id) * 32 + 18,
  array: (slot: number, count: number) => (slot * 0x1_0000 + count) * 32 + 19,
} as const

const shapes = new Map<string, Shape>()
let shapeUnits = 0

/** Forgotten like plans. */
function internShape(names: readonly string[]): Shape {
  const key = names.join('\0')
  const known = shapes.get(key)
  if (known) return known
  shapeUnits += key.length + 1
  if (shapeUnits > limits.shapeUnits) {
    shapes.clear()
    shapeUnits = key.length + 1
  }
  const made = new Shape(names)
  shapes.set(key, made)
  return made
}
