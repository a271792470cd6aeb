// How much memory does plain data take? About: of texts and bytes as they are, of the rest a word for each.
const wordBytes = 8
/** Of an object or a list, besides what it holds. */
const ownBytes = 32

/** In bytes. */
export function weightOf(data: unknown): number {
  if (typeof data === 'string') return ownBytes + data.length
  if (typeof data !== 'object' || data === null) return wordBytes
  if (ArrayBuffer.isView(data)) return ownBytes + data.byteLength
  let sum = ownBytes
  const values = Array.isArray(data) ? data : Object.values(data)
  for (const value of values) sum += wordBytes + weightOf(value)
  return sum
}
