// What binary XML says, as a tree: the form in which templates are kept, and fragments until their fields are known.
import type { Value } from '../../base/record.ts'

export interface ElementNode {
  readonly kind: 'element'
  readonly name: string
  readonly attributes: readonly Attribute[]
  readonly children: readonly Node[]
}

export interface Attribute {
  readonly name: string
  readonly parts: readonly Part[]
}

export interface TextNode {
  readonly kind: 'text'
  readonly value: Value
}

/** To be filled by a value of the record. */
export interface SlotNode {
  readonly kind: 'slot'
  readonly slot: number
}

/** A template that stands, with its values, within a fragment; `index` into the record's instances. */
export interface InstanceNode {
  readonly kind: 'instance'
  readonly index: number
}

export type Part = TextNode | SlotNode
export type Node = ElementNode | Part | InstanceNode
