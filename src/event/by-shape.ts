// What is worked out once for a shape of events, and anew where too much of it would have to be remembered: shapes come from input.
import { NameBudget } from '../base/name-budget.ts'

import type { EventShape } from './event.ts'

export class ByShape<Plan> {
  readonly #make: (shape: EventShape) => Plan
  readonly #plans = new Map<EventShape, Plan>()
  readonly #budget = new NameBudget()
  #lastShape: EventShape | undefined
  #lastPlan: Plan | undefined

  constructor(make: (shape: EventShape) => Plan) {
    this.#make = make
  }

  of(shape: EventShape): Plan {
    if (shape !== this.#lastShape) {
      this.#lastPlan = this.#find(shape)
      this.#lastShape = shape
    }
    return this.#lastPlan as Plan
  }

  #find(shape: EventShape): Plan {
    const known = this.#plans.get(shape)
    if (known !== undefined || this.#plans.has(shape)) return known as Plan
    const made = this.#make(shape)
    if (!shape.isPassing) {
      if (this.#budget.mustForget(shape.names)) this.#plans.clear()
      this.#plans.set(shape, made)
    }
    return made
  }
}
