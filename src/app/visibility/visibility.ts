// Would I see it? Of telemetry that is there: a scan says which rules fired and which were blind, a second reading on which hosts and days
// which log source was there.
import { fieldsOf } from '../../ir/predicate.ts'
import type { Rule } from '../../ir/rule.ts'

import type { Finding } from '../../findings/finding.ts'

import type { Measure } from '../../content/visibility.ts'

import { readEvents } from '../input.ts'
import { type AnyRule, partsOf } from '../rules/parts.ts'
import { type ScanRequest, scan } from '../scan/scan.ts'
import { platformOf } from '../scan/technique-coverage.ts'
import { SeenSources, type SeenSource } from './seen.ts'
import { type RuleSight, sightsOf } from './sight.ts'
import { type Silence, silencesOf } from './silences.ts'

export interface Visibility {
  readonly rules: readonly RuleSight[]
  readonly sources: readonly SeenSource[]
  readonly silences: readonly Silence[]
  readonly events: number
  /** Of them: of a shape that nobody recognises. */
  readonly strange: number
  /** Paths that could not be read. */
  readonly unusable: number
  readonly problems: number
  /** More kinds of events were there than are told apart. */
  readonly isCut: boolean
  /** Systems whose logs are there: what is to be switched on is for them. Empty: not told. */
  readonly platforms: ReadonlySet<string>
}

export interface VisibilityRequest {
  readonly scan: ScanRequest
  readonly rules: readonly AnyRule[]
  /** Rules that correlations read, by id. */
  readonly byId: ReadonlyMap<string, Rule>
}

export async function visibility(
  { scan: request, rules, byId }: VisibilityRequest,
  problem: (message: string) => void,
  signal: AbortSignal,
): Promise<Visibility> {
  const fired = new Map<string, Set<string>>()
  const summary = await scan(
    request,
    {
      finding: (f) => note(fired, JSON.parse(f.text()) as Finding),
      diagnostic() {},
      problem,
      listed() {},
      progress() {},
    },
    signal,
  )
  const seen = new SeenSources(fieldsAsked(rules, byId))
  // Standard input cannot be read twice: hosts and days are left out.
  const paths = request.paths.filter((p) => p !== '-')
  if (paths.length && !signal.aborted) {
    const silent = { unusable() {}, problem() {}, note() {} }
    await readEvents(paths, (e) => seen.take(e), silent, signal)
  }
  const sources = seen.all()
  return {
    rules: sightsOf({
      rules,
      byId,
      fired,
      blind: new Map(summary.rules.blind.map((b) => [b.id, b.why])),
      sources,
    }),
    sources,
    silences: silencesOf(sources),
    events: summary.events,
    strange: summary.strange,
    unusable: summary.unusable,
    problems:
      summary.problems.length + summary.unknown.length + summary.damaged,
    isCut: seen.isCut,
    platforms: new Set(
      sources.flatMap((s) =>
        s.logSource.product === undefined ? [] : [s.logSource.product],
      ),
    ),
  }
}

/** Of a host that writes nothing: every rule for it is blind. */
export function visibilityOfNothing(
  rules: readonly AnyRule[],
  byId: ReadonlyMap<string, Rule>,
  platform: string,
): Visibility {
  const own = rules.filter((r) =>
    [platform, 'any'].includes(platformOf(r, byId)),
  )
  const why = 'no log of this host is there'
  return {
    rules: sightsOf({
      rules: own,
      byId,
      fired: new Map(),
      blind: new Map(own.map((r) => [r.meta.id, why])),
      sources: [],
    }),
    sources: [],
    silences: [],
    events: 0,
    strange: 0,
    unusable: 0,
    problems: 0,
    isCut: false,
    platforms: new Set([platform]),
  }
}

/** Measures for systems that are there. */
export function isForPlatforms(
  { platform }: Measure,
  { platforms }: Visibility,
): boolean {
  return platforms.size === 0 || platform === 'any' || platforms.has(platform)
}

function note(
  fired: Map<string, Set<string>>,
  { rule, alsoRules, host }: Finding,
): void {
  for (const { id } of [rule, ...(alsoRules ?? [])]) {
    const hosts = fired.get(id) ?? new Set()
    hosts.add(host ?? '')
    fired.set(id, hosts)
  }
}

function fieldsAsked(
  rules: readonly AnyRule[],
  byId: ReadonlyMap<string, Rule>,
): ReadonlySet<string> {
  const parts = rules.flatMap((r) => partsOf(r, byId))
  return new Set(parts.flatMap(({ condition }) => [...fieldsOf(condition)]))
}
