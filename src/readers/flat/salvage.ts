// What can be saved of text that is almost JSON: members without commas between them, commas too many, NaN, raw line
// breaks and lone backslashes in strings, an end that is missing. Only asked after JSON.parse has refused.

import { maxNames } from './json-names.ts'

/** Text longer than this is not repaired, in UTF-16 units. */
export const maxSalvageLength = 4 * 1024 * 1024
const maxDepth = 64

/** Members and items that are saved of one text. */
const maxSaved = maxNames

export interface Salvaged {
  /** An object with at least one member. */
  readonly object: { [key: string]: unknown }
  /** What was wrong, for people: `3 missing commas, cut off at the end`. */
  readonly faults: string
}

export function salvage(text: string): Salvaged | undefined {
  if (text.length > maxSalvageLength) return undefined
  return salvageBeginning(text)
}

/** Of text of any length: no more of it is looked at than is saved. */
export function salvageBeginning(text: string): Salvaged | undefined {
  const parser = new LenientParser(text)
  const value = parser.value(0)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return undefined
  }
  const object = value as { [key: string]: unknown }
  for (const _ in object) return { object, faults: parser.faults() }
  return undefined
}

/**
 * Valid JSON in which a name stands twice in an object: both values are kept, as a list; of two objects the members are put together.
 * undefined: it is too much to be looked at again.
 */
export function parseDoubled(text: string): unknown {
  if (text.length > maxSalvageLength) return undefined
  const parser = new LenientParser(text)
  const value = parser.value(0)
  return parser.isWhole ? value : undefined
}

const nothing = Symbol('nothing')

/** Every method moves on or stops the whole parse, so it ends after at most one pass. */
class LenientParser {
  readonly #text: string
  #at = 0
  #stopped = false
  #cut = false
  #saved = 0
  /** Lists that were made of the values of one name. */
  readonly #doubled = new WeakSet<object>()
  readonly #faults = new Map<string, number>()

  constructor(text: string) {
    this.#text = text
  }

  get isWhole(): boolean {
    return !this.#stopped && !this.#cut && this.#faults.size === 0
  }

  faults(): string {
    const words = [...this.#faults].map(([what, n]) =>
      n === 1 ? `1 ${what}` : `${n} ${what}s`,
    )
    if (this.#cut) words.push('cut off at the end')
    return words.join(', ') || 'not valid JSON'
  }

  /** `nothing` where no value begins; then nothing was consumed. */
  value(depth: number): unknown {
    this.#skipSpace()
    const c = this.#text[this.#at]
    if (c === '{') return depth < maxDepth ? this.#object(depth) : this.#stop()
    if (c === '[') return depth < maxDepth ? this.#array(depth) : this.#stop()
    if (c === '"') return this.#string()
    return this.#word()
  }

  #object(depth: number): unknown {
    const object: { [key: string]: unknown } = {}
    this.#at++
    while (!this.#stopped) {
      const c = this.#next()
      if (c === undefined) break
      if (c === '}') {
        this.#at++
        break
      }
      if (c !== '"') {
        this.#stopAt()
        break
      }
      const key = this.#string()
      if (this.#cut || this.#next() !== ':') {
        this.#stopAt()
        break
      }
      this.#at++
      const value = this.value(depth + 1)
      if (value === nothing) break
      // A string that the end of the text cut off is no value; what nested objects hold of whole members is.
      if (!(this.#cut && typeof value !== 'object')) {
        this.#keep(object, key, value)
      }
      this.#count()
      this.#separator('}')
    }
    return object
  }

  #keep(object: { [key: string]: unknown }, key: string, value: unknown) {
    Object.defineProperty(object, key, {
      value: Object.hasOwn(object, key)
        ? this.#both(object[key], value)
        : value,
      enumerable: true,
      configurable: true,
      writable: true,
    })
  }

