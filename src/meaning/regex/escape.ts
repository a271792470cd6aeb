// What stands behind a backslash, and between brackets.
import type { Cursor } from './cursor.ts'
import {
  asciiClasses,
  posixClass,
  type Spelling,
  unicodeClasses,
} from './tables.ts'
import type { NamedSet, Range, RegexNode } from './tree.ts'

export interface EscapeContext {
  readonly spelling: Spelling
  /** Letters fold. */
  readonly i: boolean
  /** `\d` and its like know ASCII only. */
  readonly ascii: boolean
}

const property =
  /\\([pP])(?:\{(\^?[A-Za-z_]{1,40}(?:=[A-Za-z_]{1,40})?)\}|([A-Z]))/y

/** `\d`, `\H`, `\p{Lu}`: undefined where something else stands. */
export function readNamedSet(
  c: Cursor,
  { spelling, ascii }: EscapeContext,
): NamedSet | undefined {
  const letter = c.next === '\\' ? c.source[c.at + 1] : undefined
  if (letter === undefined) return undefined
  const small = letter.toLowerCase()
  const classes: Spelling['classes'] = {
    ...(ascii ? asciiClasses : unicodeClasses),
    ...spelling.classes,
  }
  if (Object.hasOwn(classes, small)) {
    c.at += 2
    return { members: classes[small]!, negated: letter !== small }
  }
  const named = c.take(property)
  if (!named) return undefined
  const name = named[2] ?? named[3]!
  const inverted = name.startsWith('^')
  return {
    members: { ranges: [], properties: [inverted ? name.slice(1) : name] },
    negated: (named[1] === 'P') !== inverted,
  }
}

const hexadecimal =
  /\\(?:x\{([0-9A-Fa-f]{1,6})\}|x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))/y
const octal = /\\(0[0-7]{0,2}|o\{[0-7]{1,7}\})/y

/** A code point after a backslash, also within a set. */
export function readEscapedCode(c: Cursor, spelling: Spelling): number {
  const hex = c.take(hexadecimal)
  if (hex) {
    const code = Number.parseInt(hex[1] ?? hex[2] ?? hex[3] ?? hex[4]!, 16)
    if (code > 0x10ffff) throw c.problem('a code point beyond Unicode')
    return code
  }
  const oct = c.take(octal)
  if (oct) {
    const code = Number.parseInt(oct[1]!.replace(/\D/g, ''), 8)
    if (code > 0x10ffff) throw c.problem('a code point beyond Unicode')
    return code
  }
  const letter = c.source[c.at + 1]!
  if (Object.hasOwn(spelling.controls, letter)) {
    c.at += 2
    return spelling.controls[letter]!
  }
  if (/[A-Za-z0-9]/.test(letter))
    throw c.problem(`the escape "\\${letter}" is not known`)
  c.at++
  return c.codePoint()
}

/** `[` has been seen: a set up to its `]`, which stands for itself if it is the first. */
export function readSet(c: Cursor, context: EscapeContext): RegexNode {
  c.at++
  const negated = c.eat('^')
  const ranges: Range[] = []
  const named: NamedSet[] = []
  for (let first = true; first || c.next !== ']'; first = false) {
    if (c.next === undefined) throw c.problem('a "[" without its "]"')
    const set = readPosix(c, context.i) ?? readNamedSet(c, context)
    if (set) named.push(set)
    else {
      const from = setCode(c, context.spelling)
      ranges.push([from, rangeEnd(c, from, context)])
    }
  }
  c.at++
  return { kind: 'set', ranges, named, negated, i: context.i }
}

const posix = /\[:(\^?)([a-z]{2,8}):\]/y

function readPosix(c: Cursor, i: boolean): NamedSet | undefined {
  const m = c.take(posix)
  if (!m) return undefined
  const members = posixClass(m[2]!, i)
  if (!members) throw c.problem(`the class "[:${m[2]}:]" is not known`)
  return { members, negated: m[1] === '^' }
}

function setCode(c: Cursor, spelling: Spelling): number {
  if (c.next !== '\\') return c.codePoint()
  if (c.source.length === c.at + 1) throw c.problem('a "\\" at the end')
  // Between brackets `\b` is the backspace.
  if (c.eat('\\b')) return 8
  return readEscapedCode(c, spelling)
}

function rangeEnd(c: Cursor, from: number, context: EscapeContext): number {
  const behind = c.source[c.at + 1]
  if (c.next !== '-' || behind === ']' || behind === undefined) return from
  const before = c.at
  c.at++
  if (readPosix(c, context.i) ?? readNamedSet(c, context)) {
    // `a-\d`: the dash is a letter.
    c.at = before
    return from
  }
  const to = setCode(c, context.spelling)
  if (to < from) throw c.problem('a range that runs backwards')
  return to
}
