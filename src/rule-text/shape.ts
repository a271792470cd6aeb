// What may stand in a file that people write for this program (configuration, schedule, suppressions), as data: the reader checks by it,
// and the JSON Schema for editors is made of it.
import type { Diagnostic, Position } from '../base/diagnostic.ts'
import { didYouMean } from '../base/did-you-mean.ts'

import { Locator, type Path } from './yaml/locate.ts'
import { readYaml, type YamlDocument } from './yaml/read.ts'
import {
  describe,
  isList,
  isMap,
  isScalar,
  type YamlValue,
} from './yaml/value.ts'

export type Shape =
  | {
      readonly kind: 'text'
      readonly what: string
      /** undefined where it is not one; `what` says what is expected. */
      readonly read: (text: string) => unknown
      readonly choices?: readonly string[]
      readonly example?: string
    }
  | { readonly kind: 'boolean'; readonly what: string }
  | {
      readonly kind: 'list'
      readonly what: string
      readonly of: Shape
      /** One alone may stand without the list around it. */
      readonly orOne?: true
    }
  | {
      /** In a language of its own: it is given as it stands. */
      readonly kind: 'mapping'
      readonly what: string
    }
  | {
      readonly kind: 'map'
      readonly what: string
      readonly keys: Readonly<Record<string, Shape>>
      /** Exactly one of these must be there. */
      readonly oneOf?: readonly string[]
      /** All of these must be there. */
      readonly needs?: readonly string[]
    }

export interface ShapeProblem {
  readonly path: Path
  readonly isKey: boolean
  readonly message: string
}

/** What was read, with the values that `read` gave; what is wrong goes to `problem` and is left out. */
export function readShape(
  shape: Shape,
  value: YamlValue,
  path: Path,
  problem: (p: ShapeProblem) => void,
): unknown {
  const wrong = (message: string) => problem({ path, isKey: false, message })
  switch (shape.kind) {
    case 'text': {
      const isText = isScalar(value) && value !== null
      const read = isText ? shape.read(String(value)) : undefined
      if (read === undefined) wrong(expected(shape.what, value))
      return read
    }
    case 'boolean':
      if (typeof value !== 'boolean') wrong(expected('true or false', value))
      return value
    case 'list':
      if (isList(value))
        return value.map((v, i) =>
          readShape(shape.of, v, [...path, i], problem),
        )
      if (shape.orOne && !isMap(value))
        return [readShape(shape.of, value, path, problem)]
      wrong(expected('a list', value))
      return undefined
    case 'mapping':
      if (isMap(value) && value.size) return value
      wrong(expected(shape.what, value))
      return undefined
    case 'map':
      return readMap(shape, value, path, problem)
  }
}

function readMap(
  { keys, oneOf, needs }: Extract<Shape, { kind: 'map' }>,
  value: YamlValue,
  path: Path,
  problem: (p: ShapeProblem) => void,
): Readonly<Record<string, unknown>> {
  const out: Record<string, unknown> = {}
  if (!isMap(value)) {
    const message = expected(
      `a mapping of ${Object.keys(keys).join(', ')}`,
      value,
    )
    problem({ path, isKey: false, message })
    return out
  }
  for (const [key, inner] of value) {
    const at = [...path, key]
    if (!Object.hasOwn(keys, key)) {
      const near = didYouMean(key, Object.keys(keys))
      const message = `unknown key "${key}"${near && `; ${near}`}`
      problem({ path: at, isKey: true, message })
      continue
    }
    out[key] = readShape(keys[key]!, inner, at, problem)
  }
  const there = oneOf?.filter((key) => value.has(key)) ?? []
  if (oneOf && there.length !== 1) {
    const message = `expected exactly one of ${oneOf.join(', ')}, found ${there.join(', ') || 'none'}`
    problem({ path, isKey: false, message })
  }
  for (const key of needs ?? []) {
    if (value.has(key)) continue
    const message = `"${key}" is missing: ${keys[key]!.what}`
    problem({ path, isKey: false, message })
  }
  return out
}

export interface ShapedCodes {
  /** Of what is no YAML. */
  readonly syntax: string
  /** Of what says something that it cannot. */
  readonly shape: string
}

export interface Shaped {
  /** undefined: the text is empty, or no YAML. */
  readonly value: unknown
  readonly diagnostics: readonly Diagnostic[]
  /** Where it says what it cannot. */
  readonly wrongAt: readonly Path[]
  /** The whole as it was written. */
  readonly document: YamlDocument | undefined
  position(path: Path, isKey?: boolean): Position
}

/** What is wrong comes as diagnostics with places; what is right is read all the same. */
export function readShaped(
  shape: Shape,
  text: string,
  file: string,
  codes: ShapedCodes,
): Shaped {
  const [document, second] = readYaml(text)
  const locator = document && new Locator(document.section)
  const position = (path: Path, key = false) =>
    locator?.position(document!.index, { path, key }) ?? { line: 1, column: 1 }
  const wrongAt: Path[] = []
  if (!document)
    return { value: undefined, diagnostics: [], wrongAt, document, position }
  const diagnostics: Diagnostic[] = document.errors.map((e) => ({
    code: codes.syntax,
    severity: 'error',
    message: e.message,
    file,
    position: e.position,
  }))
  if (second)
    diagnostics.push({
      code: codes.syntax,
      severity: 'error',
      message: 'a second document begins here: one was expected',
      file,
      position: { line: second.line, column: 1 },
    })
  if (document.errors.length)
    return { value: undefined, diagnostics, wrongAt, document, position }
  const value = readShape(shape, document.value, [], (p) => {
    wrongAt.push(p.path)
    diagnostics.push({
      code: codes.shape,
      severity: 'error',
      message: p.message,
      file,
      position: position(p.path, p.isKey),
    })
  })
  return { value, diagnostics, wrongAt, document, position }
}

function expected(what: string, value: YamlValue): string {
  return `expected ${what}, found ${describe(value)}`
}

/** JSON Schema, draft 2020-12. */
export function schemaOf(shape: Shape): object {
  const description = shape.what
  switch (shape.kind) {
    case 'text':
      return {
        type: ['string', 'number'],
        description,
        ...(shape.choices && { enum: shape.choices }),
        ...(shape.example !== undefined && { examples: [shape.example] }),
      }
    case 'boolean':
      return { type: 'boolean', description }
    case 'list': {
      const list = { type: 'array', items: schemaOf(shape.of) }
      return shape.orOne
        ? { description, anyOf: [schemaOf(shape.of), list] }
        : { description, ...list }
    }
    case 'mapping':
      return { type: 'object', description, minProperties: 1 }
    case 'map':
      return {
        type: 'object',
        description,
        additionalProperties: false,
        properties: Object.fromEntries(
          Object.entries(shape.keys).map(([k, s]) => [k, schemaOf(s)]),
        ),
        ...(shape.needs && { required: shape.needs }),
        ...(shape.oneOf && {
          oneOf: shape.oneOf.map((k) => ({ required: [k] })),
        }),
      }
  }
}
