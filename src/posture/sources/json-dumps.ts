// A dump that is JSON is parsed once, whichever source asks.
import { linesOf, type Reading } from './source.ts'

export type JsonMap = Readonly<Record<string, unknown>>

const parsed = new WeakMap<Reading, { readonly value: unknown }>()

/** Names, values, lists and objects of one dump: some 40 MB of memory. */
const maxTokens = 1_000_000

/** Undefined where it is none. */
export function jsonOf(dump: Reading): unknown {
  const known = parsed.get(dump)
  if (known) return known.value
  let value: unknown
  if (/^\s*[[{]/.test(dump.text)) {
    if (tokensOf(dump.text) > maxTokens) {
      dump.note(`JSON of over ${maxTokens} names and values: it was not read`)
    } else {
      try {
        value = JSON.parse(dump.text)
      } catch {
        value = linesOfJson(dump.text)
      }
    }
  }
  parsed.set(dump, { value })
  return value
}

/** At most so many; what stands in texts is counted as well. */
function tokensOf(text: string): number {
  let count = 0
  for (let i = 0; i < text.length; i++) {
    const c = text[i]
    if (c === ',' || c === ':' || c === '[' || c === '{') count++
  }
  return count
}

function linesOfJson(text: string): unknown {
  const values: unknown[] = []
  try {
    for (const [line] of linesOf(text)) {
      if (line.trim() !== '') values.push(JSON.parse(line))
    }
  } catch {
    return undefined
  }
  return values
}

export function isJsonMap(value: unknown): value is JsonMap {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

/** A list of mappings, or one of them. */
export function rowsOf(value: unknown): readonly JsonMap[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  return list.filter(isJsonMap)
}

export function mapAt(map: JsonMap, name: string): JsonMap {
  const value = map[name]
  return isJsonMap(value) ? value : {}
}

export function listAt(map: JsonMap, name: string): readonly unknown[] {
  const value = map[name]
  return Array.isArray(value) ? value : []
}

export function textsAt(map: JsonMap, name: string): readonly string[] {
  return listAt(map, name).map((v) =>
    typeof v === 'string' ? v : JSON.stringify(v),
  )
}

export function textAt(map: JsonMap, name: string): string | undefined {
  const value = map[name]
  return typeof value === 'string' ? value : undefined
}
