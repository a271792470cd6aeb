// A condition of the IR as the selections and the condition of a Sigma rule. What the author named keeps its name: labels of the IR
// are names of selections and keys of items.
import { leaves, type Predicate, type Keyword } from '../../../ir/predicate.ts'

import { Unsayable } from '../../../rule-text/unsayable.ts'

import { leafItem, type SigmaItem, type SigmaValue, textOf } from './leaf.ts'

type Value = SigmaValue | readonly SigmaValue[]
type Fields = Readonly<Record<string, Value>>
type Selection = Fields | readonly Fields[] | readonly string[]

export type Detection = Readonly<Record<string, Selection | string>>

export function writeDetection(condition: Predicate): Detection {
  const writer = new DetectionWriter()
  const text = writer.condition(condition)
  return { ...writer.selections, condition: text }
}

/** Words of conditions. */
const reserved =
  /^(?:and|or|not|of|all|any|them|near|by|condition|timeframe|\d.*)$/i

class DetectionWriter {
  readonly selections: Record<string, Selection> = {}

  condition(p: Predicate, within: 'and' | 'or' | 'not' | '' = ''): string {
    if (p.kind === 'constant') throw constant(p.value)
    if (p.kind === 'differs') return this.#differs(p, within)
    const selection = isJoined(p) ? undefined : selectionOf(p)
    if (selection) return this.#named(selection, nameIn(p))
    if (p.kind === 'not') return `not ${this.condition(p.of, 'not')}`
    if (p.kind !== 'and' && p.kind !== 'or') return this.#named([], nameIn(p))
    const { kind } = p
    // What always holds adds nothing to an AND, nor what never does to an OR.
    const of = p.of.filter(
      (c) => !(c.kind === 'constant' && c.value === (kind === 'and')),
    )
    if (!of.length) throw constant(kind === 'and')
    if (of.length === 1) return this.condition(of[0]!, within)
    const text = gathered(kind, of)
      .map((c) => this.condition(c, kind))
      .join(` ${kind} `)
    return within && within !== kind ? `(${text})` : text
  }

  #differs(
    p: Extract<Predicate, { kind: 'differs' }>,
    within: 'and' | 'or' | 'not' | '',
  ): string {
    const absent: Predicate = { kind: 'null', field: p.field }
    const of: Predicate[] = [absent, p.from].map((x) => ({
      kind: 'not',
      of: x,
    }))
    return this.condition({ kind: 'and', of }, within)
  }

  #named(selection: Selection, wanted: string): string {
    const text = JSON.stringify(selection)
    for (let n = 1; ; n++) {
      const name = n === 1 ? wanted : `${wanted}_${n}`
      const known = this.selections[name]
      if (known && JSON.stringify(known) !== text) continue
      this.selections[name] = selection
      return name
    }
  }
}

/** What nobody named stands together where one selection can hold it. */
function gathered(
  kind: 'and' | 'or',
  of: readonly Predicate[],
): readonly Predicate[] {
  const plain = of.filter((c) => nameOf(c) === undefined && itemOf(c))
  if (plain.length < 2) return of
  const one: Predicate = { kind, of: kind === 'or' ? byKey(plain) : plain }
  const rest = of.filter((c) => !plain.includes(c))
  return selectionOf(one) ? [one, ...rest] : of
}

/** Alternatives under one key are one list. */
function byKey(items: readonly Predicate[]): readonly Predicate[] {
  const groups = new Map<string, Predicate[]>()
  for (const item of items) {
    const { key, values } = itemOf(item)!
    // A missing field stands in no list.
    const name = values.includes(null) ? `${key} null` : key
    groups.set(name, [...(groups.get(name) ?? []), item])
  }
  return [...groups.values()].map((of) =>
    of.length === 1 ? of[0]! : { kind: 'or', of },
  )
}

function constant(value: boolean): Unsayable {
  return new Unsayable(
    `a part of it ${value ? 'always holds' : 'never holds'}, which no selection says`,
  )
}

