// An Open XML document of any kind, while it is read.
import type { ItemWriter } from '../item.ts'
import type { OpenedPackage } from './opened.ts'
import type { Relation } from './relations.ts'

export interface Ooxml {
  readonly opened: OpenedPackage
  readonly writer: ItemWriter
  /** By the part that they are of. */
  readonly relations: ReadonlyMap<string, readonly Relation[]>
}
