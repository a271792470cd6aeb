// Embedded files lie in a section one after the other, each behind a mark (MS-ONESTORE 2.6.13). Their names are properties of
// the pages, in the order of the files.
import { guidBytes } from '../binary/guid.ts'

export interface EmbeddedFile {
  readonly at: number
  readonly data: Buffer
}

const mark = guidBytes('BDE316E7-2665-4511-A4C4-8D4D0B7A9EAC')
/** Mark, length of 8 bytes, 12 that are not used. */
const headBytes = 36
const maxFiles = 10_000

/** `told` hears what a bound cuts, in words. */
export function embeddedFiles(
  bytes: Buffer,
  told: (cut: string) => void,
): readonly EmbeddedFile[] {
  const found: { at: number; data: Buffer }[] = []
  let at = bytes.indexOf(mark)
  while (at >= 0 && at + headBytes <= bytes.length) {
    if (found.length >= maxFiles) {
      told(`over ${maxFiles} embedded files; the rest was not read`)
      break
    }
    const declared = Number(bytes.readBigUInt64LE(at + 16))
    const start = at + headBytes
    const end = Math.min(start + declared, bytes.length)
    found.push({ at, data: bytes.subarray(start, end) })
    at = bytes.indexOf(mark, end)
  }
  return found
}

/** EmbeddedFileName (MS-ONE 2.2.71) as it stands in a property: its length in bytes, then UTF-16 that ends in zero. */
const fileName =
  /^[^\x00-\x1f\\/:*?"<>|\ufffd\ud800-\udfff]{1,200}\.[A-Za-z0-9_-]{1,20}\0$/
/** Of a name with its zero, in bytes. */
const minName = 8
const maxName = 510

/** Places that may be the length of one. */
const maxCandidates = 500_000
const candidate = /[\x08-\xff]\x00\x00\x00|[\x00-\xfe]\x01\x00\x00/g

/** Each once, in the order in which they stand; none of those within the files. `told` as above. */
export function embeddedNames(
  bytes: Buffer,
  files: readonly EmbeddedFile[],
  told: (cut: string) => void,
): readonly string[] {
  const names = new Set<string>()
  let tried = 0
  let next = 0
  for (const { index } of bytes.toString('latin1').matchAll(candidate)) {
    if (++tried > maxCandidates || names.size >= maxFiles) {
      told(
        `over ${maxFiles} names, or ${maxCandidates} places where one may be`,
      )
      break
    }
    while (next < files.length && endOf(files[next]!) <= index) next++
    const isWithin = next < files.length && files[next]!.at <= index
    const name = isWithin ? undefined : nameAt(bytes, index)
    if (name) names.add(name)
  }
  return [...names]
}

function endOf({ at, data }: EmbeddedFile): number {
  return at + headBytes + data.length
}

function nameAt(bytes: Buffer, at: number): string | undefined {
  const length = bytes.readUInt32LE(at)
  const end = at + 4 + length
  if (length < minName || length > maxName || length % 2) return undefined
  if (end > bytes.length || bytes.readUInt16LE(end - 2) !== 0) return undefined
  const name = bytes.toString('utf16le', at + 4, end)
  return fileName.test(name) ? name.slice(0, -1) : undefined
}
