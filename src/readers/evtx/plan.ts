// The plan of a record: its field names and where each value comes from. Records whose templates are the same have
// the same plan, so fields are worked out once for thousands of records.
import { Shape } from '../../base/record.ts'

import { Fields, type Unfolded, type Unfolding } from './fields.ts'
import { limits } from './layout.ts'
import type { Source } from './source.ts'

export class Plan {
  readonly shape: Shape
  readonly sources: readonly Source[]
  readonly recordId: Source | undefined
  /** Texts that were asked of the last record of this plan: the next is asked much the same. */
  textsAsked = 0

  constructor(event: Unfolded, unfolding: Unfolding) {
    const fields = new Fields(event, unfolding)
    this.shape = internShape(fields.names)
    this.sources = fields.sources
    this.recordId = fields.sourceOf('EventRecordID')
  }
}

/**
 * A step towards a plan: after the root template, one step for each template that fills a slot and for the length of
 * each array without a name.
 */
export class PlanNode {
  plan: Plan | undefined
  #lastKey = -1
  #last: PlanNode | undefined
  #next: Map<number, PlanNode> | undefined

  step(key: number): PlanNode {
    if (key === this.#lastKey) return this.#last!
    this.#next ??= new Map()
    let next = this.#next.get(key)
    if (!next) {
      next = new PlanNode()
      if (planNodes < limits.plans) {
        planNodes++
        this.#next.set(key, next)
      } else {
        return next
      }
    }
    this.#lastKey = key
    this.#last = next
    return next
  }
}

let planNodes = 0

const shapes = new Map<string, Shape>()

/** Over the bound a shape is still correct, only not shared. */
function internShape(names: readonly string[]): Shape {
  const key = names.join('\0')
  const known = shapes.get(key)
  if (known) return known
  const made = new Shape(names)
  if (shapes.size < limits.shapes) shapes.set(key, made)
  return made
}
