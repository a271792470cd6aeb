// `pack` and `unpack` of Perl, Ruby and PHP: numbers and letters as bytes, by a format of letters and counts.
import type { Budget } from '../../budget.ts'
import {
  bitOf,
  hasHoles,
  number,
  text,
  textOf,
  type Value,
  viaOf,
} from '../value.ts'

interface Part {
  readonly letter: string
  /** undefined: as many as there are. */
  readonly count: number | undefined
  readonly hasCount: boolean
}

/** Parts of one format. */
const maxParts = 200
/** Letters of one text. */
const maxLetters = 100_000

function partsOf(format: Value | undefined): Part[] | undefined {
  const f =
    format?.kind === 'text' && !hasHoles(format) ? format.text : undefined
  if (f === undefined || !/^(?:\s*[a-zA-Z][<>]?(?:\d{1,5}|\*)?)*\s*$/.test(f))
    return undefined
  const all = [...f.matchAll(/([a-zA-Z][<>]?)(\d+|\*)?/g)]
  if (all.length > maxParts) return undefined
  return all.map(([, letter, count]) => ({
    letter: letter!,
    count: count === '*' ? undefined : Number(count ?? 1),
    hasCount: count !== undefined,
  }))
}

/** How many bytes a number has, and whether the least stands first. */
const numbers: Readonly<Record<string, readonly [number, boolean]>> = {
  C: [1, true],
  c: [1, true],
  n: [2, false],
  N: [4, false],
  v: [2, true],
  V: [4, true],
  'S<': [2, true],
  'S>': [2, false],
  'L<': [4, true],
  'L>': [4, false],
}

const binary = (b: Buffer): string => b.toString('latin1')

/** What is given is taken one by one. */
class Packer {
  readonly #values: readonly Value[]
  #next = 0

  constructor(values: readonly Value[]) {
    this.#values = values
  }

  part({ letter, count, hasCount }: Part): string | undefined {
    const size = Object.hasOwn(numbers, letter) ? numbers[letter] : undefined
    if (size) return this.#all(count, (n) => written(n, size))
    if (letter === 'U' || letter === 'W')
      return this.#all(count, (n) =>
        n >= 0 && n <= 0x10ffff ? String.fromCodePoint(n) : undefined,
      )
    const value = this.#values[this.#next++]
    const s =
      value?.kind === 'text' && !hasHoles(value) ? value.text : undefined
    if (s === undefined) return undefined
    switch (letter) {
      case 'a':
      case 'A': {
        const wide = count ?? s.length
        return s.slice(0, wide).padEnd(wide, letter === 'a' ? '\0' : ' ')
      }
      case 'H':
        return /^(?:[0-9a-f]{2})*$/i.test(s) &&
          (!hasCount || count === undefined || count === s.length)
          ? hasCount || s.length <= 1
            ? binary(Buffer.from(s, 'hex'))
            : undefined
          : undefined
      default:
        return undefined
    }
  }

  #all(
    count: number | undefined,
    f: (n: number) => string | undefined,
  ): string | undefined {
    const end = count === undefined ? this.#values.length : this.#next + count
    let out = ''
    for (; this.#next < end; this.#next++) {
      const value = this.#values[this.#next]
      const n = value?.kind === 'number' ? value.number : wholeText(value)
      const made = n === undefined || !Number.isInteger(n) ? undefined : f(n)
      if (made === undefined) return undefined
      out += made
    }
    return out
  }

  get isDone(): boolean {
    return this.#next >= this.#values.length
  }
}

function wholeText(value: Value | undefined): number | undefined {
  const s = value?.kind === 'text' ? value.text : ''
  return /^\d{1,15}$/.test(s) ? Number(s) : undefined
}

function written(
  n: number,
  [size, isLittle]: readonly [number, boolean],
): string | undefined {
  const most = 2 ** (8 * size)
  if (n < -most / 2 || n >= most) return undefined
  const part = Buffer.alloc(size)
  const wrapped = n < 0 ? n + most : n
  if (isLittle) part.writeUIntLE(wrapped, 0, size)
  else part.writeUIntBE(wrapped, 0, size)
  return binary(part)
}

