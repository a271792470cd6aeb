// Python's encodings: of letters, and of bytes as letters.
import type { Budget } from '../../budget.ts'
import { decompressed, fromHex, rotated } from '../decode.ts'
import {
  bitOf,
  bytes,
  bytesOf,
  hasHoles,
  text,
  textOf,
  type Value,
} from '../value.ts'

const plainName = (name: string | undefined) =>
  name?.toLowerCase().replace(/[-_ ]/g, '')

const latin = new Set(['latin1', 'iso88591', 'l1', '88591', 'latin'])
const utf8 = new Set(['utf8', 'u8', 'utf'])

/** `text.encode(name)`. */
export function encodedAs(
  of: Value,
  name: string | undefined,
): Value | undefined {
  if (of.kind !== 'text' || hasHoles(of)) return undefined
  const encoding = plainName(name)
  if (encoding === undefined) return undefined
  if (utf8.has(encoding)) return bytes(Buffer.from(of.text, 'utf8'), of.via)
  if (encoding === 'utf16le')
    return bytes(Buffer.from(of.text, 'utf16le'), of.via)
  if (latin.has(encoding))
    return /^[\x00-\xff]*$/.test(of.text)
      ? bytes(Buffer.from(of.text, 'latin1'), of.via)
      : undefined
  if (encoding === 'ascii')
    return /^[\x00-\x7f]*$/.test(of.text)
      ? bytes(Buffer.from(of.text, 'latin1'), of.via)
      : undefined
  return encoding === 'rot13' ? rotated(of) : undefined
}

/** `bytes.decode(name)`, and what Python 2 did with texts. */
export function decodedAs(
  of: Value,
  name: string | undefined,
  budget: Budget,
): Value | undefined {
  const encoding = plainName(name)
  if (encoding === undefined || hasHoles(of)) return undefined
  if (encoding === 'rot13') return rotated(of)
  if (encoding === 'hex' || encoding === 'hexcodec') return fromHex(of, budget)
  if (encoding === 'base64' || encoding === 'base64codec')
    return base64Of(of, budget)
  if (encoding === 'zlib' || encoding === 'zip')
    return decompressed(of, 'zlib', budget)
  // Python 2: a text is its bytes.
  if (of.kind === 'text')
    return utf8.has(encoding) || encoding === 'ascii' ? of : undefined
  if (of.kind !== 'bytes') return undefined
  const made = lettersOf(of.bytes, encoding)
  return made === undefined ? undefined : text(made, of.via)
}

function lettersOf(raw: Buffer, encoding: string): string | undefined {
  if (latin.has(encoding)) return raw.toString('latin1')
  if (encoding === 'ascii')
    return raw.every((b) => b < 0x80) ? raw.toString('latin1') : undefined
  const name = utf8.has(encoding)
    ? 'utf-8'
    : encoding === 'utf16le'
      ? 'utf-16le'
      : undefined
  if (!name) return undefined
  try {
    return new TextDecoder(name, { fatal: true, ignoreBOM: true }).decode(raw)
  } catch {
    return undefined
  }
}

/** The letters of what is encoded. */
function lettersIn(of: Value | undefined): string | undefined {
  return of && !hasHoles(of) && (of.kind === 'text' || of.kind === 'bytes')
    ? textOf(of)
    : undefined
}

/** Letters that are none of base64 are passed over. */
export function base64Of(
  of: Value | undefined,
  budget: Budget,
  urlSafe = false,
): Value | undefined {
  const s = lettersIn(of)
  if (s === undefined || !budget.make(s.length)) return undefined
  const meant = urlSafe ? s.replace(/-/g, '+').replace(/_/g, '/') : s
  const clean = meant.replace(/[^A-Za-z0-9+/=]/g, '')
  const plain = clean.replace(/=+$/, '')
  // What is padded in its middle, or wrongly, fails or ends there.
  if (plain.includes('=') || (plain.length + (clean.length - plain.length)) % 4)
    return undefined
  return bytes(Buffer.from(plain, 'base64'), of!.via | bitOf('base64'))
}

const letters32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

