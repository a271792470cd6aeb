// Where does knowledge of a host come from? A dump is told by its content; each source is a file beside this one and a line in index.ts.
import type { Facts, Whence } from '../facts/facts.ts'

export interface Dump {
  /** As given. In a mounted image, the path below its root with `/` in front. */
  readonly name: string
  readonly bytes: Uint8Array
  /** Transaction logs of a hive that lie beside it. */
  readonly logs?: readonly Uint8Array[]
}

/** A dump, its text decoded once. */
export interface Reading extends Dump {
  /** Its last part, in lower case. */
  readonly base: string
  readonly text: string
  readonly facts: Facts
  /** What was not understood, in words. */
  note(message: string): void
}

export interface Source {
  /** In words, for people. */
  readonly what: string
  recognises(dump: Reading): boolean
  read(dump: Reading): void
}

/** A line of a dump, 1-based. */
export function lineOf(dump: Dump, line: number): Whence {
  return { file: dump.name, line }
}

export function fileOf(dump: Dump): Whence {
  return { file: dump.name }
}

/** Lines with their numbers, without end. */
export function* linesOf(text: string): Generator<readonly [string, number]> {
  let from = 0
  let line = 1
  while (from < text.length) {
    const end = text.indexOf('\n', from)
    const to = end < 0 ? text.length : end
    const before = text.charCodeAt(to - 1) === 0x0d && to > from ? to - 1 : to
    yield [text.slice(from, before), line++]
    from = to + 1
  }
}

/** UTF-16 with its mark or evidently without, else UTF-8. */
export function decodeDump(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes[0] === 0xff && bytes[1] === 0xfe) {
    return buffer.toString('utf16le', 2)
  }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    return Buffer.from(buffer.subarray(2, buffer.length & ~1))
      .swap16()
      .toString('utf16le')
  }
  if (bytes.length > 3 && bytes[1] === 0 && bytes[3] === 0 && bytes[0] !== 0) {
    return buffer.toString('utf16le')
  }
  const isMarked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  return buffer.toString('utf8', isMarked ? 3 : 0)
}
