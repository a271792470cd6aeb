// Which modifiers are there, and what does each do?
import type { Comparison, TimePart } from '../../../ir/predicate.ts'

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

export type Effect =
  | { readonly does: 'as'; readonly as: Exclude<ModifierSet['as'], 'value'> }
  | { readonly does: 'all' | 'negated' | 'cased' | 'placeholders' | 'windash' }
  | { readonly does: 'anchor'; readonly anchor: Anchor }
  | { readonly does: 'encoding'; readonly encoding: Encoding }
  | { readonly does: 'base64'; readonly base64: 'whole' | 'offset' }
  | { readonly does: 'comparison'; readonly comparison: Comparison }
  | { readonly does: 'timePart'; readonly timePart: TimePart }
  | { readonly does: 'flag'; readonly flag: 'i' | 'm' | 's' }

export type Does = Effect['does']

/** Every one of the specification's modifiers appendix, and spellings that engines in use accept. */
export const effects: ReadonlyMap<string, Effect> = new Map<string, Effect>([
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

/** What each way of reading values allows beside it. */
const allowed: Readonly<Record<ModifierSet['as'], readonly Does[]>> = {
  value: [
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
  ],
  regex: ['as', 'all', 'negated', 'cased', 'placeholders', 'anchor', 'flag'],
  network: ['as', 'all', 'negated', 'placeholders'],
  field: ['as', 'all', 'negated', 'cased', 'anchor'],
  presence: ['as', 'negated'],
}

/** What numbers and times allow beside them. */
const withComparison: readonly Does[] = [
  'comparison',
  'timePart',
  'all',
  'negated',
  'placeholders',
]

export function allowedBeside(set: ModifierSet): readonly Does[] {
  return set.comparison || set.timePart ? withComparison : allowed[set.as]
}

export function combine(list: readonly Effect[]): ModifierSet {
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
  for (const effect of list) {
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