/** Does it join parts that the author named? Then their names say more than one selection would. */
function isJoined(p: Predicate): boolean {
  if (p.kind === 'not') return true
  if (p.kind !== 'and' && p.kind !== 'or') return false
  return p.label === undefined || /\W/.test(p.label)
    ? p.of.some((c) => nameOf(c) !== undefined)
    : false
}

/** The author's name for a selection; labels of items are their keys. */
function nameOf(p: Predicate): string | undefined {
  const { label } = p
  if (label === undefined || /\W/.test(label) || reserved.test(label)) return
  const [first] = leaves(p)
  const isKey = first && 'field' in first && first.field === label
  return isKey ? undefined : label
}

function nameIn(p: Predicate): string {
  return nameOf(p) ?? 'selection'
}

function selectionOf(p: Predicate): Selection | undefined {
  const keywords = keywordsOf(p)
  if (keywords) return keywords
  const map = mapOf(p)
  if (map) return map
  if (p.kind !== 'or') return undefined
  const maps = (p.of.every(itemOf) ? byKey(p.of) : p.of).map(mapOf)
  return maps.every((m) => m !== undefined) ? maps : undefined
}

function mapOf(p: Predicate): Fields | undefined {
  const items = p.kind === 'and' ? p.of.map(itemOf) : [itemOf(p)]
  const alone = p.kind === 'and' ? itemOf(p) : undefined
  if (alone) return mapWith([alone])
  return items.every((i) => i !== undefined) ? mapWith(items) : undefined
}

interface Item extends SigmaItem {
  readonly all?: true
}

function mapWith(items: readonly Item[]): Fields | undefined {
  const map: Record<string, Value> = {}
  for (const { key, values, all } of items) {
    const name = all ? `${key}|all` : key
    if (Object.hasOwn(map, name)) return undefined
    map[name] = values.length === 1 ? values[0]! : values
  }
  return map
}

/** Values of one field under the same modifiers: any of them, or all. */
function itemOf(p: Predicate): Item | undefined {
  if (p.kind !== 'and' && p.kind !== 'or') return leafOf(p)
  if (p.of.length === 0) return undefined
  const parts = p.of.map((c) => (p.kind === 'or' ? itemOf(c) : leafOf(c)))
  const [first] = parts
  const isOne = parts.every((i) => i && i.key === first!.key && !i.all)
  if (!first || !isOne) return undefined
  if (p.kind === 'or') {
    const values = parts.flatMap((i) => i!.values)
    // A missing field beside values is a selection of its own: the specification allows it in no list.
    if (values.length > 1 && values.includes(null)) return undefined
    return { key: first.key, values }
  }
  if (parts.length === 1) return first
  const canBeAll = parts.every(
    (i) => i!.values.length === 1 && i!.values[0] !== null,
  )
  const values = parts.flatMap((i) => i!.values)
  return canBeAll && !/\|(?:exists|fieldref)/.test(first.key)
    ? { key: first.key, values, all: true }
    : undefined
}

function leafOf(p: Predicate): Item | undefined {
  switch (p.kind) {
    case 'and':
    case 'or':
    case 'not':
    case 'constant':
    case 'keyword':
    case 'differs':
      return undefined
    default:
      return leafItem(p)
  }
}

function keywordsOf(p: Predicate): readonly string[] | Fields | undefined {
  if (p.kind === 'keyword') return [wordOf(p)]
  if (p.kind !== 'and' && p.kind !== 'or') return undefined
  const all = p.of.filter((c) => c.kind === 'keyword')
  if (!all.length || all.length < p.of.length) return undefined
  const words = all.map(wordOf)
  return p.kind === 'or' || words.length === 1 ? words : { '|all': words }
}

function wordOf({ pattern, cased }: Keyword): string {
  if (cased) throw new Unsayable('a keyword minds case')
  return textOf(pattern.slice(1, -1))
}
