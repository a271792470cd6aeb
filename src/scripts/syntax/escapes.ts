// What escapes within quotes mean, language by language.
import { bitOf } from '../fold/value.ts'

/** Of one language. */
export interface Escapes {
  /** Letters that stand for another. */
  readonly named: Readonly<Record<string, string>>
  /** A letter that means nothing keeps its backslash. */
  readonly keeps?: true
  /** `\65` is a number of tens, of up to three digits; else of eights. */
  readonly tens?: true
  /** No digit behind the backslash means anything. */
  readonly noDigits?: true
  /** `\x{41}`. */
  readonly hexInBraces?: true
  /** `\u{41}`. */
  readonly unicodeInBraces?: true
  /** `\u0041`. */
  readonly unicode?: true
  /** `\U00000041`. */
  readonly longUnicode?: true
  /** Letters behind which more is meant than is followed: what has one is not known. */
  readonly others?: string
}

const n = '\n'
const r = '\r'
const t = '\t'
const b = '\b'
const f = '\f'
const v = '\v'
const a = '\x07'
const e = '\x1b'
const quotes = { '\\': '\\', '"': '"', "'": "'" }

/** In the manner of C, and of whatever else was seen: for what is of no language that is known better. */
const anyEscapes: Escapes = {
  named: { n, r, t, b, f, v, a, e },
  hexInBraces: true,
  unicodeInBraces: true,
  unicode: true,
  longUnicode: true,
}
export const javascriptEscapes: Escapes = {
  named: { n, r, t, b, f, v },
  unicode: true,
  unicodeInBraces: true,
}
export const pythonEscapes: Escapes = {
  named: { n, r, t, b, f, v, a, ...quotes },
  keeps: true,
  unicode: true,
  longUnicode: true,
  others: 'N',
}
export const pythonBytesEscapes: Escapes = {
  named: { n, r, t, b, f, v, a, ...quotes },
  keeps: true,
}
export const perlEscapes: Escapes = {
  named: { n, r, t, b, f, a, e },
  hexInBraces: true,
  others: 'LUQEluNco',
}
export const phpEscapes: Escapes = {
  named: { n, r, t, f, v, e, $: '$', '"': '"', '\\': '\\' },
  keeps: true,
  unicodeInBraces: true,
}
export const rubyEscapes: Escapes = {
  named: { n, r, t, b, f, v, a, e, s: ' ' },
  unicode: true,
  unicodeInBraces: true,
  others: 'cCM',
}
export const luaEscapes: Escapes = {
  named: { n, r, t, b, f, v, a },
  tens: true,
  unicodeInBraces: true,
  others: 'z',
}
/** `$'…'`, and what programs of shells make of texts. */
export const shellEscapes: Escapes = {
  named: { n, r, t, b, f, v, a, e, E: e, '?': '?', ...quotes },
  keeps: true,
  unicode: true,
  longUnicode: true,
  others: 'c',
}

/** Of `echo`: only behind a zero are there numbers. */
export const echoEscapes: Escapes = { ...shellEscapes, noDigits: true }

const escaped =
  /\\(?:x\{([0-9a-fA-F]{1,6})\}|x([0-9a-fA-F]{1,2})|u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(\d{1,3})|(\r?\n)|([\s\S]))/g

export interface Unescaped {
  readonly text: string
  readonly via: number
  /** More is meant than is followed. */
  readonly isOpen?: true
}

export function unescapeC(raw: string): Unescaped {
  return unescaped(raw, anyEscapes)
}

/** Characters that need no escape were written as one: it hides them. */
export function unescaped(raw: string, by: Escapes): Unescaped {
  if (!raw.includes('\\')) return { text: raw, via: 0 }
  let via = 0
  let isOpen = false as boolean
  const coded = (code: number): string => {
    if (code > 0x20 && code < 0x7f) via |= bitOf('escapes')
    return code <= 0x10ffff ? String.fromCodePoint(code) : ''
  }
  const plain = (all: string, one: string): string => {
    if (by.others?.includes(one)) isOpen = true
    if (Object.hasOwn(by.named, one)) return by.named[one]!
    return by.keeps ? all : one
  }
  const text = raw.replace(
    escaped,
    (all: string, x1, x2, u1, u2, u3, digits, line, one) => {
      const hex =
        (by.hexInBraces && x1) ||
        x2 ||
        (by.unicodeInBraces && u1) ||
        (by.unicode && u2) ||
        (by.longUnicode && u3)
      if (hex) return coded(Number.parseInt(hex, 16))
      if (digits !== undefined) {
        const made = by.noDigits ? undefined : numbered(digits, by)
        return made ? coded(made.code) + made.rest : plain(all, digits)
      }
      if (line !== undefined) return by.tens ? line : ''
      if (one !== undefined) return plain(all, one)
      return by.keeps ? all : all.slice(1)
    },
  )
  return isOpen ? { text, via, isOpen } : { text, via }
}

/** `\101`, `\065`; what follows and does not belong to it. */
function numbered(
  digits: string,
  { tens }: Escapes,
): { code: number; rest: string } | undefined {
  const own = tens ? digits : (/^[0-7]{1,3}/.exec(digits)?.[0] ?? '')
  if (!own) return undefined
  const code = Number.parseInt(own, tens ? 10 : 8)
  return { code, rest: digits.slice(own.length) }
}

/** Only the quote and the backslash can be escaped. */
export function unescapeQuote(raw: string): string {
  return raw.includes('\\') ? raw.replace(/\\(['\\])/g, '$1') : raw
}
