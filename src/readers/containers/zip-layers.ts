// A zip may have several entries of one name. Programs differ in which they take, so a document is read with each of them.
import type { PackageMember } from '../reader.ts'
import type { ZipEntry } from './zip-directory.ts'

/** A document is read so often; of each name no more entries but one are looked at, so that a zip of one name costs no more than another. */
export const maxLayers = 4

/** Of each name the last entry; then those before it. Never empty. */
export function layersOf(entries: readonly ZipEntry[]): ZipEntry[][] {
  const byName = new Map<string, ZipEntry[]>()
  for (const entry of entries) {
    const name = plainName(entry.name)
    const same = byName.get(name)
    if (!same) byName.set(name, [entry])
    else {
      const known = same.findIndex((e) => e.offset === entry.offset)
      if (known >= 0) same.splice(known, 1)
      same.push(entry)
      if (same.length > maxLayers + 1) same.shift()
    }
  }
  const layers: ZipEntry[][] = []
  const all = [...byName.values()]
  const most = all.reduce((n, { length }) => Math.max(n, length), 1)
  for (let layer = 0; layer < most; layer++)
    layers.push(all.map((same) => same[same.length - 1 - layer] ?? same[0]!))
  return layers
}

/** Names of a document's parts are equal whatever their case. ECMA-376 part 2, 6.2.2. */
function plainName(name: string): string {
  return name.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase()
}

export function membersOf(entries: readonly ZipEntry[]): PackageMember[] {
  return entries.map(({ name, size }) => ({ name, size }))
}
