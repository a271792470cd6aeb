// Functions on JSON text, and spath as a function.
import { text } from './text.ts'
import type { Json } from '../../../base/json-path.ts'
import { parseJson, readPath, singleOf } from '../../../base/json-path.ts'
import type { Fn, Functions, Result } from '../values.ts'
import { bounded, boundedList, fromList, isList } from '../values.ts'
import { readXmlPath } from './xml-path.ts'

function toJson(v: Result): Json {
  if (v === null || typeof v !== 'object') return v
  return isList(v) ? [...boundedList(v)] : null
}

const extract: Fn = ([v, ...paths]) => {
  const document = text(v)
  const json = document === undefined ? undefined : parseJson(document)
  if (json === undefined) return null
  if (!paths.length) return document!
  return fromList(paths.flatMap((p) => readPath(json, text(p) ?? '')))
}

export const jsonFunctions = {
  json_extract: extract,
  spath: ([v, p]) => {
    const document = text(v)
    const path = text(p)
    if (document === undefined || path === undefined) return null
    return fromList(readDocument(document, path))
  },
  json_valid: ([v]) => {
    const s = text(v)
    return s === undefined ? null : parseJson(s) !== undefined
  },
  json_array: (args) => bounded(JSON.stringify(args.map(toJson))),
  json_object: (args) => {
    const object: [string, Json][] = []
    for (let i = 0; i + 1 < args.length; i += 2)
      object.push([text(args[i]) ?? '', toJson(args[i + 1]!)])
    return bounded(JSON.stringify(Object.fromEntries(object)))
  },
  json_array_to_mv: ([v]) => {
    const json = parseJson(text(v) ?? '')
    return Array.isArray(json)
      ? fromList(json.flatMap((item: Json) => singleOf(item) ?? []))
      : null
  },
  json_keys: ([v]) => {
    const json = parseJson(text(v) ?? '')
    return json !== undefined &&
      json !== null &&
      typeof json === 'object' &&
      !Array.isArray(json)
      ? JSON.stringify(Object.keys(json))
      : null
  },
} satisfies Functions

/** A path of a JSON or XML document. */
export function readDocument(document: string, path: string) {
  const json = parseJson(document)
  if (json !== undefined) return readPath(json, path)
  return document.trimStart().startsWith('<') ? readXmlPath(document, path) : []
}
