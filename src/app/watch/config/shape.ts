// What may stand in a configuration, as data: the reader checks by it, and the JSON Schema for editors is made of it.
import { didYouMean } from '../../../base/did-you-mean.ts'

import type { Path } from '../../../rule-text/yaml/locate.ts'
import {
  describe,
  isList,
  isMap,
  isScalar,
  type YamlValue,
} from '../../../rule-text/yaml/value.ts'

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
  | { readonly kind: 'list'; readonly what: string; readonly of: Shape }
  | {
      readonly kind: 'map'
      readonly what: string
      readonly keys: Readonly<Record<string, Shape>>
      /** Exactly one of these must be there. */
      readonly oneOf?: readonly string[]
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
      if (!isList(value)) {
        wrong(expected('a list', value))
        return undefined
      }
      return value.map((v, i) => readShape(shape.of, v, [...path, i], problem))
    case 'map':
      return readMap(shape, value, path, problem)
  }
}

function readMap(
  { keys, oneOf }: Extract<Shape, { kind: 'map' }>,
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
      const message = `unknown key "${key}" ${didYouMean(key, Object.keys(keys))}`
      problem({ path: at, isKey: true, message: message.trim() })
      continue
    }
    out[key] = readShape(keys[key]!, inner, at, problem)
  }
  const there = oneOf?.filter((key) => value.has(key)) ?? []
  if (oneOf && there.length !== 1) {
    const message = `expected exactly one of ${oneOf.join(', ')}, found ${there.join(', ') || 'none'}`
    problem({ path, isKey: false, message })
  }
  return out
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
    case 'list':
      return { type: 'array', description, items: schemaOf(shape.of) }
    case 'map':
      return {
        type: 'object',
        description,
        additionalProperties: false,
        properties: Object.fromEntries(
          Object.entries(shape.keys).map(([k, s]) => [k, schemaOf(s)]),
        ),
        ...(shape.oneOf && {
          oneOf: shape.oneOf.map((k) => ({ required: [k] })),
        }),
      }
  }
}
