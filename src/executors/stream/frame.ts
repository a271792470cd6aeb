// The present event as compiled rules see it: one cell for each field that any rule reads, and the values that
// keywords search. Fields are numbered once for all rules; a plan says where a shape keeps them.
import type { Event, EventShape } from '../../event/event.ts'

import { Cell } from './cell.ts'
import { fold } from './fold.ts'

/** At the top level of flat JSON these say where the event is from; they are no content, so keywords pass them over. */
const hintFields: ReadonlySet<string> = new Set([
  'product',
  'category',
  'service',
])

/** Numbers the fields that rules read. */
export class Fields {
  readonly names: string[] = []
  readonly #slots = new Map<string, number>()

  /** The slot of a field, made where there is none yet. */
  slot(name: string): number {
    const known = this.#slots.get(name)
    if (known !== undefined) return known
    this.#slots.set(name, this.names.length)
    return this.names.push(name) - 1
  }

  find(name: string): number | undefined {
    return this.#slots.get(name)
  }
}

/** Where a shape keeps the fields that its rules read. */
export interface Plan {
  readonly slots: readonly number[]
  /** Positions in the shape, beside `slots`. */
  readonly positions: readonly number[]
  /** Positions that keywords search; undefined where no rule has keywords. */
  readonly searched: readonly number[] | undefined
}

/** Fields whose slot `wanted` does not hold are never decoded; undefined wants all. */
export function planOf(
  shape: EventShape,
  fields: Fields,
  keywords: boolean,
  wanted?: Uint8Array,
): Plan {
  const slots: number[] = []
  const positions: number[] = []
  const searched: number[] = []
  const hinted = shape.provenance.family === 'hints'
  shape.names.forEach((name, position) => {
    const slot = fields.find(name)
    // Of a name that stands twice, the first counts, as with Shape.indexOf.
    const read =
      slot !== undefined && (!wanted || wanted[slot]) && !slots.includes(slot)
    if (read) {
      slots.push(slot)
      positions.push(position)
    }
    if (!(hinted && hintFields.has(name))) searched.push(position)
  })
  return { slots, positions, searched: keywords ? searched : undefined }
}

export class Frame {
  readonly cells: readonly Cell[]
  #plan: Plan | undefined
  #event: Event | undefined
  #values: Cell[] | undefined
  #text: string | undefined
  #folded: string | undefined

  constructor(fieldCount: number) {
    this.cells = Array.from({ length: fieldCount }, () => new Cell())
  }

  load(event: Event, plan: Plan): void {
    const { slots, positions } = plan
    for (let i = 0; i < slots.length; i++) {
      this.cells[slots[i]!]!.fill(event.value(positions[i]!))
    }
    this.#plan = plan
    this.#event = event
    this.#values = undefined
    this.#text = undefined
    this.#folded = undefined
  }

  /** Forgets the event: every cell is empty again. */
  clear(): void {
    const slots = this.#plan?.slots ?? []
    for (let i = 0; i < slots.length; i++) this.cells[slots[i]!]!.clear()
    this.#plan = undefined
    this.#event = undefined
  }

  /** Every single value that keywords search; the items of lists one by one, nulls left out. */
  get values(): readonly Cell[] {
    if (this.#values) return this.#values
    const values: Cell[] = []
    for (const position of this.#plan?.searched ?? []) {
      const cell = new Cell()
      cell.fill(this.#event!.value(position))
      for (const single of cell.items ?? [cell]) {
        if (single.value !== undefined && single.value !== null)
          values.push(single)
      }
    }
    this.#values = values
    return values
  }

  /** All searched values, joined by NUL: for substrings that hold no NUL themselves. */
  get text(): string {
    this.#text ??= this.values.map((v) => v.text).join('\0')
    return this.#text
  }

  get folded(): string {
    this.#folded ??= fold(this.text)
    return this.#folded
  }
}
