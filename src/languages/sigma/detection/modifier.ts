// What may stand behind a field's name, and which modifiers go together?
import { didYouMean } from '../../../base/did-you-mean.ts'
import type { Comparison, TimePart } from '../../../ir/predicate.ts'

import type { Problems } from '../problems.ts'
import type { Path } from '../../../rule-text/yaml/locate.ts'
import { quote } from '../../../rule-text/yaml/value.ts'

import type { Encoding } from './encode.ts'

export type Anchor = 'contains' | 'startswith' | 'endswith'

/** The modifiers of one item, sorted by what they do. */
export interface ModifierSet {
  /** How the values are read. */
  readonly as: 'value' | 'regex' | 'network' | 'field' | 'presence'
  readonly all: boolean
  readonly negated: boolean
  readonly cased: boolean
  readonly placeholders: boolean
  readonly windash: boolean
  readonly anchor: Anchor | undefined
  readonly encoding: Encoding
  readonly base64: 'no' | 'whole' | 'offset'
  readonly comparison: Comparison | undefined
  readonly timePart: TimePart | undefined
  readonly flags: {
    readonly i: boolean
    readonly m: boolean
    readonly s: boolean
  }
  /** At least one was written. */
  readonly any: boolean
}

type Effect =
  | { readonly does: 'as'; readonly as: Exclude<ModifierSet['as'], 'value'> }
  | { readonly does: 'all' | 'negated' | 'cased' | 'placeholders' | 'windash' }
  | { readonly does: 'anchor'; readonly anchor: Anchor }
  | { readonly does: 'encoding'; readonly encoding: Encoding }
  | { readonly does: 'base64'; readonly base64: 'whole' | 'offset' }
  | { readonly does: 'comparison'; readonly comparison: Comparison }
  | { readonly does: 'timePart'; readonly timePart: TimePart }
  | { readonly does: 'flag'; readonly flag: 'i' | 'm' | 's' }

/** Every modifier of the specification's appendix, and spellings that engines in use accept. */
const effects: ReadonlyMap<string, Effect> = new Map<string, Effect>([
  ['contains', { does: 'anchor', anchor: 'contains' }],
  ['startswith', { does: 'anchor', anchor: 'startswith' }],
  ['endswith', { does: 'anchor', anchor: 'endswith' }],
  ['all', { does: 'all' }],
  ['neq', { does: 'negated' }],
  ['cased', { does: 'cased' }],
  ['exists', { does: 'as', as: 'presence' }],
  ['windash', { does: 'windash' }],
  ['re', { does: 'as', as: 'regex' }],
  ['i', { does: 'flag', flag: 'i' }],
  ['ignorecase', { does: 'flag', flag: 'i' }],
  ['m', { does: 'flag', flag: 'm' }],
  ['multiline', { does: 'flag', flag: 'm' }],
  ['s', { does: 'flag', flag: 's' }],
  ['dotall', { does: 'flag', flag: 's' }],
  ['base64', { does: 'base64', base64: 'whole' }],
  ['base64offset', { does: 'base64', base64: 'offset' }],
  ['wide', { does: 'encoding', encoding: 'utf16le' }],
  ['utf16le', { does: 'encoding', encoding: 'utf16le' }],
  ['utf16be', { does: 'encoding', encoding: 'utf16be' }],
  ['utf16', { does: 'encoding', encoding: 'utf16' }],
  ['lt', { does: 'comparison', comparison: 'lt' }],
  ['lte', { does: 'comparison', comparison: 'lte' }],
  ['gt', { does: 'comparison', comparison: 'gt' }],
  ['gte', { does: 'comparison', comparison: 'gte' }],
  ['minute', { does: 'timePart', timePart: 'minute' }],
  ['hour', { does: 'timePart', timePart: 'hour' }],
  ['day', { does: 'timePart', timePart: 'day' }],
  ['week', { does: 'timePart', timePart: 'week' }],
  ['month', { does: 'timePart', timePart: 'month' }],
  ['year', { does: 'timePart', timePart: 'year' }],
  ['cidr', { does: 'as', as: 'network' }],
  ['fieldref', { does: 'as', as: 'field' }],
  ['expand', { does: 'placeholders' }],
])

