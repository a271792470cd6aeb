// What do the selections of a rule say? Mappings, lists and texts become selections of items.
//
// selection = mapping of { item }                             (Rules specification 2.1, "Maps": all of them)
//           | list of selections                              ("Lists": any of them)
//           | value | list of values                          ("Keywords search")
// item      = [ field ] { "|" modifier } ":" value-or-list    ("Value Modifiers"; without a field, keywords)
import type { Path } from '../../../rule-text/yaml/locate.ts'
import type {
  YamlMap,
  YamlScalar,
  YamlValue,
} from '../../../rule-text/yaml/value.ts'
import {
  describe,
  isList,
  isMap,
  quote,
} from '../../../rule-text/yaml/value.ts'

import type { Detections, Item, Selection } from '../ast.ts'
import type { Problems } from '../problems.ts'

import { parseModifiers } from './modifier-chain.ts'

export type Selections = Detections['selections']

/** Every key of the mapping but those that are no selections. */
export function parseSelections(
  map: YamlMap,
  path: Path,
  problems: Problems,
  notSelections: readonly string[],
): Selections {
  const selections = new Map<string, Selection | undefined>()
  for (const [name, value] of map) {
    if (notSelections.includes(name)) continue
    selections.set(name, parseSelection(value, [...path, name], problems))
  }
  if (!selections.size) {
    problems.report(
      'S027',
      { path },
      `${quote(String(path.at(-1)))} defines no selection`,
      'a selection is a name with a mapping of fields, or a list of texts',
    )
  }
  return selections
}

function parseSelection(
  value: YamlValue,
  path: Path,
  problems: Problems,
): Selection | undefined {
  if (isMap(value)) return parseMap(value, path, problems)
  if (!isList(value)) {
    const item = parseItem(undefined, '', value, path, problems)
    return item && { kind: 'keywords', item }
  }
  if (!value.length) {
    problems.report('S027', { path }, `${nameOf(path)} is an empty list`)
    return undefined
  }
  if (!value.some((v) => isMap(v) || isList(v))) {
    const item = parseItem(undefined, '', value, path, problems)
    return item && { kind: 'keywords', item }
  }
  const of = value.map((v, i) => parseSelection(v, [...path, i], problems))
  const good = of.filter((s) => s !== undefined)
  return good.length === of.length ? { kind: 'any', of: good } : undefined
}

/** A mapping of fields; `path` leads to it. */
export function parseMap(
  map: YamlMap,
  path: Path,
  problems: Problems,
): Selection | undefined {
  if (!map.size) {
    problems.report('S027', { path }, `${nameOf(path)} is an empty mapping`)
    return undefined
  }
  const items: Item[] = []
  for (const [key, value] of map) {
    const bar = key.indexOf('|')
    const field = bar < 0 ? key : key.slice(0, bar)
    const item = parseItem(
      field === '' ? undefined : field,
      key,
      value,
      [...path, key],
      problems,
    )
    if (item) items.push(item)
  }
  return items.length === map.size ? { kind: 'all', of: items } : undefined
}

const noModifiers: readonly string[] = []

function parseItem(
  field: string | undefined,
  key: string,
  value: YamlValue,
  path: Path,
  problems: Problems,
): Item | undefined {
  const bar = key.indexOf('|')
  const names = bar < 0 ? noModifiers : key.slice(bar + 1).split('|')
  const modifiers = parseModifiers(names, path, problems)
  const values = scalarsOf(value, path, problems)
  if (!modifiers || !values) return undefined
  const isWritten = isList(value)
  if (modifiers.all && (!isWritten || values.length === 1)) {
    problems.report(
      'S058',
      { path, key: true },
      '"all" on a single value changes nothing',
      'list several values, or drop "all"',
    )
  }
  const label = key || undefined
  return { field, modifiers, values, isList: isWritten, label, path }
}

function scalarsOf(
  value: YamlValue,
  path: Path,
  problems: Problems,
): readonly YamlScalar[] | undefined {
  if (isMap(value)) {
    problems.report(
      'S028',
      { path },
      `${nameOf(path)} is ${describe(value)}; a value or a list of values was expected`,
      'a field of an inner object is written "outer.inner"',
    )
    return undefined
  }
  if (!isList(value)) return [value]
  if (!value.length) {
    problems.report(
      'S027',
      { path },
      `${nameOf(path)} is an empty list`,
      "write null for a missing field, '' for an empty one",
    )
    return undefined
  }
  const inner = value.findIndex((v) => isMap(v) || isList(v))
  if (inner >= 0) {
    problems.report(
      'S028',
      { path: [...path, inner] },
      `${nameOf(path)} holds ${describe(value[inner])} among its values`,
    )
    return undefined
  }
  return value as readonly YamlScalar[]
}

function nameOf(path: Path): string {
  const name = path.findLast((step) => typeof step === 'string')
  return quote(String(name ?? ''))
}
