// A record whose values lie in a list that is reused for the next one.
import type {
  Provenance,
  Shape,
  SourceRecord,
  Value,
} from '../../base/record.ts'

import { type Fields, fieldTree } from './fields.ts'
import type { Layout } from './shapes.ts'

export class FlatRecord implements SourceRecord {
  shape!: Shape
  provenance!: Provenance
  number = 0
  offset = 0
  readonly writtenAt = undefined
  #values: readonly Value[] = []
  #sources: Layout['sources'] = []

  value(i: number): Value | undefined {
    const source = this.#sources[i]
    if (typeof source === 'number') return this.#values[source]
    return source?.(this.#values)
  }

  show(
    layout: Layout,
    values: readonly Value[],
    provenance: Provenance,
    number: number,
    offset: number,
  ): this {
    this.#sources = layout.sources
    this.#values = values
    this.shape = layout.shape
    this.provenance = provenance
    this.number = number
    this.offset = offset
    return this
  }

  showFields(
    fields: Fields,
    provenance: Provenance,
    number: number,
    offset: number,
  ): this {
    const layout = fieldTree.flatten(fields)
    return this.show(layout, fieldTree.values, provenance, number, offset)
  }
}
