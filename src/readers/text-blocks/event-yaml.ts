// Windows events as YAML, a document each: what `chainsaw dump` prints unless it is asked for JSON.
// Source: WithSecureLabs/chainsaw, README.
import { parse } from 'yaml'

import type { JsonObject } from '../flat/json-value.ts'
import type { TextForm } from './block-reader.ts'

export const eventYamlForm: TextForm = {
  name: 'event-yaml',
  looksLike: (text) => /^---\s*\n(?:.*\n){0,16}?Event:\s*\n {2}/m.test(text),
  begins: (line) => /^---\s*$/.test(line),
  object,
  isAround: (line) => !/^---\s*$/.test(line),
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
