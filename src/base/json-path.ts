// Reads a path out of a JSON document: `a.b{}.c`, `a{0}`; `{}` stands for all items of a list.

type Single = string | number

/** Values that one path gives. */
const maxValues = 100_000

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

/** A member may have dots in its name (`id.orig_h`): the shortest name that is there is taken. */
export function readPath(document: Json, path: string): Single[] {
  const steps = path.match(/[^.{}]+|\{\d{0,9}\}/g) ?? []
  const found: Json[] = []
  if (steps.length <= maxSteps) follow(document, steps, 0, found)
  return found.flatMap((v) => singleOf(v) ?? [])
}

function follow(
  node: Json,
  steps: readonly string[],
  at: number,
  found: Json[],
): void {
  if (found.length >= maxValues) return
  const step = steps[at]
  if (step === undefined) {
    found.push(node)
    return
  }
  if (node === null || typeof node !== 'object') return
  if (step.startsWith('{')) {
    if (!Array.isArray(node)) return
    const items = step === '{}' ? node : [node[Number(step.slice(1, -1))]]
    for (const item of items)
      if (item !== undefined) follow(item, steps, at + 1, found)
    return
  }
  if (!isObject(node)) return
  let name = step
  for (let next = at + 1; !Object.hasOwn(node, name); next++) {
    const more = steps[next]
    if (more === undefined || more.startsWith('{')) return
    name += `.${more}`
  }
  const used = name.split('.').length
  follow(node[name]!, steps, at + used, found)
}

function isObject(node: Json): node is { readonly [name: string]: Json } {
  return typeof node === 'object' && node !== null && !Array.isArray(node)
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
        if (values.length < maxValues) values.push(value)
      } else if (out.size < maxFields) out.set(path, [value])
    }
  }
  visit(document, '', 0)
  return out
}
