// Would I see it? Each rule saw, can see, or is blind and why: in all, and on each host.
import type { Rule } from '../../ir/rule.ts'

import type { Sight } from '../../findings/sinks/sink.ts'

import { type Measure, measures } from '../../content/visibility.ts'

import type { AnyRule } from '../rules/parts.ts'
import { demandsOfScripts } from '../stations/scripts.ts'
import {
  couldHold,
  isMet,
  type Need,
  type Needs,
  needsOf,
  serves,
} from './asked.ts'
import type { SeenSource } from './seen.ts'

export const sights: readonly Sight[] = ['saw', 'can see', 'blind']

export interface RuleSight {
  readonly rule: AnyRule
  readonly sight: Sight
  /** Of a blind one. */
  readonly why?: string
  /** Measures, by id, that would let it see; of several that give the same, the first. */
  readonly switchOn: readonly string[]
  /** By host. */
  readonly hosts: ReadonlyMap<string, Sight>
}

export interface Told {
  readonly rules: readonly AnyRule[]
  readonly byId: ReadonlyMap<string, Rule>
  /** Hosts of its findings, by id of the rule. */
  readonly fired: ReadonlyMap<string, ReadonlySet<string>>
  /** By id of the rule, from the scan. */
  readonly blind: ReadonlyMap<string, string>
  readonly sources: readonly SeenSource[]
}

export function sightsOf(told: Told): readonly RuleSight[] {
  const hosts = byHost(told.sources)
  return told.rules.map((rule) => sightOf(rule, told, hosts))
}

function byHost(
  sources: readonly SeenSource[],
): ReadonlyMap<string, readonly SeenSource[]> {
  const found = new Map<string, SeenSource[]>()
  for (const s of sources) {
    const known = found.get(s.host)
    if (known) known.push(s)
    else found.set(s.host, [s])
  }
  return found
}

function sightOf(
  rule: AnyRule,
  { byId, fired, blind, sources }: Told,
  hosts: ReadonlyMap<string, readonly SeenSource[]>,
): RuleSight {
  const { id } = rule.meta
  const needs = needsOf(rule, byId)
  const saw = fired.get(id)
  const why = saw ? undefined : blind.get(id)
  const sight = saw ? 'saw' : why === undefined ? 'can see' : 'blind'
  const onHosts = new Map<string, Sight>()
  for (const [host, own] of hosts) {
    const can = why === undefined && areMet(needs, own)
    onHosts.set(host, saw?.has(host) ? 'saw' : can ? 'can see' : 'blind')
  }
  const lacking = sight === 'blind' ? lackingOf(needs, sources) : []
  return {
    rule,
    sight,
    ...(why !== undefined && { why }),
    switchOn: planned(lacking),
    hosts: onHosts,
  }
}

/** What would let a rule see that has nothing yet. */
export function measuresFor(
  rule: AnyRule,
  byId: ReadonlyMap<string, Rule>,
): readonly string[] {
  const { all, any } = needsOf(rule, byId)
  return planned([...all, ...any])
}

function areMet({ all, any }: Needs, sources: readonly SeenSource[]): boolean {
  const met = (need: Need) => isSeen(need, sources)
  return all.every(met) && (any.length === 0 || any.some(met))
}

function lackingOf(
  { all, any }: Needs,
  sources: readonly SeenSource[],
): readonly Need[] {
  const unmet = (need: Need) => !isSeen(need, sources)
  return [...all.filter(unmet), ...(any.some((n) => !unmet(n)) ? [] : any)]
}

function isSeen(need: Need, sources: readonly SeenSource[]): boolean {
  if (need.demand.logSource.category === 'script_action')
    return sources.some(
      ({ logSource, id }) =>
        logSource.service?.includes('script') ||
        demandsOfScripts.some((demand) => isMet({ demand }, logSource, id)),
    )
  return sources.some(
    (s) =>
      isMet(need, s.logSource, s.id) &&
      (!need.condition || couldHold(need.condition, (f) => s.filled.has(f))),
  )
}

function planned(needs: readonly Need[]): readonly string[] {
  const all = measures()
  const found = new Set<string>()
  for (const need of needs) {
    const serving = all.filter((m) => serves(m, need))
    const [first] = serving.filter((m) => !m.fills)
    // Audit rules and events of one log stand beside each other: a need is met by all of them together.
    const together = serving.filter((m) => first && isSameLog(m, first))
    for (const m of together) found.add(m.id)
  }
  return [...found]
}

function isSameLog(m: Measure, first: Measure): boolean {
  if (m === first) return true
  if (m.means !== first.means)
    return m.fills !== undefined && m.service === first.service
  return first.means === 'audit-rules' || first.means === 'eslogger'
}
