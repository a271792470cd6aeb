// Does what was compiled of a module agree with its source? Office runs the compiled form (p-code) where its version fits, and
// never looks at the source; so an emptied or exchanged source ("stomping") hides what runs. The compiled form is
// kept as it is and not turned back into source; two things of it are looked at, which every form of it spells out: its lines (one for each of the
// source, an empty one for an empty one), and the texts in them. https://github.com/bontchev/pcodedmp describes the table and the instructions.
import { u16At, u32At } from '../binary/cursor.ts'

/** Marks the table of compiled lines. */
const lineTable = Buffer.from('feca', 'hex')
/** Of an entry in the table: four bytes, the length of the line's code, two bytes, where it begins. */
const lineBytes = 12
/** Between the table and the code, in bytes. */
const behindTable = 10
const minText = 4
const maxTexts = 512

export interface Compiler {
  /** Of Office with 64 bits; instructions have other numbers there. */
  readonly is64bit: boolean
  /** Of the project: what compiled it. */
  readonly version: number
}

/** From here on VBA is 6 or 7, before it 5. */
const version6 = 0x6b

/** The number of the instruction that puts a text on the stack. */
function textInstruction({ is64bit, version }: Compiler): number {
  if (is64bit) return 185
  return version >= version6 || version === 0 ? 182 : 174
}

export interface Compiled {
  /** Of each line, whether something is compiled of it; empty: there is no compiled form. */
  readonly lines: readonly boolean[]
  /** Texts that the code uses. */
  readonly texts: readonly string[]
}

export function compiledOf(
  stream: Buffer,
  end: number,
  compiler: Compiler,
): Compiled {
  const compiled = stream.subarray(0, Math.min(end, stream.length))
  const mark = compiled.lastIndexOf(lineTable)
  if (mark < 0) return { lines: [], texts: [] }
  const count = u16At(compiled, mark + 4)
  const table = mark + 6
  const code = compiled.subarray(table + count * lineBytes + behindTable)
  const instruction = textInstruction(compiler)
  const texts: string[] = []
  const lines: boolean[] = []
  // What no line points at is left from before an edit.
  for (let i = 0; i < count; i++) {
    const length = u16At(compiled, table + i * lineBytes + 4)
    const at = u32At(compiled, table + i * lineBytes + 8)
    lines.push(length > 0)
    if (length === 0) continue
    for (const text of textsOf(code.subarray(at, at + length), instruction))
      if (texts.length < maxTexts) texts.push(text)
  }
  return { lines, texts }
}

/** Words are two bytes; a text is padded to an even length. */
function textsOf(code: Buffer, instruction: number): string[] {
  const texts: string[] = []
  for (let at = 0; at + 4 <= code.length && texts.length < maxTexts; at += 2) {
    if (u16At(code, at) !== instruction) continue
    const length = u16At(code, at + 2)
    const end = at + 4 + length
    if (length < minText || end > code.length) continue
    const text = code.toString('latin1', at + 4, end)
    if (!/^[\x20-\x7e\t]+$/.test(text)) continue
    texts.push(text)
    at = end + (length & 1) - 2
  }
  return texts
}

export interface Disagreement {
  readonly kind:
    | 'source is empty'
    | 'texts are not in the source'
    | 'lines are others'
  /** What the compiled form has, and the source has not. */
  readonly texts: readonly string[]
}

/** undefined: nothing speaks against the source. */
export function disagreement(
  { lines, texts }: Compiled,
  source: string,
): Disagreement | undefined {
  if (!lines.includes(true)) return undefined
  const written = linesOf(source)
  if (!written.includes(true)) return { kind: 'source is empty', texts }
  const missing = texts.filter(
    (text) =>
      !source.includes(text.replaceAll('"', '""')) && !source.includes(text),
  )
  if (missing.length > 0)
    return { kind: 'texts are not in the source', texts: missing }
  return sameLines(lines, written)
    ? undefined
    : { kind: 'lines are others', texts }
}

/** Of each line of the source that is compiled as one, whether something stands on it. Lines of attributes are none. */
function linesOf(source: string): boolean[] {
  const lines: boolean[] = []
  let goesOn = false
  for (const line of source.split(/\r\n?|\n/)) {
    if (!goesOn && /^\s*Attribute\s/i.test(line)) continue
    if (!goesOn) lines.push(line.trim() !== '')
    goesOn = /(?:^|\s)_\s*$/.test(line)
  }
  return lines
}

/** Empty ones at the end count for nothing. */
function sameLines(a: readonly boolean[], b: readonly boolean[]): boolean {
  const end = Math.max(a.lastIndexOf(true), b.lastIndexOf(true))
  for (let i = 0; i <= end; i++) if (a[i] !== b[i]) return false
  return true
}
