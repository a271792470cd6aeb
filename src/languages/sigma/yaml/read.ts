// Which documents does a YAML text hold? YAML 1.2, core schema, merge keys resolved. `yaml` does the reading, but for the
// plain block style of most rules, where `block.ts` gives the same at a tenth of the time.
import type { Document, Pair, YAMLError } from 'yaml'
import { isMap, isScalar, isSeq, parseAllDocuments } from 'yaml'

import type { Position } from '../../../base/diagnostic.ts'
import { positionAt } from '../../../base/diagnostic.ts'

import { readBlock } from './block.ts'
import type { Section } from './sections.ts'
import { sectionsOf } from './sections.ts'
import type { YamlMap, YamlValue } from './value.ts'
import { keyText, maxNesting, quote } from './value.ts'

export interface YamlDocument {
  readonly value: YamlValue
  /** 1-based line of its first content. */
  readonly line: number
  readonly errors: readonly YamlProblem[]
  /** Where it was read, and which document of that section it is. */
  readonly section: Section
  readonly index: number
}

export interface YamlProblem {
  readonly kind: 'syntax' | 'duplicate-key' | 'bounds'
  readonly message: string
  readonly position: Position
}

/** In UTF-16 units, of a file and of one document; the largest public rule has some 290 Ki. */
export const maxTextLength = 4 * 1024 * 1024
export const maxDocumentLength = 512 * 1024
/** References to anchors in a document; more is an attack (a "billion laughs" text doubles at each). */
export const maxAliases = 100

/** Of one document: what is behind the first mistakes is mostly their consequence. */
const maxErrors = 3

export const yamlOptions = {
  merge: true,
  intAsBigInt: true,
  prettyErrors: false,
  logLevel: 'silent',
  // The library compares each key with each; `repeatedKey` does not.
  uniqueKeys: false,
} as const

export function readYaml(text: string): readonly YamlDocument[] {
  if (text.length > maxTextLength) {
    const section = { text: '', line: 0 }
    return [tooLong(section, text.length, maxTextLength)]
  }
  return sectionsOf(text).flatMap((section) => {
    const { length } = section.text
    if (length > maxDocumentLength) {
      return [tooLong(section, length, maxDocumentLength)]
    }
    const block = readBlock(section.text)
    if (!block) return readAnyYaml(section)
    const line = block.line + section.line
    return [{ value: block.value, line, errors: none, section, index: 0 }]
  })
}

const none: readonly YamlProblem[] = []

function tooLong(section: Section, length: number, most: number): YamlDocument {
  const position = { line: section.line + 1, column: 1 }
  const message = `it has ${length} characters; at most ${most} are read`
  const errors = [{ kind: 'bounds', message, position } as const]
  return { value: null, line: position.line, errors, section, index: 0 }
}

/** The same by way of `yaml` alone. */
export function readAnyYaml(section: Section): readonly YamlDocument[] {
  let documents: readonly Document[]
  try {
    documents = parseAllDocuments(section.text, yamlOptions)
  } catch (error) {
    const errors = [bounds(section, 0, error)]
    return [{ value: null, line: section.line + 1, errors, section, index: 0 }]
  }
  const read: YamlDocument[] = []
  for (const [index, document] of documents.entries()) {
    const { value, errors } = contentOf(document, section)
    // A file may end with a separator, or hold nothing but comments.
    if (value === null && !errors.length) continue
    const { line } = placeAt(section, startOf(document))
    read.push({ value, line, errors, section, index })
  }
  return read
}

function contentOf(document: Document, section: Section) {
  const errors = document.errors
    .slice(0, maxErrors)
    .map((e) => problem(section, e))
  let value: YamlValue = null
  try {
    const repeated = errors.length ? undefined : repeatedKey(document.contents)
    if (repeated) errors.push(duplicate(section, repeated))
    if (!errors.length) {
      const options = { mapAsMap: true, maxAliasCount: maxAliases }
      value = plain(document.toJS(options), 0)
    }
  } catch (error) {
    errors.push(bounds(section, startOf(document), error))
  }
  return { value, errors }
}

function startOf(document: Document): number {
  return document.contents?.range?.[0] ?? document.range?.[0] ?? 0
}

function placeAt(section: Section, offset: number): Position {
  const { line, column } = positionAt(section.text, offset)
  return { line: line + section.line, column }
}

function problem(section: Section, error: YAMLError): YamlProblem {
  return {
    kind: 'syntax',
    message: firstLine(error.message),
    position: placeAt(section, error.pos[0]),
  }
}

function bounds(section: Section, at: number, error: unknown): YamlProblem {
  const message =
    error instanceof RangeError
      ? 'it is nested too deeply'
      : firstLine(error instanceof Error ? error.message : String(error))
  return { kind: 'bounds', message, position: placeAt(section, at) }
}

function firstLine(message: string): string {
  return message.split('\n')[0]!.replace(/^./, (c) => c.toLowerCase())
}

function duplicate(section: Section, pair: Pair): YamlProblem {
  const { range } = pair.key as { range?: readonly [number, ...number[]] }
  const key = isScalar(pair.key) ? keyText(pair.key.value) : ''
  return {
    kind: 'duplicate-key',
    message: `key ${quote(key)} stands twice in one mapping`,
    position: placeAt(section, range?.[0] ?? 0),
  }
}

/** The second pair with a key that its mapping already has. */
function repeatedKey(node: unknown): Pair | undefined {
  if (isSeq(node)) {
    for (const item of node.items) {
      const inner = repeatedKey(item)
      if (inner) return inner
    }
  }
  if (!isMap(node)) return undefined
  const keys = new Set<string>()
  for (const pair of node.items as Pair[]) {
    const key = isScalar(pair.key) ? keyText(pair.key.value) : undefined
    if (key !== undefined && key !== '<<') {
      if (keys.has(key)) return pair
      keys.add(key)
    }
    const inner = repeatedKey(pair.value)
    if (inner) return inner
  }
  return undefined
}

// Keys become text, whole numbers that a double holds exactly become numbers.
function plain(value: unknown, depth: number): YamlValue {
  if (depth > maxNesting) {
    throw new Error(`it is nested deeper than ${maxNesting} levels`)
  }
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
