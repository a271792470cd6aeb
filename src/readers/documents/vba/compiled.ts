// Does what was compiled of a module agree with its source? Office runs the compiled form (p-code) where its version fits, and
// never looks at the source; so an emptied or exchanged source ("stomping") hides what runs. The compiled form is
// kept as it is; here only the texts in it are looked at, which every form of it spells out.
import { u16At, u32At } from '../binary/cursor.ts'

/** Marks the table of compiled lines. */
const lineTable = Buffer.from('feca', 'hex')
/** The instruction that puts a text on the stack, and one that is a remark in the source. */
const textInstruction = 0xb9
/** Of an entry in the table: four bytes, the length of the line's code, two bytes, where it begins. */
const lineBytes = 12
/** Between the table and the code, in bytes. */
const behindTable = 10
const minText = 4
const maxTexts = 512

export interface Compiled {
  /** That do something. */
  readonly lines: number
  /** Texts that the code uses. */
  readonly texts: readonly string[]
}

export function compiledOf(stream: Buffer, end: number): Compiled {
  const compiled = stream.subarray(0, Math.min(end, stream.length))
  const mark = compiled.lastIndexOf(lineTable)
  if (mark < 0) return { lines: 0, texts: [] }
  const count = u16At(compiled, mark + 4)
  const table = mark + 6
  const code = compiled.subarray(table + count * lineBytes + behindTable)
  const texts: string[] = []
  let lines = 0
  // What no line points at is left from before an edit.
  for (let i = 0; i < count; i++) {
    const length = u16At(compiled, table + i * lineBytes + 4)
    const at = u32At(compiled, table + i * lineBytes + 8)
    if (length === 0) continue
    lines++
    for (const text of textsOf(code.subarray(at, at + length)))
      if (texts.length < maxTexts) texts.push(text)
  }
  return { lines, texts }
}

/** Words are two bytes; a text is padded to an even length. */
function textsOf(code: Buffer): string[] {
  const texts: string[] = []
  for (let at = 0; at + 4 <= code.length && texts.length < maxTexts; at += 2) {
    if (u16At(code, at) !== textInstruction) continue
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
  readonly kind: 'source is empty' | 'texts are not in the source'
  /** What the compiled form has, and the source has not. */
  readonly texts: readonly string[]
}

/** undefined: nothing speaks against the source. */
export function disagreement(
  compiled: Compiled,
  source: string,
): Disagreement | undefined {
  const statements = source
    .split(/\r\n?|\n/)
    .filter((line) => line.trim() && !/^\s*Attribute\s/i.test(line))
  const { texts } = compiled
  if (statements.length === 0)
    return compiled.lines > 0 ? { kind: 'source is empty', texts } : undefined
  const missing = texts.filter(
    (text) =>
      !source.includes(text.replaceAll('"', '""')) && !source.includes(text),
  )
  return missing.length > 0
    ? { kind: 'texts are not in the source', texts: missing }
    : undefined
}