export const modifierNames: readonly string[] = [...effects.keys()]

type Does = Effect['does']

/** What each way of reading values allows beside it. */
const allowed: Readonly<Record<ModifierSet['as'], ReadonlySet<Does>>> = {
  value: new Set<Does>([
    'all',
    'negated',
    'cased',
    'placeholders',
    'windash',
    'anchor',
    'encoding',
    'base64',
    'comparison',
    'timePart',
  ]),
  regex: new Set<Does>([
    'as',
    'all',
    'negated',
    'cased',
    'placeholders',
    'anchor',
    'flag',
  ]),
  network: new Set<Does>(['as', 'all', 'negated', 'placeholders']),
  field: new Set<Does>(['as', 'all', 'negated', 'cased', 'anchor']),
  presence: new Set<Does>(['as', 'negated']),
}

/** What numbers and times allow beside them. */
const withComparison = new Set<Does>([
  'comparison',
  'timePart',
  'all',
  'negated',
  'placeholders',
])

const cache = new Map<string, ModifierSet>()
/** Spellings come from rule files. */
const maxCached = 4096

/** Reads `contains|all` and the like. undefined: reported, the item cannot be used. */
export function parseModifiers(
  names: readonly string[],
  path: Path,
  problems: Problems,
): ModifierSet | undefined {
  const spelling = names.join('|')
  const known = cache.get(spelling)
  if (known) return known
  const before = problems.count
  const set = parse(names, path, problems)
  if (set && problems.count === before && cache.size < maxCached) {
    cache.set(spelling, set)
  }
  return set
}

function parse(
  names: readonly string[],
  path: Path,
  problems: Problems,
): ModifierSet | undefined {
  const list: { name: string; effect: Effect }[] = []
  for (const name of names) {
    const effect = effects.get(name)
    if (effect) list.push({ name, effect })
    else reportUnknown(name, path, problems)
  }
  if (list.length < names.length) return undefined
  const set = combine(list)
  const fault =
    clash(list, set) ??
    order(list) ??
    exclusion(
      list.map((m) => m.name),
      set,
    )
  if (fault) {
    problems.report(fault.code, { path, key: true }, fault.message, fault.hint)
    return undefined
  }
  if (set.as === 'regex' && set.cased) {
    problems.report(
      'S060',
      { path, key: true },
      '"cased" has no effect: a regular expression minds case unless "i" says otherwise',
    )
  }
  return set
}

function reportUnknown(name: string, path: Path, problems: Problems) {
  const field = String(path.at(-1)).split('|')[0]!
  const on = field ? ` on field ${quote(field)}` : ''
  const lower = name.toLowerCase()
  problems.report(
    'S012',
    { path, key: true, offset: String(path.at(-1)).indexOf(`|${name}`) + 1 },
    name ? `unknown modifier ${quote(name)}${on}` : `empty modifier${on}`,
    effects.has(lower)
      ? `modifiers are written in lower case: "${lower}"`
      : didYouMean(name, modifierNames),
  )
}

function combine(list: readonly { effect: Effect }[]): ModifierSet {
  const set = {
    as: 'value' as ModifierSet['as'],
    all: false,
    negated: false,
    cased: false,
    placeholders: false,
    windash: false,
    anchor: undefined as Anchor | undefined,
    encoding: 'utf8' as Encoding,
    base64: 'no' as ModifierSet['base64'],
    comparison: undefined as Comparison | undefined,
    timePart: undefined as TimePart | undefined,
    flags: { i: false, m: false, s: false },
    any: list.length > 0,
  }
  for (const { effect } of list) {
    if (effect.does === 'as') set.as = effect.as
    else if (effect.does === 'anchor') set.anchor = effect.anchor
    else if (effect.does === 'encoding') set.encoding = effect.encoding
    else if (effect.does === 'base64') set.base64 = effect.base64
    else if (effect.does === 'comparison') set.comparison = effect.comparison
    else if (effect.does === 'timePart') set.timePart = effect.timePart
    else if (effect.does === 'flag') set.flags[effect.flag] = true
    else set[effect.does] = true
  }
  return set
}

