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
  /** Of a binary, and of what is too long to be read in one piece, the beginning. */
  readonly text: string
  readonly facts: Facts
  /** What was not understood, in words. */
  note(message: string): void
}

export interface Source {
  /** In words, for people. */
  readonly what: string
  /** It asks for lines alone, which may be more than could be held together. */
  readonly byLines?: true
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

/** Bytes that are decoded in one go. */
const blockBytes = 1024 * 1024
/** UTF-16 units of a line; what is longer is no line of any dump, and is cut. */
const maxLine = 4 * 1024 * 1024

/** The same of a dump of any length, of which no more than a block is text at a time. */
export function* linesOfDump(dump: Dump): Generator<readonly [string, number]> {
  const { bytes } = dump
  const decoder = new TextDecoder(encodingOf(bytes))
  let rest = ''
  let line = 1
  for (let at = 0; at < bytes.length; at += blockBytes) {
    const block = bytes.subarray(at, at + blockBytes)
    const isLast = at + blockBytes >= bytes.length
    rest += decoder.decode(block, { stream: !isLast })
    const end = isLast ? rest.length : rest.lastIndexOf('\n') + 1
    for (const [text] of linesOf(rest.slice(0, end))) yield [text, line++]
    rest = rest.slice(end)
    if (rest.length > maxLine) rest = rest.slice(0, maxLine)
  }
}

type Encoding = 'utf-16le' | 'utf-16be' | 'utf-8'

/** UTF-16 with its mark or evidently without, else UTF-8. */
function encodingOf(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const isWide = bytes[1] === 0 && bytes[3] === 0 && bytes[0] !== 0
  return isWide && bytes.length > 3 ? 'utf-16le' : 'utf-8'
}

export function decodeDump(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes)
}
