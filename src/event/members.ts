// A list of objects stands in an event as JSON text under one name; `users{}.type` names what each of its objects holds, as
// Splunk writes it. Such a name is no name of the shape: it is a place that the shape gives to whoever asks for it.
import { parseJson, readPath } from '../base/json-path.ts'
import type { Value } from '../base/record.ts'

export interface Member {
  /** Position of the list. */
  readonly list: number
  /** From the list on: `{}.type`. */
  readonly path: string
}

/** Names with a list in them: the list's own name and the way from there. */
export function memberPath(
  name: string,
): { readonly list: string; readonly path: string } | undefined {
  const at = name.indexOf('{')
  return at > 0 ? { list: name.slice(0, at), path: name.slice(at) } : undefined
}

/** The document that was read last: neighbouring names ask the same list. */
let lastText = ''
let lastDocument: ReturnType<typeof parseJson>

export function memberValue(
  list: Value | undefined,
  path: string,
): Value | undefined {
  if (Array.isArray(list)) return path === '{}' ? list : undefined
  if (typeof list !== 'string') return undefined
  if (list !== lastText) {
    lastText = list
    lastDocument = parseJson(list)
  }
  if (lastDocument === undefined) return undefined
  const found = readPath(lastDocument, path)
  return found.length > 1 ? found : found[0]
}

/** The value of a name among named values, be it within a list of them. */
export function namedValue<V extends Value>(
  values: ReadonlyMap<string, V>,
  name: string,
): V | Value | undefined {
  const own = values.get(name)
  if (own !== undefined || !name.includes('{')) return own
  const found = memberPath(name)
  return found && memberValue(values.get(found.list), found.path)
}