  #both(before: unknown, value: unknown): unknown {
    if (before === value) return value
    if (isPlain(before) && isPlain(value)) {
      for (const key in value) this.#keep(before, key, value[key])
      return before
    }
    if (Array.isArray(before) && this.#doubled.has(before)) {
      before.push(value)
      return before
    }
    const both = [before, value].flat()
    this.#doubled.add(both)
    return both
  }

  #count() {
    if (++this.#saved < maxSaved || this.#stopped) return
    this.#fault(`more than ${maxSaved} member`)
    this.#stopped = true
  }

  #array(depth: number): unknown {
    const list: unknown[] = []
    this.#at++
    while (!this.#stopped) {
      const c = this.#next()
      if (c === undefined) break
      if (c === ']') {
        this.#at++
        break
      }
      const value = this.value(depth + 1)
      if (value === nothing) break
      if (!(this.#cut && typeof value !== 'object')) list.push(value)
      this.#count()
      this.#separator(']')
    }
    return list
  }

  // Between members: a comma, or none where another member follows all the same.
  #separator(close: string) {
    if (this.#stopped) return
    const c = this.#next()
    if (c === undefined) return
    if (c !== ',') {
      if (c !== close) this.#fault('missing comma')
      return
    }
    this.#at++
    while (this.#next() === ',' || this.#next() === close) {
      this.#fault('needless comma')
      if (this.#next() === close) return
      this.#at++
    }
  }

  #string(): string {
    const text = this.#text
    let out = ''
    let from = ++this.#at
    for (; this.#at < text.length; this.#at++) {
      const c = text[this.#at]!
      if (c === '"') {
        out += text.slice(from, this.#at)
        this.#at++
        return out
      }
      if (c === '\\') {
        out += text.slice(from, this.#at) + this.#escape()
        from = this.#at + 1
      } else if (c < ' ') this.#fault('raw control character')
    }
    this.#cutOff()
    return out + text.slice(from)
  }

  // Leaves the position on the last character of the escape.
  #escape(): string {
    const c = this.#text[++this.#at]
    const plain = c === undefined ? undefined : escapes[c]
    if (plain !== undefined) return plain
    if (c === 'u') {
      const hex = this.#text.slice(this.#at + 1, this.#at + 5)
      if (/^[0-9a-fA-F]{4}$/.test(hex)) {
        this.#at += 4
        return String.fromCharCode(Number.parseInt(hex, 16))
      }
    }
    this.#fault('lone backslash')
    return `\\${c ?? ''}`
  }

  // true, 12.5, NaN; a word that JSON does not know stays text.
  #word(): unknown {
    const from = this.#at
    while (/[\w.+-]/.test(this.#text[this.#at] ?? '')) this.#at++
    const word = this.#text.slice(from, this.#at)
    if (word === '') return this.#stopAt()
    if (this.#at >= this.#text.length) this.#cutOff()
    if (word === 'true') return true
    if (word === 'false') return false
    if (word === 'null') return null
    const number = Number(word)
    if (Number.isFinite(number)) return number
    this.#fault('word that is no value')
    return word
  }

  #next(): string | undefined {
    this.#skipSpace()
    if (this.#at >= this.#text.length) this.#cutOff()
    return this.#text[this.#at]
  }

  #skipSpace() {
    while (this.#at < this.#text.length && this.#text[this.#at]! <= ' ') {
      this.#at++
    }
  }

  #cutOff() {
    this.#cut = true
    this.#stopped = true
  }

  #stop(): typeof nothing {
    this.#fault('nesting too deep')
    this.#stopped = true
    return nothing
  }

  #stopAt(): typeof nothing {
    if (this.#at >= this.#text.length) this.#cutOff()
    else if (!this.#stopped) this.#fault(`unexpected character`)
    this.#stopped = true
    return nothing
  }

  #fault(what: string) {
    this.#faults.set(what, (this.#faults.get(what) ?? 0) + 1)
  }
}

function isPlain(value: unknown): value is { [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const escapes: { readonly [c: string]: string } = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}
