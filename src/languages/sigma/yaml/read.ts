// Which documents does a YAML text hold? YAML 1.2, core schema, merge keys resolved. `yaml` does the reading, but for the
// plain block style of most rules, where `block.ts` gives the same at a tenth of the time.
import type { YAMLError } from 'yaml'
import { LineCounter, parseAllDocuments } from 'yaml'

import { positionAt } from '../../../base/diagnostic.ts'
import type { Position } from '../../../base/diagnostic.ts'

import { readBlock } from './block.ts'
import type { YamlMap, YamlValue } from './value.ts'
import { maxNesting } from './value.ts'

export interface YamlDocument {
  readonly value: YamlValue
  /** 1-based line of its first content. */
  readonly line: number
  readonly errors: readonly YamlProblem[]
}

export interface YamlProblem {
  readonly kind: 'syntax' | 'duplicate-key' | 'bounds'
  readonly message: string
  readonly position: Position
}

/** In UTF-16 units; the largest public rule is below 64 Ki. */
export const maxTextLength = 2 * 1024 * 1024
/** References to anchors in a text; more is an attack (a "billion laughs" text doubles at each). */
export const maxAliases = 100

/** Of one document: what is behind the first mistakes is mostly their consequence. */
const maxErrors = 3

export const yamlOptions = {
  merge: true,
  intAsBigInt: true,
  prettyErrors: false,
  logLevel: 'silent',
} as const

export function readYaml(text: string): readonly YamlDocument[] {
  const tooBig = outOfBounds(text)
  if (tooBig) return [{ value: null, line: 1, errors: [tooBig] }]
  const block = readBlock(text)
  if (block) return [{ ...block, errors: none }]
  return readAnyYaml(text)
}

const none: readonly YamlProblem[] = []

/** The same by way of `yaml` alone. */
export function readAnyYaml(text: string): readonly YamlDocument[] {
  const lines = new LineCounter()
  let documents: ReturnType<typeof parseAllDocuments>
  try {
    documents = parseAllDocuments(text, { ...yamlOptions, lineCounter: lines })
  } catch (error) {
    return [{ value: null, line: 1, errors: [bounds(text, 0, error)] }]
  }
  if ('empty' in documents) return []
  const read: YamlDocument[] = []
  for (const document of documents) {
    const start = document.contents?.range?.[0] ?? document.range?.[0] ?? 0
    const line = lines.linePos(start).line
    const errors = document.errors
      .slice(0, maxErrors)
      .map((e) => problem(text, e))
    let value: YamlValue = null
    try {
      if (!errors.length) {
        value = plain(
          document.toJS({ mapAsMap: true, maxAliasCount: maxAliases }),
          0,
        )
      }
    } catch (error) {
      errors.push(bounds(text, start, error))
    }
    // A file may end with a separator, or hold nothing but comments.
    if (value === null && !errors.length) continue
    read.push({ value, line, errors })
  }
  return read
}

function outOfBounds(text: string): YamlProblem | undefined {
  const position = { line: 1, column: 1 }
  if (text.length > maxTextLength) {
    const message = `the text has ${text.length} characters; at most ${maxTextLength} are read`
    return { kind: 'bounds', message, position }
  }
  return undefined
}

function problem(text: string, error: YAMLError): YamlProblem {
  return {
    kind: error.code === 'DUPLICATE_KEY' ? 'duplicate-key' : 'syntax',
    message: error.message
      .split('\n')[0]!
      .replace(/^./, (c) => c.toLowerCase()),
    position: positionAt(text, error.pos[0]),
  }
}

function bounds(text: string, at: number, error: unknown): YamlProblem {
  const reason =
    error instanceof RangeError ? 'it is nested too deeply' : messageOf(error)
  return { kind: 'bounds', message: reason, position: positionAt(text, at) }
}

function messageOf(error: unknown): string {
  return error instanceof Error
    ? error.message.split('\n')[0]!.replace(/^./, (c) => c.toLowerCase())
    : String(error)
}

// Keys become text, whole numbers that a double holds exactly become numbers.
function plain(value: unknown, depth: number): YamlValue {
  if (depth > maxNesting)
    throw new Error(`it is nested deeper than ${maxNesting} levels`)
  if (typeof value === 'bigint') {
    const n = Number(value)
    return Number.isSafeInteger(n) ? n : value
  }
  if (value === undefined) return null
  if (Array.isArray(value)) return value.map((v) => plain(v, depth + 1))
  if (value instanceof Map) {
    const map = new Map<string, YamlValue>()
    for (const [k, v] of value) map.set(keyText(k), plain(v, depth + 1))
    return map as YamlMap
  }
  if (
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean' ||
    value === null
  )
    return value
  // A tagged node (`!!binary`, `!!set`): nothing that a rule could mean.
  throw new Error('it has a value of a type that rules do not use')
}

export function keyText(key: unknown): string {
  return key === null ? '' : String(key)
}
