// The plan of a record: its field names and where each value comes from. Records whose templates are the same have
// the same plan, so fields are worked out once for thousands of records.
import { Shape } from '../../base/record.ts'

import { Fields, type Unfolded, type Unfolding } from './fields.ts'
import type { HeadCache } from './heads.ts'
import { limits } from './layout.ts'
import type { Source } from './source.ts'

export class Plan {
  readonly shape: Shape
  readonly sources: readonly Source[]
  readonly recordId: Source | undefined
  /** What it took to make. */
  readonly nodes: number
  /** Texts that were asked of the last record of this plan: the next is asked much the same. */
  textsAsked = 0

  constructor(event: Unfolded, unfolding: Unfolding) {
    const fields = new Fields(event, unfolding)
    this.shape = internShape(fields.names)
    this.sources = fields.sources
    this.recordId = fields.sourceOf('EventRecordID')
    this.nodes = fields.nodes
  }
}

/** Fields of the plans that are kept. */
let planFields = 0

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
    if (planFields + plan.sources.length > limits.planFields) return
    planFields += plan.sources.length
    this.#plan = plan
  }

  step(key: number): PlanNode {
    if (key === this.#firstKey) return this.#first!
    const known = this.#others?.get(key)
    if (known) return known
    const next = new PlanNode()
    // A step costs about as much as a field.
    if (++planFields > limits.planFields) return next
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

/** The keys of steps, by what they stand for, never meet. */
export const step = {
  /** `id` as `nameId` gives it. */
  token: (token: number, id = 0) => id * 32 + token,
  fragment: (slot: number) => slot * 32 + 17,
  template: (slot: number, id: number) => (slot * 0x100_0000 + id) * 32 + 18,
  array: (slot: number, count: number) => (slot * 0x1_0000 + count) * 32 + 19,
} as const

const shapes = new Map<string, Shape>()
let shapeUnits = 0

/** Over the bound a shape is still correct, only not shared. */
function internShape(names: readonly string[]): Shape {
  const key = names.join('\0')
  const known = shapes.get(key)
  if (known) return known
  const made = new Shape(names)
  if (shapeUnits + key.length <= limits.shapeUnits) {
    shapeUnits += key.length
    shapes.set(key, made)
  }
  return made
}
