// ISO 9660 with the long names of Joliet or Rock Ridge. ECMA-119 (8.4, 9.1), Joliet Specification (1995).
import type { RandomAccess } from './context.ts'
import type { DiscEntry, DiscSystem, Extent } from './disc-files.ts'

const sectorBytes = 2048
/** Descriptors looked at. */
const maxDescriptors = 16

export async function openIso(
  bytes: RandomAccess,
  descriptorsAt: number,
): Promise<DiscSystem> {
  const { root, isWide } = await descriptorOf(bytes, descriptorsAt)
  return { root: [root], entries: (folder) => entriesOf(folder, isWide) }
}

/** That with long names, where there is one. */
async function descriptorOf(bytes: RandomAccess, descriptorsAt: number) {
  let found: { root: Extent; isWide: boolean } | undefined
  for (let i = 0; i < maxDescriptors; i++) {
    const at = descriptorsAt + i * sectorBytes
    const sector = await bytes.read(at, sectorBytes)
    if (sector.length < sectorBytes || sector[0] === 255) break
    if (sector.toString('latin1', 1, 6) !== 'CD001') break
    const isWide =
      sector[0] === 2 && /^%\/[@CE]/.test(sector.toString('latin1', 88, 91))
    if (sector[0] === 1 || isWide)
      found = { root: extentOf(sector, 156), isWide }
    if (isWide) break
  }
  if (!found) throw new Error('no volume descriptor could be read')
  return found
}

function entriesOf(bytes: Buffer, isWide: boolean): DiscEntry[] {
  const entries: DiscEntry[] = []
  let extents: Extent[] = []
  let goesOn = false
  for (let at = 0; at + 34 <= bytes.length; ) {
    const length = bytes[at]!
    if (length < 34) {
      // Records do not cross sectors.
      at = (Math.floor(at / sectorBytes) + 1) * sectorBytes
      continue
    }
    const record = bytes.subarray(at, at + length)
    at += length
    const name = nameOf(record, isWide)
    if (name === undefined) continue
    const flags = record[25]!
    if (!goesOn) {
      const own: Extent[] = []
      extents = own
      const isFolder = (flags & 2) !== 0
      entries.push({ name, isFolder, extents: async () => own })
    }
    extents.push(extentOf(record, 0))
    goesOn = (flags & 0x80) !== 0
  }
  return entries
}

function extentOf(record: Buffer, at: number): Extent {
  return {
    at: record.readUInt32LE(at + 2) * sectorBytes,
    bytes: record.readUInt32LE(at + 10),
  }
}

/** undefined: the folder itself, or the one around it. */
function nameOf(record: Buffer, isWide: boolean): string | undefined {
  const length = record[32]!
  const raw = record.subarray(33, 33 + length)
  if (length === 1 && raw[0]! < 2) return undefined
  const plain = isWide
    ? new TextDecoder('utf-16be').decode(raw)
    : (rockRidge(record, 33 + length + (length % 2 ? 0 : 1)) ??
      raw.toString('latin1'))
  return plain.replace(/;\d+$/, '').replaceAll('\\', '/') || '_'
}

/** The entry NM of the system's use area: IEEE P1282, 4.1.4. */
function rockRidge(record: Buffer, from: number): string | undefined {
  let name: string | undefined
  for (let at = from; at + 5 <= record.length; ) {
    const length = record[at + 2]!
    if (length < 5) break
    if (record.toString('latin1', at, at + 2) === 'NM')
      name = (name ?? '') + record.toString('utf8', at + 5, at + length)
    at += length
  }
  return name
}
