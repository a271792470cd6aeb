// What escapes within quotes mean, in the manner of C.
import { bitOf } from '../fold/value.ts'

const simple: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  v: '\v',
  a: '\x07',
  e: '\x1b',
  '0': '\0',
}

const escaped =
  /\\(?:x\{([0-9a-fA-F]{1,6})\}|x([0-9a-fA-F]{1,2})|u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|(\r?\n)|([\s\S]))/g

export interface Unescaped {
  readonly text: string
  readonly via: number
}

/** Characters that need no escape were written as one: it hides them. */
export function unescapeC(raw: string): Unescaped {
  if (!raw.includes('\\')) return { text: raw, via: 0 }
  let via = 0
  const text = raw.replace(escaped, (_, x1, x2, u1, u2, u3, oct, line, one) => {
    const hex = x1 ?? x2 ?? u1 ?? u2 ?? u3
    if (hex !== undefined || (oct !== undefined && oct !== '0')) {
      const code = hex ? Number.parseInt(hex, 16) : Number.parseInt(oct, 8)
      if (code > 0x20 && code < 0x7f) via |= bitOf('escapes')
      return code <= 0x10ffff ? String.fromCodePoint(code) : ''
    }
    if (oct === '0') return '\0'
    if (line !== undefined) return ''
    return simple[one] ?? one
  })
  return { text, via }
}

/** Only the quote and the backslash can be escaped. */
export function unescapeQuote(raw: string): string {
  return raw.includes('\\') ? raw.replace(/\\(['\\])/g, '$1') : raw
}