export function base32Of(
  of: Value | undefined,
  budget: Budget,
): Value | undefined {
  const s = lettersIn(of)
  if (s === undefined || s.length % 8 || !budget.make(s.length))
    return undefined
  if (!/^[A-Z2-7]*={0,6}$/.test(s)) return undefined
  const out: number[] = []
  let held = 0
  let bits = 0
  for (const c of s.replace(/=/g, '')) {
    held = ((held << 5) | letters32.indexOf(c)) & 0xfff
    bits += 5
    if (bits >= 8) {
      bits -= 8
      out.push((held >> bits) & 0xff)
    }
  }
  return bytes(Buffer.from(out), of!.via | bitOf('base64'))
}

export function base16Of(
  of: Value | undefined,
  budget: Budget,
): Value | undefined {
  const s = lettersIn(of)
  if (
    s === undefined ||
    !/^(?:[0-9A-F]{2})*$/.test(s) ||
    !budget.make(s.length)
  )
    return undefined
  return bytes(Buffer.from(s, 'hex'), of!.via | bitOf('hex'))
}

const letters85 =
  '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~'

/** Five letters for four bytes, of which the last are as many as there are letters for. */
function fives(digits: readonly number[]): Buffer | undefined {
  const out: number[] = []
  for (let i = 0; i < digits.length; i += 5) {
    const group = digits.slice(i, i + 5)
    const missing = 5 - group.length
    if (missing === 4) return undefined
    let value = 0
    for (let k = 0; k < 5; k++) value = value * 85 + (group[k] ?? 84)
    if (value > 0xffffffff) return undefined
    for (let k = 0; k < 4 - missing; k++)
      out.push(Math.floor(value / 256 ** (3 - k)) % 256)
  }
  return Buffer.from(out)
}

export function base85Of(
  of: Value | undefined,
  budget: Budget,
): Value | undefined {
  const s = lettersIn(of)
  if (s === undefined || !budget.make(s.length)) return undefined
  const digits = Array.from(s, (c) => letters85.indexOf(c))
  const made = digits.includes(-1) ? undefined : fives(digits)
  return made && bytes(made, of!.via | bitOf('base64'))
}

/** Adobe's: from `!` on, `z` for four zeros; within `<~` and `~>` where it is `framed`. */
export function ascii85Of(
  of: Value | undefined,
  budget: Budget,
  framed = false,
): Value | undefined {
  const s = lettersIn(of)
  if (s === undefined || !budget.make(s.length * 5)) return undefined
  const inner = framed ? /^\s*(?:<~)?([\s\S]*)~>$/.exec(s)?.[1] : s
  if (inner === undefined) return undefined
  const digits: number[] = []
  for (const c of inner.replace(/[ \t\n\r\v]/g, '')) {
    if (c === 'z' && digits.length % 5 === 0) digits.push(0, 0, 0, 0, 0)
    else if (c >= '!' && c <= 'u') digits.push(c.charCodeAt(0) - 33)
    else return undefined
  }
  const made = fives(digits)
  return made && bytes(made, of!.via | bitOf('base64'))
}

/** Two digits a byte; blanks between bytes are passed over where they may stand. */
export function hexOf(
  of: Value | undefined,
  budget: Budget,
  blanks: boolean,
): Value | undefined {
  const s = lettersIn(of)
  if (s === undefined || !budget.make(s.length)) return undefined
  const plain = blanks ? s.replace(/(?<=^|[0-9a-fA-F]{2}|\s)\s+/g, '') : s
  return /^(?:[0-9a-fA-F]{2})*$/.test(plain)
    ? bytes(Buffer.from(plain, 'hex'), of!.via | bitOf('hex'))
    : undefined
}

/** `bytes(text, encoding)`. */
export function bytesFrom(
  of: Value,
  encoding: Value | undefined,
): Value | undefined {
  if (of.kind === 'text')
    return encoding
      ? encodedAs(of, textOf(encoding))
      : bytes(Buffer.from(of.text, 'utf8'), of.via)
  const raw = bytesOf(of)
  return (
    raw &&
    bytes(
      Buffer.from(raw),
      of.via | (of.kind === 'list' ? bitOf('character codes') : 0),
    )
  )
}
