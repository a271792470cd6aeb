// Which rules does a scan use? Those that load and are selected; a search comes as the rules that pick its events.
import { existsSync } from 'node:fs'

import type { Diagnostic } from '../../base/diagnostic.ts'

import type { Rule } from '../../ir/rule.ts'
import { asksPlaces, readsTables, type SearchRule } from '../../ir/search.ts'

import type {
  LookupTable,
  Places,
  Refusal,
} from '../../executors/pipeline/index.ts'

import { loadRules, type RuleSources } from '../../content/load.ts'
import { readLookups } from '../../content/lookups.ts'
import { openPlaces } from '../../content/places.ts'
import type { RuleSet } from '../../content/rule-set.ts'
import type { RefusedRule } from '../../rule-text/loaded.ts'

import type { Suppressor } from '../../findings/suppression/suppressor.ts'

import { boundYoung } from '../reading/heap.ts'
import { type RuleSelection, select } from '../rules/selection.ts'
import { splitSearches } from '../rules/split-searches.ts'
import type { SuppressionsInForce } from '../suppressions/in-force.ts'

export interface RulesInForce {
  readonly rules: readonly Rule[]
  /** Searches with operators; their rules only pick events. */
  readonly searches: readonly SearchRule[]
  /** What these look things up in: the tables beside the rules. */
  readonly tables: ReadonlyMap<string, LookupTable>
  /** The database of places beside the rules, where one is asked for. */
  readonly places?: Places | undefined
  readonly refused: readonly RefusedRule[]
  /** Searches that could not be run to their end, as that comes to light. */
  readonly failed: RefusedRule[]
  /** What silences findings; undefined: nothing was asked to. */
  readonly suppressor: Suppressor | undefined
}

export interface Silencing {
  /** Files and folders with suppressions. */
  readonly paths: readonly string[]
  /** Milliseconds since 1970. */
  readonly clock: () => number
}

/** `diagnostic` hears of what could not be loaded, and why. */
export async function rulesInForce(
  sources: RuleSources,
  selection: RuleSelection,
  diagnostic: (d: Diagnostic) => void,
  silencing?: Silencing,
): Promise<RulesInForce> {
  const loaded = await loadRules(sources)
  boundYoung()
  for (const d of loaded.diagnostics) if (d.severity === 'error') diagnostic(d)
  const selected = select(loaded, selection)
  const { rules, fed, unfit } = splitSearches(selected.searches)
  const refused = [...loaded.refused, ...unfit.map(refuseUnfit)]
  for (const r of refused) for (const d of r.diagnostics) diagnostic(d)
  const all = [...selected.rules, ...rules]
  const silent = silencing?.paths.length
    ? await openSilencing(silencing, loaded, diagnostic)
    : undefined
  return {
    rules: silent?.showing(all) ?? all,
    suppressor: silent?.suppressor,
    searches: fed,
    ...(await outsideOf(fed, sources.paths, diagnostic)),
    refused,
    failed: [],
  }
}

async function openSilencing(
  { paths, clock }: Silencing,
  { rules, searches }: RuleSet,
  diagnostic: (d: Diagnostic) => void,
): Promise<SuppressionsInForce> {
  const { suppressionsInForce } = await import('../suppressions/in-force.ts')
  const metas = [...rules, ...searches].map((r) => r.meta)
  return await suppressionsInForce(paths, metas, clock, diagnostic)
}

/** What searches ask besides events. */
async function outsideOf(
  searches: readonly SearchRule[],
  paths: readonly string[],
  diagnostic: (d: Diagnostic) => void,
): Promise<Pick<RulesInForce, 'tables' | 'places'>> {
  const wantPlaces = searches.some((s) => asksPlaces(s.search))
  if (!wantPlaces && !searches.some((s) => readsTables(s.search)))
    return { tables: new Map() }
  // Of a path that is not there it was said that no rules are.
  const { tables, databases, problems } = await readLookups(
    paths.filter(existsSync),
  )
  const opened = wantPlaces ? await openPlaces(databases) : undefined
  for (const message of [...problems, ...(opened?.problems ?? [])])
    diagnostic({ code: 'C003', severity: 'warning', message })
  return { tables, places: opened?.places }
}

export function refuseFailed(
  { meta }: SearchRule,
  { message, hint }: Refusal,
): RefusedRule {
  const { id, title, file } = meta
  const diagnostic: Diagnostic = {
    code: 'X003',
    severity: 'error',
    message,
    hint,
    ...(file !== undefined && { file }),
  }
  return { file: file ?? '', id, title, diagnostics: [diagnostic] }
}

/** In a scan each event is met once, and in several threads. */
function refuseUnfit({ meta }: SearchRule): RefusedRule {
  const diagnostic: Diagnostic = {
    code: 'X002',
    severity: 'error',
    message: `search "${meta.title}" holds another search or reads a table: it cannot run as a rule of a scan`,
    hint: 'run it with ipcwatch hunt --file',
    ...(meta.file !== undefined && { file: meta.file }),
  }
  return { file: meta.file ?? '', title: meta.title, diagnostics: [diagnostic] }
}
