// A record whose values lie in a list that is reused for the next one.
import type {
  Provenance,
  Shape,
  SourceRecord,
  Value,
} from '../../base/record.ts'

import { mayAnyHold, type SoughtTexts } from '../../base/sought-texts.ts'
import { type Fields, fieldTree } from './fields.ts'
import type { Layout, Lookup } from './shapes.ts'

export class FlatRecord implements SourceRecord {
  shape!: Shape
  provenance!: Provenance
  number = 0
  offset = 0
  readonly writtenAt = undefined
  #values: Lookup = []
  #sources: Layout['sources'] = []
  #made: Layout['made'] = []

  value(i: number): Value | undefined {
    const source = this.#sources[i]
    if (typeof source === 'number') return this.#values.at(source)
    return source?.(this.#values)
  }

  mayHold(texts: SoughtTexts): boolean | undefined {
    const may = this.#values.line?.mayHold(texts)
    if (may !== false) return may
    return mayAnyHold(this.#made, this, texts)
  }

  show(
    layout: Layout,
    values: Lookup,
    provenance: Provenance,
    number: number,
    offset: number,
  ): this {
    this.#sources = layout.sources
    this.#made = layout.made
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
