// A compound file that is being read: its streams, who is told, and which passwords may be tried.
import type { CompoundFile } from '../compound/compound-file.ts'
import type { ItemWriter } from '../item.ts'

export interface OpenedCompound {
  readonly file: CompoundFile
  readonly writer: ItemWriter
  readonly passwords: readonly string[]
}

/** Path of a stream beside another. */
export function beside(path: string, name: string): string {
  const slash = path.lastIndexOf('/')
  return slash < 0 ? name : path.slice(0, slash + 1) + name
}
