// Reads a path out of a JSON document: `a.b{}.c`, `a{0}`; `{}` stands for all items of a list.
import type { Single } from '../values.ts'
import { maxValuesOfField } from '../values.ts'

export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [name: string]: Json }

/** Characters of a document; nesting beyond V8's own stack is an error that JSON.parse tells. */
const maxDocument = 10_000_000

export function parseJson(text: string): Json | undefined {
  const first = text.trimStart()[0]
  if (text.length > maxDocument || (first !== '{' && first !== '['))
    return undefined
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

/** Steps of one path. */
const maxSteps = 64

export function readPath(document: Json, path: string): Single[] {
  let found: Json[] = [document]
  const steps = path.match(/[^.{}]+|\{\d{0,9}\}/g) ?? []
  if (steps.length > maxSteps) return []
  for (const step of steps) {
    const next: Json[] = []
    for (const node of found) {
      if (node === null || typeof node !== 'object') continue
      if (step.startsWith('{')) {
        if (!Array.isArray(node)) continue
        if (step === '{}')
          next.push(...node.slice(0, maxValuesOfField - next.length))
        else if (node[Number(step.slice(1, -1))] !== undefined)
          next.push(node[Number(step.slice(1, -1))]!)
      } else if (!Array.isArray(node) && Object.hasOwn(node, step)) {
        next.push((node as { readonly [name: string]: Json })[step]!)
      }
      if (next.length >= maxValuesOfField) break
    }
    found = next
  }
  return found.flatMap((v) => singleOf(v) ?? [])
}

export function singleOf(v: Json): Single | undefined {
  if (v === null) return undefined
  if (typeof v === 'object') return textOfJson(v)
  return typeof v === 'boolean' ? String(v) : v
}

/** What is nested deeper than the stack reaches has no text. */
export function textOfJson(v: Json): string | undefined {
  try {
    return JSON.stringify(v)
  } catch {
    return undefined
  }
}

/** Fields that one document may become. */
const maxFields = 1_000
const maxDepth = 32

/** Every leaf by its path. */
export function flattenJson(document: Json): Map<string, Single[]> {
  const out = new Map<string, Single[]>()
  const visit = (node: Json, path: string, depth: number) => {
    if (depth > maxDepth) return
    if (Array.isArray(node)) {
      for (const item of node) visit(item, `${path}{}`, depth + 1)
    } else if (node !== null && typeof node === 'object') {
      for (const [name, child] of Object.entries(node))
        visit(child, path ? `${path}.${name}` : name, depth + 1)
    } else {
      const value = singleOf(node)
      if (value === undefined || !path) return
      const values = out.get(path)
      if (values) {
        if (values.length < maxValuesOfField) values.push(value)
      } else if (out.size < maxFields) out.set(path, [value])
    }
  }
  visit(document, '', 0)
  return out
}
