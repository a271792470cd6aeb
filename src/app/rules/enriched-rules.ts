// Which rules ask for what no single record says? Those on edges meet events that are made; those over enriched fields are split: what
// needs no state is decided in the thread, and what may hold waits for the join.
import { asksCategory, canHoldWithout, textsAsked } from '../../ir/demand.ts'
import { fieldsOf, type Leaf, type Predicate } from '../../ir/predicate.ts'
import type { DetectionRule, Rule } from '../../ir/rule.ts'
import { simplify } from '../../ir/simplify.ts'
import { isLeaf } from '../../ir/visit.ts'

import { type EdgeKind, edgeKinds } from '../../enrich/edges/edge.ts'
import { edgeCategory } from '../../enrich/edges/edge-event.ts'
import { lineageFields, sometimesFields } from '../../enrich/lineage-fields.ts'
import {
  rarityFields,
  type RarityKind,
  rarityKinds,
} from '../../enrich/rarity/kinds.ts'

import { cycleFields } from '../../enrich/schedule/fields.ts'

import {
  actionsAsked,
  type AskedActions,
  asksScripts,
} from './asked-scripts.ts'
import { detections } from './selection.ts'

/** What is rare, of which kinds: of what records say, and of edges that are made. */
export interface RaritiesAsked {
  readonly ofEvents: readonly RarityKind[]
  readonly ofEdges: readonly RarityKind[]
}

export interface SplitRules {
  /** What threads run: in place of a rule that waits, what may hold of it. */
  readonly inThreads: readonly Rule[]
  /** What meets made events; empty: nothing asks for them. */
  readonly onMade: readonly Rule[]
  /** Of each detection among `onMade`: its place among all detections. */
  readonly places: readonly number[]
  readonly edges: readonly EdgeKind[]
  /** Some of them ask what lineage says. */
  readonly asksLineage: boolean
  /** Some of them ask what is rare: of these kinds. */
  readonly rarities: RaritiesAsked
  /** The one product that all who ask it are of, if it is one. */
  readonly lineageOf: string | undefined
  /** What they ask of scripts; absent: nothing. */
  readonly scripts?: AskedActions
  /** Some of them ask what is out of cycle. */
  readonly asksCycle: boolean
}

/** Of the id of what a thread runs in place of a rule; no rule's own id ends so. */
const waitingMark = '\0waits'

export function isWaiting({ meta }: DetectionRule): boolean {
  return meta.id.endsWith(waitingMark)
}

const rarityMark = '\0rarity'

/** It waits for what is told by counts. */
export function isWaitingForCounts({ meta }: DetectionRule): boolean {
  return meta.id.endsWith(rarityMark + waitingMark)
}

/** `hasSchedule`: else what asks for one cannot hold, and nothing waits for it. */
export function splitRules(
  rules: readonly Rule[],
  { hasSchedule = true }: { readonly hasSchedule?: boolean } = {},
): SplitRules {
  const own = detections(rules)
  const isIdle = (r: DetectionRule) => !hasSchedule && needsCycle(r)
  const waiting = new Set<Rule>(own.filter(waitsForJoin))
  const onMade = own.filter(
    (r) => (asksEdges(r) || asksScripts(r) || waiting.has(r)) && !isIdle(r),
  )
  const correlations = rules.filter((r) => r.kind === 'correlation')
  const scripts = actionsAsked(onMade.filter(asksScripts))
  return {
    inThreads: rules.map((r) =>
      r.kind === 'detection' && waiting.has(r)
        ? isIdle(r)
          ? never(r)
          : mayHold(r)
        : r,
    ),
    onMade: onMade.length ? [...onMade, ...correlations] : [],
    places: onMade.map((r) => own.indexOf(r)),
    edges: [...new Set(onMade.filter(asksEdges).flatMap(kindsOf))],
    asksLineage: onMade.some(asksLineage),
    rarities: {
      ofEvents: raritiesOf(onMade.filter((r) => !asksEdges(r))),
      ofEdges: raritiesOf(onMade.filter(asksEdges)),
    },
    lineageOf: commonProduct(onMade.filter(asksLineage)),
    ...(scripts && { scripts }),
    asksCycle: onMade.some((r) =>
      [...fieldsOf(r.condition)].some((f) => cycleFields.includes(f)),
    ),
  }
}

