// How is a file called whose name is no UTF-8? Systems allow any bytes. Those that are no letter stand in the text as lone surrogates
// (U+DC80 to U+DCFF, one a byte), which no name in UTF-8 can hold, so that the file can be opened again by it.
import { isUtf8 } from 'node:buffer'

const firstByte = 0xdc00

export function nameOfBytes(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8')
  let name = ''
  for (let at = 0; at < bytes.length; ) {
    const length = [1, 2, 3, 4].find((n) => isUtf8(bytes.subarray(at, at + n)))
    name +=
      length === undefined
        ? String.fromCharCode(firstByte + bytes[at]!)
        : bytes.toString('utf8', at, at + length)
    at += length ?? 1
  }
  return name
}

const strange = /[\udc80-\udcff]/gu

/** What the system knows the path by. */
export function onDisk(path: string): string | Buffer {
  if (path.search(strange) < 0) return path
  const parts: Buffer[] = []
  let from = 0
  for (const { index, 0: unit } of path.matchAll(strange)) {
    parts.push(Buffer.from(path.slice(from, index)))
    parts.push(Buffer.of(unit.charCodeAt(0) - firstByte))
    from = index + 1
  }
  parts.push(Buffer.from(path.slice(from)))
  return Buffer.concat(parts)
}

/** For people: `caf\xe9.evtx`. */
export function shownPath(path: string): string {
  return path.replace(
    strange,
    (unit) => `\\x${(unit.charCodeAt(0) - firstByte).toString(16)}`,
  )
}
