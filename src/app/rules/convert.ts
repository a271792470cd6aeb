// `rules convert`: rules as files of another rule language, and why not where one has no words for what a rule says.
import { eventKinds } from '../../event/sources/windows.ts'

import { detectionsOf } from '../../ir/condition.ts'
import type { DetectionRule, Rule } from '../../ir/rule.ts'
import type { OperatorKind } from '../../ir/operator.ts'
import { fieldsOf } from '../../ir/predicate.ts'
import type { SearchRule } from '../../ir/search.ts'

import { Unsayable, type WrittenRule } from '../../rule-text/unsayable.ts'

import { writeSigma } from '../../languages/sigma/write/rule.ts'
import { writeSpl } from '../../languages/spl/write/rule.ts'

import { edgeCategory } from '../../enrich/edges/edge-event.ts'
import { lineageFields } from '../../enrich/lineage-fields.ts'
import { rarityFields } from '../../enrich/rarity/kinds.ts'

import { measures } from '../../content/visibility.ts'

import { type AnyRule, partsOf, readBy } from './parts.ts'

export type Target = 'sigma' | 'spl'

export type Conversion =
  | (WrittenRule & { readonly kind: 'written'; readonly rule: AnyRule })
  | { readonly kind: 'unsayable'; readonly rule: AnyRule; readonly why: string }

/** `all`: of these come the rules that correlations read. Rules that only correlations read are no files of their own. */
export function convert(
  rules: readonly AnyRule[],
  all: readonly Rule[],
  target: Target,
): Conversion[] {
  const byId = new Map(all.map((r) => [r.meta.id, r]))
  return rules
    .filter((r) => r.kind === 'search' || r.emits)
    .map((rule): Conversion => {
      try {
        const { text, notes } = written(rule, byId, target)
        const own = ownWords(rule, byId)
        return { kind: 'written', rule, text, notes: [...own, ...notes] }
      } catch (error) {
        if (!(error instanceof Unsayable)) throw error
        return { kind: 'unsayable', rule, why: error.message }
      }
    })
}

function written(
  rule: AnyRule,
  byId: ReadonlyMap<string, Rule>,
  target: Target,
): WrittenRule {
  if (rule.kind === 'search') return ofSearch(rule, target)
  const read = readBy(rule, byId)
  return target === 'sigma' ? writeSigma([rule, ...read]) : writeSpl(rule, read)
}

/** Commands that neither drop a row nor decide which rows there are. */
const shaping: readonly OperatorKind[] = [
  'table',
  'fields',
  'rename',
  'convert',
  'sort',
  'eval',
  'stats',
]

function ofSearch(rule: SearchRule, target: Target): WrittenRule {
  if (target === 'spl') throw new Unsayable('it is a Splunk search already')
  const { operators, subsearches, from, time } = rule.search
  const deciding = operators.find((op) => !shaping.includes(op.kind))
  if (deciding)
    throw new Unsayable(
      `its "${deciding.kind}" decides over rows that earlier commands made, and Sigma's rules see events`,
    )
  if (subsearches.length || from.kind !== 'events' || time)
    throw new Unsayable(
      'it asks more than events: a search within it, a table or a time',
    )
  const parts = detectionsOf(rule)
  return writeSigma(parts.map((part, i) => numbered(part, i)))
}

/** A search of several sources is several rules, of which the first keeps the id. */
function numbered(rule: DetectionRule, index: number): DetectionRule {
  if (index === 0) return rule
  const { id, title, custom } = rule.meta
  const last = (Number.parseInt(id.slice(-4), 16) + index) & 0xffff
  const own = id.slice(0, -4) + last.toString(16).padStart(4, '0')
  const related = [{ id, type: 'derived' }]
  return {
    ...rule,
    meta: {
      ...rule.meta,
      id: own,
      title: `${title} (${index + 1})`,
      custom: { ...custom, related },
    },
  }
}

/** What no other product has: said, so that nobody waits for findings that cannot come. */
function ownWords(rule: AnyRule, byId: ReadonlyMap<string, Rule>): string[] {
  const parts = partsOf(rule, byId)
  const given = measures().flatMap((m) =>
    m.means === 'give' ? m.categories! : [],
  )
  const ofWindows = new Set([...eventKinds()].flatMap((k) => k.of.categories))
  const ownCategories = new Set([
    edgeCategory,
    ...given.filter((category) => !ofWindows.has(category)),
  ])
  const categories = parts.flatMap(({ logSource: { category } }) =>
    category !== undefined && ownCategories.has(category) ? [category] : [],
  )
  const fields = parts.flatMap(({ condition }) =>
    [...fieldsOf(condition)].filter(
      (f) => lineageFields.includes(f) || rarityFields.has(f),
    ),
  )
  const own = [
    ...[...new Set(categories)].map((c) => `events of "${c}"`),
    ...[...new Set(fields)],
  ]
  return own.length
    ? [
        `${own.join(', ')}: only ipcwatch makes these; elsewhere the rule stays silent`,
      ]
    : []
}
