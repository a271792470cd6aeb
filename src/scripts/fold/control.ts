// Where control goes: what is returned, thrown or broken off ends what it stands in, and a loop ends when its turns make nothing any more.
import type { Budget } from '../budget.ts'
import type { Value } from './value.ts'

export type Leaving = 'return' | 'throw' | 'break' | 'continue'

interface Left {
  readonly how: Leaving
  readonly label?: string | undefined
  readonly value: Value
}

/** Handlers in loops that are followed at the end. */
const maxUnthrown = 1_000
/** Turns of one loop. */
const maxTurns = 50_000
/** Steps in loops in which nothing but numbers change. */
const maxIdleSteps = 12_000
/** Of the steps that are left, the part that is kept for what stands behind a loop; behind one that is to go on for ever, most of them. */
const keptPart = 1 / 4
const keptOfEndless = 7 / 8

export interface Turns {
  readonly budget: Budget
  /** false: no more of them. */
  next(turn: number): boolean
  turn(): void
  /** Where nothing changes, it goes on so for ever. */
  readonly waits?: boolean
  /** What it is called. */
  readonly label?: string | undefined
  /** Only what stands in it ends it. */
  readonly endless?: boolean
}

type Handler = (thrown: Value | undefined) => Value

export class Control {
  #left: Left | undefined
  /** On a way that may not have been taken. */
  #maybe: Left | undefined
  #tries = 0
  #loops = 0
  #changes = 0
  /** Steps that were left when something was made last. */
  #madeAt = 0
  /** Of tries in loops, by the try, in which nothing was thrown: they change nothing that loops make. */
  readonly #unthrown = new Map<object, Handler>()

  get isLeft(): boolean {
    return this.#left !== undefined
  }

  leave(how: Leaving, value: Value, label?: string): void {
    // Whoever reads goes on where nobody catches what is thrown.
    if (how !== 'throw' || this.#tries > 0) this.#left = { how, value, label }
  }

  /** What follows happens all the same: neither way ends it. */
  aside<T>(body: () => T): T {
    const outer = this.#left
    const made = body()
    if (this.#left !== outer) this.#maybe = this.#left
    this.#left = outer
    return made
  }

  /** What is broken off in it goes on behind it. */
  breakable(body: () => Value): Value {
    const made = body()
    if (this.#left?.how === 'break' && !this.#left.label) this.#left = undefined
    return made
  }

  /** A function: what it comes to last, and what it gives back. */
  call(body: () => Value): { readonly last: Value; readonly given?: Value } {
    const outer = [this.#left, this.#maybe] as const
    this.#left = undefined
    const last = body()
    const left = this.#left as Left | undefined
    ;[this.#left, this.#maybe] = outer
    if (left?.how === 'throw') this.#left = left
    return left?.how === 'return' ? { last, given: left.value } : { last }
  }

  /** `key`: the try itself, whose handler is followed once where nothing says that something is thrown. */
  attempt(key: object, body: () => Value, handler: Handler): Value {
    const outer = this.#maybe
    this.#maybe = undefined
    this.#tries++
    const made = body()
    this.#tries--
    const maybe = this.#maybe as Left | undefined
    this.#maybe = maybe ?? outer
    const left = this.#left
    if (left?.how === 'throw') {
      this.#left = undefined
      return handler(left.value)
    }
    const thrown = maybe?.how === 'throw' ? maybe.value : undefined
    if (thrown || this.#loops === 0) this.aside(() => handler(thrown))
    else if (this.#unthrown.size < maxUnthrown) this.#unthrown.set(key, handler)
    return made
  }

  /** At the end: what stands in them is done by whoever is thrown at. */
  handleUnthrown(): void {
    for (const handler of this.#unthrown.values())
      this.aside(() => handler(undefined))
    this.#unthrown.clear()
  }

  /** Something is another now; of numbers alone nothing is made. */
  changed(budget: Budget, makes: boolean): void {
    this.#changes++
    if (makes) this.#madeAt = budget.left
  }

  turns(loop: Turns): void {
    const { budget } = loop
    const outer = this.#maybe
    this.#maybe = undefined
    if (this.#loops++ === 0) this.#madeAt = budget.left
    this.#turnAfterTurn(loop)
    this.#loops--
    this.#maybe = outer
  }

  #turnAfterTurn({ budget, next, turn, waits, endless, label }: Turns): void {
    const kept = budget.left * (endless ? keptOfEndless : keptPart)
    let before = -1
    for (let turns = 0; ; turns++) {
      // A turn is work also where nothing is in it.
      if (this.#left || !budget.step() || !next(turns)) return
      turn()
      const { how, label: meant } = (this.#left as Left | undefined) ?? {}
      const isOwn = !meant || meant === label
      if (isOwn && (how === 'break' || how === 'continue'))
        this.#left = undefined
      if (how === 'break') return
      if (waits && this.#changes === before) return
      before = this.#changes
      if (endless && this.#maybe) return
      const why = this.#whyLeft(budget, turns, waits ? kept : 0)
      if (why) {
        budget.limits.add(why)
        return
      }
    }
  }

  #whyLeft(budget: Budget, turns: number, kept: number): string | undefined {
    if (this.#madeAt - budget.left > maxIdleSteps)
      return `a loop that only counts is left after ${maxIdleSteps} steps`
    if (turns >= maxTurns) return `a loop of over ${maxTurns} turns is left`
    return budget.left < kept
      ? 'a loop that takes too many of the steps is left'
      : undefined
  }
}
