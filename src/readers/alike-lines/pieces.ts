// A line of JSON as the text between its values: of two lines with the same pieces, each value of one stands where one of the other does.
import type { JsonObject } from '../flat/json-value.ts'

/** What stands before each value, and behind the last; and how each value is called, with the names around it. */
export interface Pieces {
  readonly between: readonly Buffer[]
  readonly names: readonly string[]
}

const QUOTE = 0x22
const COMMA = 0x2c
const BACKSLASH = 0x5c
const OPEN_LIST = 0x5b
const CLOSE_LIST = 0x5d
const CLOSE = 0x7d

/**
 * Of a line that says what `object` says. undefined: it holds lists of objects, or empty objects, says its names in another order than the object
 * has them, or in another way than they are mostly written.
 */
export function piecesOf(
  line: Buffer,
  object: JsonObject,
  maxValues: number,
): Pieces | undefined {
  const between: Buffer[] = []
  const names: string[] = []
  let at = 0
  let from = 0

  const walk = (level: JsonObject, prefix: string): boolean => {
    let isEmpty = true
    for (const key in level) {
      isEmpty = false
      const name = Buffer.from(JSON.stringify(key))
      const start = line.indexOf(QUOTE, at)
      const end = start + name.length
      if (start < 0 || !line.subarray(start, end).equals(name)) return false
      at = afterBlanks(line, end)
      if (line[at] !== 0x3a) return false
      at = afterBlanks(line, at + 1)
      const value = level[key]
      const isObject = typeof value === 'object' && value !== null
      if (Array.isArray(value)) {
        if (value.some((v) => typeof v === 'object' && v !== null)) return false
      } else if (isObject) {
        if (!walk(value as JsonObject, `${prefix}${key}.`)) return false
        continue
      }
      if (names.length >= maxValues) return false
      names.push(prefix + key)
      between.push(Buffer.from(line.subarray(from, at)))
      at = from = endOfValue(line, at)
    }
    return !isEmpty
  }

  if (!walk(object, '')) return undefined
  between.push(Buffer.from(line.subarray(from)))
  return { between, names }
}

function afterBlanks(line: Buffer, from: number): number {
  let at = from
  while (line[at] === 0x20) at++
  return at
}

function endOfValue(line: Buffer, from: number): number {
  let at = from
  if (line[at] === QUOTE) {
    at++
    while (at < line.length && line[at] !== QUOTE)
      at += line[at] === BACKSLASH ? 2 : 1
    return at + 1
  }
  if (line[at] === OPEN_LIST) {
    while (at < line.length && line[at] !== CLOSE_LIST)
      at = line[at] === QUOTE ? endOfValue(line, at) : at + 1
    return at + 1
  }
  while (at < line.length && !isEnd(line[at]!)) at++
  return at
}

function isEnd(c: number): boolean {
  return c === COMMA || c === CLOSE || c <= 0x20
}
