// Values as scripts print them: Ruby's `{"a" => nil, "b" => [[0] "x"]}` (Logstash's rubydebug) and Python's
// `{'a': None, 'b': ['x']}`. Nothing is run; what is no literal ends the reading.
import type { JsonObject } from './json-value.ts'

/** Lists and objects in each other. */
const maxDepth = 32

/** undefined: the text is no such object, or is cut. */
export function parseLiteral(text: string): JsonObject | undefined {
  const value = parseValue(text)
  const isObject =
    typeof value === 'object' && value !== null && !Array.isArray(value)
  return isObject ? (value as JsonObject) : undefined
}

/** A list of them: `['a', 'b']`. */
export function parseLiteralList(text: string): readonly unknown[] | undefined {
  const value = parseValue(text)
  return Array.isArray(value) ? value : undefined
}

function parseValue(text: string): unknown {
  try {
    const literal = new Literal(text)
    const value = literal.value(0)
    literal.end()
    return value
  } catch (error) {
    if (error instanceof NoLiteral) return undefined
    throw error
  }
}

class NoLiteral extends Error {}

const blank = /\s*/y
const word = /[A-Za-z_#<0-9+.-][^,\]}\n]*/y
const call = /([A-Za-z_][\w.]{0,63})\(([^()\n]{0,256})\)/y
const index = /\[\d{1,9}\] /y
const arrow = /\s*(?:=>|:)\s*/y
const symbol = /:?([A-Za-z_@][\w@.-]*)(?=\s*(?:=>|: ))/y

class Literal {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  end() {
    this.#take(blank)
    if (this.#at < this.#text.length) throw new NoLiteral()
  }

  value(depth: number): unknown {
    if (depth > maxDepth) throw new NoLiteral()
    this.#take(blank)
    const c = this.#text[this.#at]
    if (c === '{') return this.#object(depth)
    if (c === '[') return this.#list(depth)
    if (c === '"' || c === "'") return this.#string(c)
    // Python marks bytes and text of Unicode so.
    const next = this.#text[this.#at + 1]
    if ((c === 'u' || c === 'b') && (next === "'" || next === '"')) {
      this.#at++
      return this.#string(next)
    }
    const made = this.#take(call)
    return made === undefined
      ? wordValue(this.#take(word)?.trim())
      : madeBy(made)
  }

  #object(depth: number): JsonObject {
    const entries: [string, unknown][] = []
    this.#at++
    while (!this.#closes('}')) {
      const key = this.#take(symbol)?.replace(/^:/, '') ?? this.value(depth + 1)
      if (typeof key !== 'string' || this.#take(arrow) === undefined) {
        throw new NoLiteral()
      }
      entries.push([key, this.value(depth + 1)])
    }
    return Object.fromEntries(entries)
  }

  #list(depth: number): unknown[] {
    const items: unknown[] = []
    this.#at++
    while (!this.#closes(']')) {
      this.#take(index)
      items.push(this.value(depth + 1))
    }
    return items
  }

  /** Passes a comma, and the end if it is here. */
  #closes(end: string): boolean {
    this.#take(blank)
    if (this.#text[this.#at] === ',') this.#at++
    this.#take(blank)
    if (this.#at >= this.#text.length) throw new NoLiteral()
    if (this.#text[this.#at] !== end) return false
    this.#at++
    return true
  }

  #string(quote: string): string {
    let out = ''
    let from = this.#at + 1
    for (let i = from; i < this.#text.length; i++) {
      const c = this.#text[i]
      if (c === quote) {
        this.#at = i + 1
        return out + this.#text.slice(from, i)
      }
      if (c !== '\\') continue
      const [made, length] = escaped(this.#text, i + 1)
      out += this.#text.slice(from, i) + made
      from = i + 1 + length
      i = from - 1
    }
    throw new NoLiteral()
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)
    if (!found) return undefined
    this.#at = pattern.lastIndex
    return found[0]
  }
}

const controls: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  e: '\x1b',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '0': '\0',
}

/** What is written behind a backslash at `at`, and how long it is. */
function escaped(text: string, at: number): readonly [string, number] {
  const hex = /^(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4}))/.exec(
    text.slice(at, at + 5),
  )
  if (hex) {
    const code = Number.parseInt((hex[1] ?? hex[2])!, 16)
    return [String.fromCharCode(code), hex[0].length]
  }
  const c = text[at] ?? ''
  return [controls[c] ?? c, 1]
}

/** `UUID('x')` is its text, `datetime.datetime(2026, 3, 4, 10, 20)` a moment. */
function madeBy(text: string): string {
  const inside = text.slice(text.indexOf('(') + 1, -1)
  const numbers = inside.split(', ', 7).map(Number)
  if (/^datetime\./.test(text) && numbers.length > 2) {
    const [year, month, day, hour = 0, minute = 0, second = 0, micros = 0] =
      numbers.map((n) => (Number.isInteger(n) ? n : 0))
    const ms = Math.floor(micros / 1000)
    const date = new Date(
      Date.UTC(year!, month! - 1, day!, hour, minute, second, ms),
    )
    return Number.isNaN(date.getTime()) ? text : date.toISOString()
  }
  return /^(['"])(.*)\1$/.exec(inside)?.[2] ?? text
}

const words: Readonly<Record<string, unknown>> = {
  nil: null,
  None: null,
  null: null,
  true: true,
  True: true,
  false: false,
  False: false,
}

/** A bare word is a number, nothing, or text such as a moment. */
function wordValue(text: string | undefined): unknown {
  if (text === undefined) throw new NoLiteral()
  if (Object.hasOwn(words, text)) return words[text]
  return /^-?\d{1,15}(?:\.\d{1,15})?$/.test(text) ? Number(text) : text
}
