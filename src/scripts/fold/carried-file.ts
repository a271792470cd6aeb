// A text that a script decodes may be a file that it carries: a document, an archive, a disc. Told by how such files begin.
import { hiddenBy } from './flow.ts'
import { bytesOf, type Value } from './value.ts'

/** In bytes: no file of these kinds is smaller. */
const minBytes = 64

/** Zip, compound file, RTF, PDF, shell link, OneNote, cabinet, 7z, RAR. What is compressed with gzip is text that is decompressed at once. */
const begins =
  /^(?:PK\x03\x04|\xd0\xcf\x11\xe0\xa1\xb1|\{\\rt|%PDF-|L\0\0\0\x01\x14\x02\0|\xe4\x52\x5c\x7b\x8c\xd8|MSCF\0|7z\xbc\xaf|Rar!\x1a)/
/** Of a disc (ISO 9660), at its place. */
const discs = ['CD001', 'BEA01']
const discBytes = 5
const discAt = 0x8001

/** Do the first bytes, a unit each, say that it is a file of one of these kinds? */
export function beginsAsFile(head: string): boolean {
  return begins.test(head)
}

/** undefined: it is none, or was not hidden. */
export function carriedFile(value: Value): Buffer | undefined {
  if (hiddenBy(value.via) === 0) return undefined
  const isText = value.kind === 'text'
  const length = isText
    ? value.text.length
    : value.kind === 'bytes'
      ? value.bytes.length
      : 0
  if (length < minBytes) return undefined
  const head = isText
    ? value.text.slice(0, 8)
    : (value as { bytes: Buffer }).bytes.toString('latin1', 0, 8)
  const isDisc =
    length > discAt + discBytes &&
    discs.includes(
      isText
        ? value.text.slice(discAt, discAt + discBytes)
        : bytesOf(value)!.toString('latin1', discAt, discAt + discBytes),
    )
  return beginsAsFile(head) || isDisc ? bytesOf(value) : undefined
}
