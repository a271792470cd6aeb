// The tokens of rich text (RTF 1.9.1, "Syntax"): groups, control words and symbols, bytes of text. Whatever stands
// between them in malicious files, this never stops before the end.
export interface TokenVisitor {
  open(at: number): void
  close(at: number): void
  /** A control word, lower or upper case as it is written. */
  word(name: string, number: number | undefined, at: number): void
  /** `\*`, `\~`: what is no letter. */
  symbol(character: number, at: number): void
  /** Plain text below 0x80. */
  run(bytes: Buffer, from: number, to: number): void
  /** A byte of text: of a code page, `\'hh`, or an escaped brace or backslash. */
  byte(value: number, at: number, isHex: boolean): void
  /** `\bin`: bytes as they are. */
  binary(bytes: Buffer, at: number): void
}

const BACKSLASH = 0x5c
const OPEN = 0x7b
const CLOSE = 0x7d
const BLANK = 0x20
const MINUS = 0x2d
/** Letters of one control word; what is over belongs to the same word and is dropped. */
const maxWord = 64
/** Digits of its number: Office reads ten, files in the wild have hundreds. */
const maxDigits = 10

export function scanRtf(bytes: Buffer, visitor: TokenVisitor): void {
  let at = 0
  while (at < bytes.length) {
    const c = bytes[at]!
    if (c === OPEN) visitor.open(at++)
    else if (c === CLOSE) visitor.close(at++)
    else if (c === BACKSLASH) at = control(bytes, at, visitor)
    else if (c === 0x0d || c === 0x0a || c === 0) at++
    else if (c >= 0x80) visitor.byte(c, at++, false)
    else {
      const from = at
      while (at < bytes.length && isPlain(bytes[at]!)) at++
      visitor.run(bytes, from, at)
    }
  }
}

function isPlain(c: number): boolean {
  return (
    c > 0 &&
    c < 0x80 &&
    c !== OPEN &&
    c !== CLOSE &&
    c !== BACKSLASH &&
    c !== 0x0d &&
    c !== 0x0a
  )
}

/** The place behind it. */
function control(bytes: Buffer, start: number, visitor: TokenVisitor): number {
  const first = bytes[start + 1]
  if (first === undefined) return start + 1
  if (!isLetter(first)) return symbol(bytes, start, first, visitor)
  let at = start + 1
  while (at < bytes.length && isLetter(bytes[at]!)) at++
  const name = bytes.toString(
    'latin1',
    start + 1,
    Math.min(at, start + 1 + maxWord),
  )
  const sign = bytes[at] === MINUS && isDigit(bytes[at + 1])
  const digits = sign ? at + 1 : at
  let end = digits
  while (isDigit(bytes[end])) end++
  const number =
    end > digits
      ? Number(
          bytes.toString('latin1', digits, Math.min(end, digits + maxDigits)),
        ) * (sign ? -1 : 1)
      : undefined
  if (bytes[end] === BLANK) end++
  if (name === 'bin' && number !== undefined && number >= 0) {
    const last = Math.min(end + number, bytes.length)
    visitor.binary(bytes.subarray(end, last), start)
    return last
  }
  visitor.word(name, number, start)
  return end
}

function symbol(
  bytes: Buffer,
  start: number,
  first: number,
  visitor: TokenVisitor,
): number {
  if (first === 0x27) {
    const high = nibble(bytes[start + 2])
    const low = nibble(bytes[start + 3])
    if (high < 0 || low < 0) return start + 2
    visitor.byte(high * 16 + low, start, true)
    return start + 4
  }
  if (first === BACKSLASH || first === OPEN || first === CLOSE)
    visitor.byte(first, start, false)
  else visitor.symbol(first, start)
  return start + 2
}

function isLetter(c: number): boolean {
  return (c >= 0x61 && c <= 0x7a) || (c >= 0x41 && c <= 0x5a)
}

function isDigit(c: number | undefined): boolean {
  return c !== undefined && c >= 0x30 && c <= 0x39
}

/** -1 where it is no hexadecimal digit. */
export function nibble(c: number | undefined): number {
  if (c === undefined) return -1
  if (c >= 0x30 && c <= 0x39) return c - 0x30
  const lower = c | 0x20
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1
}