function commonProduct(rules: readonly DetectionRule[]): string | undefined {
  const products = new Set(rules.map((r) => r.logSource.product))
  return products.size === 1 ? [...products][0] : undefined
}

export function asksEdges(
  rule: Pick<DetectionRule, 'logSource' | 'condition'>,
): boolean {
  return asksCategory(rule, edgeCategory)
}

export function kindsOf({
  condition,
}: Pick<DetectionRule, 'condition'>): readonly EdgeKind[] {
  const asked = textsAsked(condition, 'EdgeKind')
  return asked ? edgeKinds.filter((k) => asked.has(k)) : edgeKinds
}

/** It can only hold where something is said to be out of cycle, or in it. */
function needsCycle({ condition }: DetectionRule): boolean {
  return !canHoldWithout(condition, new Set(cycleFields))
}

function never(rule: DetectionRule): DetectionRule {
  return { ...rule, condition: { kind: 'constant', value: false } }
}

/** What is known of a field before the join. */
type Knowledge = 'never' | 'sometimes' | 'always'

/** It is decided when all that came before is known. */
export function waitsForJoin(rule: DetectionRule): boolean {
  if (asksEdges(rule) || asksScripts(rule)) return false
  return [...fieldsOf(rule.condition)].some((f) => isOpen(knownOf(f, rule)))
}

/** Rarity of interpreters and of COM servers is told by processes as they are joined; that of the others by counts alone. */
function asksLineage(rule: DetectionRule): boolean {
  return (
    waitsForJoin(rule) &&
    [...fieldsOf(rule.condition)].some((field) => {
      const rarity = rarityFields.get(field)
      return rarity
        ? ['interpreter', 'hour', 'com'].includes(rarity)
        : isOpen(knownOf(field, rule))
    })
  )
}

function raritiesOf(
  rules: readonly Pick<DetectionRule, 'condition'>[],
): readonly RarityKind[] {
  const asked = new Set(
    rules.flatMap(({ condition }) =>
      [...fieldsOf(condition)].map((field) => rarityFields.get(field)),
    ),
  )
  return rarityKinds.filter((kind) => asked.has(kind))
}

function isOpen(known: Knowledge): boolean {
  return known !== 'always'
}

function knownOf(
  field: string,
  { logSource }: Pick<DetectionRule, 'logSource'>,
): Knowledge {
  const isMade =
    lineageFields.includes(field) ||
    rarityFields.has(field) ||
    cycleFields.includes(field)
  if (isMade) return 'never'
  if (logSource.product !== 'linux') return 'always'
  if (sometimesFields.includes(field)) return 'sometimes'
  // What audit says of a command line outside of an exec may be stale.
  const isCall =
    logSource.category !== undefined &&
    logSource.category !== 'process_creation'
  return field === 'CommandLine' && isCall ? 'never' : 'always'
}

function mayHold(rule: DetectionRule): DetectionRule {
  const condition = simplify(possible(rule.condition, rule, false))
  const counts = raritiesOf([rule]).length ? rarityMark : ''
  const meta = { ...rule.meta, id: rule.meta.id + counts + waitingMark }
  return { ...rule, meta, condition, emits: false }
}

/** Holds wherever the condition may, whatever the join says: a leaf that is open is taken for what lets the whole hold. */
function possible(
  p: Predicate,
  rule: DetectionRule,
  denied: boolean,
): Predicate {
  if (isLeaf(p)) return possibleLeaf(p, rule, denied)
  switch (p.kind) {
    case 'and':
    case 'or':
      return { ...p, of: p.of.map((part) => possible(part, rule, denied)) }
    case 'not':
      return { ...p, of: possible(p.of, rule, !denied) }
    case 'constant':
      return p
  }
}

function possibleLeaf(
  leaf: Leaf,
  rule: DetectionRule,
  denied: boolean,
): Predicate {
  const fields = [...fieldsOf(leaf)].map((f) => [f, knownOf(f, rule)] as const)
  if (fields.some(([, known]) => known === 'never'))
    return { kind: 'constant', value: !denied }
  const open = fields.flatMap(([field, known]): Predicate[] =>
    isOpen(known) ? [{ kind: 'null', field }] : [],
  )
  if (!open.length) return leaf
  return denied
    ? {
        kind: 'and',
        of: [leaf, ...open.map((of): Predicate => ({ kind: 'not', of }))],
      }
    : { kind: 'or', of: [leaf, ...open] }
}