/** `pack("H*", …)`, `pack("C*", …)`. */
export function packed(
  format: Value | undefined,
  values: readonly Value[],
  budget: Budget,
): Value | undefined {
  const parts = partsOf(format)
  if (!parts || !budget.make(values.length)) return undefined
  const packer = new Packer(values)
  let out = ''
  for (const part of parts) {
    const made = packer.part(part)
    if (made === undefined) return undefined
    out += made
  }
  if (!packer.isDone) return undefined
  const isHex = parts.some((p) => p.letter === 'H')
  return text(out, viaOf(values) | bitOf(isHex ? 'hex' : 'character codes'))
}

/** What `unpack` gives, one behind the other; undefined: nobody knows. */
export function unpacked(
  format: Value | undefined,
  of: Value | undefined,
  budget: Budget,
): Value[] | undefined {
  const f = textOf(format) ?? ''
  const s = of?.kind === 'text' && !hasHoles(of) ? of.text : undefined
  if (s === undefined || s.length > maxLetters || !budget.make(s.length))
    return undefined
  const { via } = of!
  if (/^u\*?$/.test(f)) return [text(uudecoded(s), via | bitOf('base64'))]
  const group = /^\(([aA])(\d{1,2})?\)\*$/.exec(f)
  if (group) return cut(s, Number(group[2] ?? 1), group[1]!, via)
  const parts = partsOf(format)
  if (!parts || /[^\x00-\xff]/.test(s)) return undefined
  const out: Value[] = []
  let at = 0
  for (const part of parts) {
    const made = read(s, at, part, via)
    if (!made) return undefined
    for (const one of made.values) out.push(one)
    at = made.at
  }
  return out
}

function cut(
  s: string,
  size: number,
  letter: string,
  via: number,
): Value[] | undefined {
  if (!size) return undefined
  const parts = s.match(new RegExp(`[\\s\\S]{1,${size}}`, 'g')) ?? []
  return parts.map((p) => text(trimmed(p, letter), via))
}

/** `A` leaves out what fills it up. */
const trimmed = (s: string, letter: string): string =>
  letter === 'A' ? s.replace(/(?<![\0 \t\n\r\f])[\0 \t\n\r\f]+$/, '') : s

function read(
  s: string,
  at: number,
  { letter, count }: Part,
  via: number,
): { values: Value[]; at: number } | undefined {
  if (letter === 'a' || letter === 'A') {
    const to = count === undefined ? s.length : Math.min(s.length, at + count)
    return { values: [text(trimmed(s.slice(at, to), letter), via)], at: to }
  }
  if (letter === 'H' && count === undefined) {
    const hex = Buffer.from(s.slice(at), 'latin1').toString('hex')
    return { values: [text(hex, via)], at: s.length }
  }
  const isLetters = letter === 'U' || letter === 'W'
  const [size, isLittle] = isLetters
    ? [1, true]
    : (numbers[letter] ?? [0, true])
  if (!size || (letter === 'U' && /[^\x00-\x7f]/.test(s))) return undefined
  const raw = Buffer.from(s, 'latin1')
  const values: Value[] = []
  const wanted = count ?? Number.POSITIVE_INFINITY
  for (; values.length < wanted && at + size <= raw.length; at += size) {
    const n = isLittle ? raw.readUIntLE(at, size) : raw.readUIntBE(at, size)
    values.push(number(letter === 'c' && n > 127 ? n - 256 : n, via))
  }
  return { values, at }
}

/** Lines of a length and of letters of six bits each. */
function uudecoded(s: string): string {
  const out: Buffer[] = []
  for (const line of s.split(/\r?\n/)) {
    const codes = Array.from(line, (c) => (c.charCodeAt(0) - 32) & 63)
    const [size = 0, ...sixes] = codes
    const made = Buffer.alloc(Math.ceil(sixes.length / 4) * 3)
    for (let i = 0; i < sixes.length; i += 4) {
      const [a = 0, b = 0, c = 0, d = 0] = sixes.slice(i, i + 4)
      const at = (i / 4) * 3
      made[at] = (a << 2) | (b >> 4)
      made[at + 1] = (b << 4) | (c >> 2)
      made[at + 2] = (c << 6) | d
    }
    out.push(made.subarray(0, size))
  }
  return Buffer.concat(out).toString('latin1')
}
