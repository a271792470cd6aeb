// Embedded files lie in a section one after the other, each behind a mark (MS-ONESTORE 2.6.13). Their names are properties of
// the pages, in the order of the files.
import { guidBytes } from '../binary/guid.ts'

export interface EmbeddedFile {
  readonly at: number
  readonly data: Buffer
  /** Empty where there are not as many names as files. */
  readonly name: string
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
  const names = namesIn(bytes)
  return found.map((file, i) => ({
    ...file,
    name: names.length === found.length ? names[i]! : '',
  }))
}

/** EmbeddedFileName (MS-ONE 2.2.71) as it stands in a property: its length in bytes, then UTF-16 that ends in zero. */
const fileName = /^[^\x00-\x1f\\/:*?"<>|]{1,200}\.[A-Za-z0-9]{1,10}\0$/

function namesIn(bytes: Buffer): string[] {
  const names: string[] = []
  const text = bytes.toString('latin1')
  const candidates =
    /([\x06-\xff][\x00\x01]\x00\x00)(?=(?:[\x20-\x7e]\x00){1,200}\.\x00(?:[A-Za-z0-9]\x00){1,10}\x00\x00)/g
  for (const match of text.matchAll(candidates)) {
    const length = bytes.readUInt32LE(match.index)
    const start = match.index + 4
    const name = bytes.toString('utf16le', start, start + length)
    if (fileName.test(name)) names.push(name.slice(0, -1))
    if (names.length > maxFiles) break
  }
  return [...new Set(names)]
}
