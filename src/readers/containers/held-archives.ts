// Archives that are read when all of them is there, because their parts point at each other.
import { cabinetArchive } from './cabinet.ts'
import { discArchive } from './disc.ts'
import type { HeldArchive } from './held-flow.ts'
import { zipArchive } from './zip.ts'

const archives: readonly HeldArchive[] = [
  zipArchive,
  cabinetArchive,
  discArchive,
]

/** By how it begins; undefined: it is none of them. */
export function heldArchiveOf(head: Buffer): HeldArchive | undefined {
  return archives.find((a) => a.begins(head))
}
