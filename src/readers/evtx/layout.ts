// Where things stand in an EVTX file, and how much of each a hostile file may ask for. Offsets after [MS-EVEN6] 2.2.12
// to 2.2.18 and libyal's "Windows XML Event Log (EVTX)".

// Node's own undocumented but long-lived shortcuts past `toString(encoding)`, which costs twice as much on short texts.
declare global {
  interface Buffer {
    ucs2Slice(start: number, end: number): string
    latin1Slice(start: number, end: number): string
    hexSlice(start: number, end: number): string
  }
}

/** Bytes. */
export const fileHeaderBytes = 4096
export const chunkBytes = 65_536
export const chunkHeaderBytes = 512
export const recordHeaderBytes = 24
/** A header, one token and the size again. */
export const minRecordBytes = recordHeaderBytes + 1 + 4
export const templateHeaderBytes = 24

export const fileMagic = Buffer.from('ElfFile\0', 'latin1')
export const chunkMagic = Buffer.from('ElfChnk\0', 'latin1')
export const recordMagic = Buffer.from('**\0\0', 'latin1')

/** Bounds on input. Each is far above what Windows writes. */
export const limits = {
  /** Elements within elements. */
  depth: 64,
  /** UTF-16 units of one element or attribute name. */
  nameUnits: 1024,
  /** UTF-16 units of all names that one chunk spells out; more cannot stand in 64 KiB unless they overlap. */
  nameUnitsPerChunk: 65_536,
  /** Substitution slots of one record, over all its templates. */
  slots: 4096,
  /** Templates and fragments that one record puts into each other. */
  instances: 64,
  /** Elements, attributes and texts that one record may unfold to. */
  nodes: 8192,
  /** Bytes of template definitions read for one chunk; more means that they overlap. */
  definitionBytesPerChunk: 2 * chunkBytes,
  /** Bytes that values used again and again may have in one record, and in all of a chunk. */
  repeatedBytes: 1024 * 1024,
  repeatedBytesPerChunk: 8 * 1024 * 1024,
  /** Values of one unnamed array that get a name of their own (`param1`); all are in `Data`. */
  params: 256,
  /** Elements and attributes that the records of one chunk may unfold to, those with a known plan aside. */
  nodesPerChunk: 65_536,
  /** UTF-16 units of the field names of all shapes that are kept for the process. */
  shapeUnits: 512 * 1024,
  /** UTF-16 units of the names by which records without a template are told apart. */
  pathUnits: 1024 * 1024,
  /** Fields of all plans that are kept for the process. */
  planFields: 32_768,
  /** Providers, channels and ids remembered for one template, and for all. */
  headsPerTemplate: 256,
  heads: 16_384,
  /** Bytes of a provider or channel that are remembered. */
  headBytes: 256,
  /** Bytes of template definitions kept for the process; a tree takes some fifteen times as much. */
  cacheBytes: 768 * 1024,
  /** Counted for each definition that is kept, besides its own bytes. */
  cacheBytesEach: 256,
  /** Definitions kept that claim one GUID; Windows writes one, or a few over the versions of a provider. */
  templatesPerGuid: 16,
  /** Records in a chunk, by their least size. */
  recordsPerChunk: Math.floor((chunkBytes - chunkHeaderBytes) / minRecordBytes),
} as const

/** Callers check bounds first; a byte beyond the end would read as 0. */
export function u16(b: Uint8Array, at: number): number {
  return b[at]! | (b[at + 1]! << 8)
}

export function u32(b: Uint8Array, at: number): number {
  return (
    (b[at]! | (b[at + 1]! << 8) | (b[at + 2]! << 16) | (b[at + 3]! << 24)) >>> 0
  )
}

/** Exact up to 2^53. */
export function u64(b: Uint8Array, at: number): number {
  return u32(b, at + 4) * 0x1_0000_0000 + u32(b, at)
}

/** The data's fault, caught where a record or a chunk is read and told as damage. */
export class Unreadable extends Error {}

export function unreadable(message: string): never {
  throw new Unreadable(message)
}

export function hex(n: number): string {
  return `0x${n.toString(16)}`
}
