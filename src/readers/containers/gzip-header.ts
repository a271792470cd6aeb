// Where does the compressed data of a gzip member begin? RFC 1952, 2.3.

/** A member's header: name and comment have no length of their own, so a bound is needed, in bytes. */
export const maxGzipHeaderBytes = 64 * 1024

const flags = { headerChecksum: 2, extra: 4, name: 8, comment: 16 } as const
const fixedBytes = 10

/** The length of the header; undefined: not all of it is there; -1: this is none. */
export function gzipHeaderLength(bytes: Buffer): number | undefined {
  if (bytes.length > 0 && bytes[0] !== 0x1f) return -1
  if (bytes.length > 1 && bytes[1] !== 0x8b) return -1
  // 8 is deflate, and nothing else has ever been defined.
  if (bytes.length > 2 && bytes[2] !== 8) return -1
  if (bytes.length < fixedBytes) return undefined
  const flag = bytes[3]!
  let at = fixedBytes
  if (flag & flags.extra) {
    if (bytes.length < at + 2) return undefined
    at += 2 + bytes.readUInt16LE(at)
  }
  for (const text of [flags.name, flags.comment]) {
    if (!(flag & text)) continue
    const end = bytes.indexOf(0, at)
    if (end < 0) return tooLong(bytes)
    at = end + 1
  }
  if (flag & flags.headerChecksum) at += 2
  return at <= bytes.length ? at : tooLong(bytes)
}

function tooLong(bytes: Buffer): undefined | -1 {
  return bytes.length > maxGzipHeaderBytes ? -1 : undefined
}
