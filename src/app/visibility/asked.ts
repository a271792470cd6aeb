// What does a rule need to be told, and which measures give it? A rule on edges needs the facts that edges are made of.
import { conflicts, type LogSourceSelector } from '../../event/log-source.ts'
import { entryOf } from '../../base/entry.ts'
import { type FieldRow, namesIn } from '../../event/schema/field.ts'
import { schema } from '../../event/schema/index.ts'
import { endpointSecurityEvents } from '../../event/sources/endpoint-security.ts'

import {
  canHoldWithout,
  type Demand,
  demandsOf,
  textsAsked,
} from '../../ir/demand.ts'
import { fieldsOf, leaves, type Predicate } from '../../ir/predicate.ts'
import type { DetectionRule, Rule } from '../../ir/rule.ts'

import { knownEvents } from '../../normalise/known-events.ts'

import { type EdgeKind, edgeKinds } from '../../enrich/edges/edge.ts'
import { factRowsOf } from '../../enrich/facts/kinds.ts'
import { factsForEdges } from '../../enrich/joiner.ts'
import { lineageFields, sometimesFields } from '../../enrich/lineage-fields.ts'
import { rarityFields } from '../../enrich/rarity/kinds.ts'
import { cycleField } from '../../enrich/schedule/fields.ts'

import type { Measure } from '../../content/visibility.ts'

import { asksEdges } from '../rules/enriched-rules.ts'
import { type AnyRule, partsOf } from '../rules/parts.ts'

/** Events that are asked for; a rule sees what it asks if each of its needs is met. */
export interface Need {
  readonly demand: Demand
  /** What they must hold; absent: that they are there is enough. */
  readonly condition?: Predicate
}

/** A rule needs them all: those of a correlation each, those of an edge the start of processes and one of the others. */
export interface Needs {
  readonly all: readonly Need[]
  /** Any of these will do; empty: none is asked. */
  readonly any: readonly Need[]
}

export function needsOf(rule: AnyRule, byId: ReadonlyMap<string, Rule>): Needs {
  const parts = partsOf(rule, byId)
  const edges = parts.filter(asksEdges)
  const plain = parts.filter((d) => !edges.includes(d))
  const demands = demandsOf(plain)
  const own = plain.map((d, i) => ({
    demand: demands[i]!,
    condition: d.condition,
  }))
  const ofEdges = edges.flatMap(edgeNeeds)
  // A search of several sources is content with one of them.
  if (rule.kind === 'search') return { all: [], any: [...own, ...ofEdges] }
  const starts = ofEdges.filter(isStart)
  return {
    all: [...own, ...starts.slice(0, 1)],
    any: ofEdges.filter((n) => !isStart(n)),
  }
}

function isStart({ demand }: Need): boolean {
  return demand.logSource.category === 'process_creation'
}

function edgeNeeds({ condition, logSource }: DetectionRule): readonly Need[] {
  const asked = textsAsked(condition, 'EdgeKind')
  const kinds = edgeKinds.filter((k: EdgeKind) => asked?.has(k) ?? true)
  const rows = factRowsOf(factsForEdges(kinds), logSource.product)
  return rows
    .filter(([name]) => name !== 'end')
    .map(([name, { demand }]) => ({
      demand: { ...demand, logSource: { ...demand.logSource, ...of(name) } },
    }))
}

/** Facts that a field of the event tells, not its category. */
function of(fact: string): LogSourceSelector {
  if (fact === 'open') return { category: 'fifo_open' }
  return fact === 'bus' ? { service: 'dbus' } : {}
}

/** Fields that are made of several events, where no record has them. */
export function isMade(field: string): boolean {
  return (
    lineageFields.includes(field) ||
    sometimesFields.includes(field) ||
    rarityFields.has(field) ||
    field === cycleField
  )
}

