// A record as Fluent Bit prints it: `{"Channel"=>"Security", "Data"=>["a", "b"]}`, what stands in quotes as it is, unescaped: quotes,
// backslashes and line breaks of the value are in it. A value ends where a quote is followed by what can only stand between values.
// Source: msgpack-c, objectc.c (msgpack_object_print).
import type { Value } from '../../base/record.ts'
import { addField, type Fields } from './fields.ts'
import { parseLiteral } from './literals.ts'
import type { JsonObject } from './json-value.ts'

/** Values in each other. */
const maxDepth = 32

/** undefined: the text is no such record, or is cut. */
export function parsePrinted(text: string): JsonObject | undefined {
  // Other programs escape what they print, which shows in their backslashes.
  const escaped = isEscaped(text) ? parseLiteral(text) : undefined
  if (escaped) return escaped
  const printed = new Printed(text)
  const value = printed.value(0)
  return printed.isWhole && isObject(value) ? value : undefined
}

/** Backslashes are escapes: all of them stand before what they can escape, and one at least before a backslash or a quote. */
function isEscaped(text: string): boolean {
  let isSure = !text.includes('\\')
  for (const [, c] of text.matchAll(/\\(.?)/gs)) {
    if (!'\\"\'nrtuxebafv0#'.includes(c!) || c === '') return false
    if (c === '\\' || c === '"') isSure = true
  }
  return isSure
}

const blank = /[ \t]*/y
const bare = /nil|true|false|-?\d{1,20}(?:\.\d{1,20})?(?:[eE][+-]?\d{1,3})?/y
const name = /"([^"\n]{0,256})"\s?=>\s?/y
/** Behind the quote that ends a value of a map: another name, or the end of what holds it. */
const behindMember =
  /"(?=, "[^"\n]{0,256}"\s?=>|\}[\]}]{0,32}(?:$|, (?:["{[]|nil|true|false|-?\d)))/g
/** The same of an item of a list. */
const behindItem =
  /"(?=, (?:["{[]|nil|true|false|-?\d)|\][\]}]{0,32}(?:$|, (?:["{[]|nil|true|false|-?\d)))/g

class Printed {
  readonly #text: string
  #at = 0
  #isBroken = false

  constructor(text: string) {
    this.#text = text
  }

  get isWhole(): boolean {
    return !this.#isBroken && this.#at === this.#text.length
  }

  value(depth: number, end = behindMember): unknown {
    if (depth > maxDepth) return this.#broken()
    this.#take(blank)
    const c = this.#text[this.#at]
    if (c === '{') return this.#object(depth)
    if (c === '[') return this.#list(depth)
    if (c === '"') return this.#string(end)
    const word = this.#take(bare)?.[0]
    if (word === undefined) return this.#broken()
    if (word === 'nil') return null
    return word === 'true' || word === 'false' ? word === 'true' : Number(word)
  }

  #object(depth: number): JsonObject {
    const object: { [key: string]: unknown } = {}
    this.#at++
    while (!this.#closes('}')) {
      const key = this.#take(name)?.[1]
      if (key === undefined) this.#broken()
      const value = this.value(depth + 1)
      if (this.#isBroken) break
      // What an attacker writes can look like another member: both values are kept.
      addField(object as Fields, key!, value as Value)
    }
    return object
  }

  #list(depth: number): unknown[] {
    const items: unknown[] = []
    this.#at++
    while (!this.#closes(']')) {
      items.push(this.value(depth + 1, behindItem))
      if (this.#isBroken) break
    }
    return items
  }

  /** Passes a comma, and the end if it is here. */
  #closes(end: string): boolean {
    this.#take(blank)
    if (this.#text[this.#at] === ',') this.#at++
    this.#take(blank)
    if (this.#at >= this.#text.length) this.#broken()
    if (this.#isBroken) return true
    if (this.#text[this.#at] !== end) return false
    this.#at++
    return true
  }

  #string(end: RegExp): unknown {
    const from = this.#at + 1
    end.lastIndex = from
    const found = end.exec(this.#text)
    if (!found) return this.#broken()
    this.#at = found.index + 1
    return this.#text.slice(from, found.index)
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)
    if (!found) return undefined
    this.#at = pattern.lastIndex
    return found
  }

  #broken(): undefined {
    this.#isBroken = true
    this.#at = this.#text.length
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
