// Windows events as YAML, a document each: what `chainsaw dump` prints unless it is asked for JSON.
// Source: WithSecureLabs/chainsaw, README.
import { parse } from 'yaml'

import { looksLikeEvent } from '../jsonl/known.ts'
import type { JsonObject } from '../flat/json-value.ts'
import type { TextForm } from './block-reader.ts'

export const eventYamlForm: TextForm = {
  name: 'event-yaml',
  looksLike: (text) => /^---\s*\n(?:.*\n){0,16}?Event:\s*\n {2}/m.test(text),
  begins: (line) => /^---\s*$/.test(line),
  object,
  isAround: (line) => !/^---\s*$/.test(line),
}

/** Of the beginning of a source: one event. */
const toldLines = 512
const idLine = /^(?:- )? {0,8}(?:EventID|EventId|event_id|eventid|EventCode): /m

/** Flat events, a document or an item of a list each. */
export const yamlRecordsForm: TextForm = {
  name: 'yaml-records',
  looksLike(text) {
    if (!idLine.test(text)) return false
    const lines = text.split('\n', toldLines)
    const first = lines.findIndex((line) => opens.test(line))
    if (first < 0) return false
    const end = lines.findIndex((line, i) => i > first && opens.test(line))
    const one = lines.slice(first, end < 0 ? undefined : end)
    return looksLikeEvent(itemOf(one) ?? {})
  },
  begins: (line) => opens.test(line),
  object: itemOf,
  isAround: (line) => !opens.test(line),
}

const opens = /^(?:---\s*$|- )/

function itemOf(lines: readonly string[]): JsonObject | undefined {
  // An item is a document of its own without its dash.
  const [first = '', ...rest] = lines
  return first.startsWith('- ')
    ? object(['', `  ${first.slice(2)}`, ...rest])
    : object(lines)
}

/** Brackets that open behind one another, which no event has: each level of them is read and printed again. */
const tower = /(?:[{[]\s{0,8}){16}/

function object(lines: readonly string[]): JsonObject | undefined {
  if (lines.some((line) => tower.test(line))) return undefined
  try {
    // Bare words only: an attacker's text makes no aliases, nothing is built of tags, and what is no text is no key: keys in keys would be
    // printed again at each depth.
    const value: unknown = parse(lines.slice(1).join('\n'), {
      maxAliasCount: 0,
      schema: 'core',
      stringKeys: true,
      logLevel: 'silent',
    })
    const isObject = typeof value === 'object' && value !== null
    return isObject && !Array.isArray(value) ? (value as JsonObject) : undefined
  } catch {
    return undefined
  }
}