interface Fault {
  readonly code: 'S013' | 'S014'
  readonly message: string
  readonly hint?: string
}

/** Two of one kind: `contains` and `endswith`, `re` and `cidr`, `lt` and `gt`. */
function clash(
  list: readonly { name: string; effect: Effect }[],
  set: ModifierSet,
): Fault | undefined {
  for (const does of [
    'as',
    'anchor',
    'encoding',
    'base64',
    'comparison',
    'timePart',
  ] as const) {
    const same = list.filter((m) => m.effect.does === does)
    if (same.length < 2) continue
    const [a, b] = same
    return {
      code: 'S013',
      message: `modifiers "${a!.name}" and "${b!.name}" exclude each other`,
      hint: hintForClash(
        does,
        same.map((m) => m.name),
      ),
    }
  }
  const limits =
    set.comparison || set.timePart ? withComparison : allowed[set.as]
  const main = list.find(
    (m) =>
      m.effect.does === 'as' ||
      m.effect.does === 'comparison' ||
      m.effect.does === 'timePart',
  )
  const stranger = list.find((m) => m !== main && !limits.has(m.effect.does))
  if (!stranger) return undefined
  if (stranger.effect.does === 'flag') {
    return {
      code: 'S013',
      message: `modifier "${stranger.name}" belongs to "re"`,
      hint: `write "|re|${stranger.name}", or leave it out: values are compared without case`,
    }
  }
  return {
    code: 'S013',
    message: `modifiers "${main?.name ?? list[0]!.name}" and "${stranger.name}" do not go together`,
  }
}

function hintForClash(
  does: 'as' | 'anchor' | 'encoding' | 'base64' | 'comparison' | 'timePart',
  names: readonly string[],
): string {
  if (names[0] === names[1]) return `"${names[0]}" needs to be written once`
  if (does === 'comparison') {
    return 'a range is two items: "Field|gte: 1" and "Field|lt: 9" in one mapping'
  }
  if (does === 'anchor') {
    return 'write two items in one mapping, or a value with wildcards'
  }
  return 'keep the one that is meant'
}

/** Values are changed from left to right, so what encodes them comes before what places them. */
function order(
  list: readonly { name: string; effect: Effect }[],
): Fault | undefined {
  const at = (does: Does) => list.findIndex((m) => m.effect.does === does)
  const base64 = at('base64')
  for (const does of ['anchor', 'encoding', 'windash'] as const) {
    const i = at(does)
    if (base64 < 0 || i < 0) continue
    if (does === 'anchor' ? i > base64 : i < base64) continue
    const [first, second] = does === 'anchor' ? [base64, i] : [i, base64]
    return {
      code: 'S014',
      message: `modifier "${list[first]!.name}" has to come before "${list[second]!.name}"`,
    }
  }
  const anchor = at('anchor')
  const encoding = at('encoding')
  if (anchor >= 0 && encoding > anchor) {
    return {
      code: 'S014',
      message: `modifier "${list[encoding]!.name}" has to come before "${list[anchor]!.name}"`,
    }
  }
  const as = list.findIndex((m) => m.effect.does === 'as')
  const flag = at('flag')
  if (flag >= 0 && flag < as) {
    return {
      code: 'S014',
      message: `modifier "${list[flag]!.name}" has to come after "re"`,
    }
  }
  return undefined
}

function exclusion(
  names: readonly string[],
  set: ModifierSet,
): Fault | undefined {
  const twice = names.find((n, i) => names.indexOf(n) < i)
  if (twice) {
    return { code: 'S013', message: `modifier "${twice}" stands twice` }
  }
  if (set.encoding !== 'utf8' && set.windash && set.base64 === 'no') {
    return {
      code: 'S013',
      message: '"windash" and a wide encoding go together before base64 only',
    }
  }
  return undefined
}