/** Does what the measure gives meet the need? */
export function serves(measure: Measure, need: Need): boolean {
  const { logSource, eventIds } = need.demand
  const { product, category, service } = logSource
  if (measure.platform !== 'any' && product && product !== measure.platform)
    return false
  if (measure.platform === 'any')
    return (
      category !== undefined && (measure.categories ?? []).includes(category)
    )
  if (service !== undefined && service !== measure.service) return false
  if (category !== undefined && !categoriesOf(measure).includes(category))
    return false
  if (eventIds && !measure.ids?.some((id) => eventIds.includes(id))) {
    // An id of the Windows log; other logs have none.
    return false
  }
  if (category === undefined && service === undefined && !eventIds) {
    // Of any source of a system: what names the calls that are asked for.
    const calls = need.condition && textsAsked(need.condition, 'SyscallName')
    if (!calls || measure.means !== 'audit-rules') return false
  }
  return holdsOn(measure, need) && isNamed(measure, need)
}

export function categoriesOf(m: Measure): readonly string[] {
  if (m.means === 'eslogger')
    return entryOf(endpointSecurityEvents, m.event)?.categories ?? []
  if (m.categories) return m.categories
  return knownEvents
    .filter((e) => e.service === m.service && m.ids?.includes(Number(e.id)))
    .flatMap((e) => e.categories)
}

/** Of events whose fields are listed: could the condition hold on one? */
function holdsOn(m: Measure, { condition }: Need): boolean {
  if (!condition) return true
  if (m.platform !== 'windows') {
    const filler = fillers[m.service ?? '']
    return !filler || couldHold(condition, (field) => fills(filler, field))
  }
  const events = knownEvents.filter(
    (e) => e.service === m.service && m.ids?.includes(Number(e.id)) && e.own,
  )
  if (!events.length) return true
  return events.some(({ own, added }) => {
    const has = new Set([...own!, ...added])
    return couldHold(condition, (field) => has.has(field))
  })
}

/** By log source, who fills fields, as the schema calls it; of Windows it is told by event. */
const fillers: Readonly<Record<string, string>> = {
  auditd: 'auditd',
  sysmon: 'sysmon',
  endpointsecurity: 'endpointsecurity',
  ipcwatch: 'live',
}

/** A name that is not in the schema is a provider's own: not known to be missing. */
function fills(filler: string, field: string): boolean {
  const row: FieldRow | undefined = (schema as Record<string, FieldRow>)[field]
  return !row || namesIn(row.sources).includes(filler)
}

/** On an event that has those fields alone. */
export function couldHold(
  condition: Predicate,
  has: (field: string) => boolean,
): boolean {
  const missing = [...fieldsOf(condition)].filter((f) => !has(f) && !isMade(f))
  return canHoldWithout(condition, new Set(missing))
}

/** Audit rules name calls and places: those that the rule asks about, where it does. */
function isNamed(m: Measure, { condition }: Need): boolean {
  if (m.means !== 'audit-rules' || !condition) return true
  const calls = textsAsked(condition, 'SyscallName')
  const audited = m.lines.flatMap(
    (l) => /-S (\S+)/.exec(l)?.[1]?.split(',') ?? [],
  )
  if (calls && audited.length && !audited.some((c) => calls.has(c)))
    return false
  const places = m.lines.flatMap((l) => /(?:-w |dir=)(\S+)/.exec(l)?.[1] ?? [])
  const files = [...leaves(condition)]
    .filter((l) => 'field' in l && l.field === 'TargetFilename')
    .map((l) => JSON.stringify(l))
  if (!places.length || !files.length || !m.categories?.includes('file_event'))
    return true
  return places.some((p) => {
    const last = p.slice(p.lastIndexOf('/') + 1)
    return files.some((f) => f.includes(last))
  })
}

/** Is the event one that the need means? */
export function isMet(
  { demand }: Need,
  source: Parameters<typeof conflicts>[1],
  id: string,
): boolean {
  if (conflicts(demand.logSource, source)) return false
  // What is not known of a source is no sign that it is there.
  if (demand.logSource.category !== undefined && source.category === undefined)
    return false
  return !demand.eventIds || !id || demand.eventIds.includes(Number(id))
}
