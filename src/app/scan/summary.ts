// What a scan read, found, and could not see: the numbers behind the closing lines and `--stats`.
import { printDiagnostic } from '../../base/diagnostic.ts'
import { plural } from '../../base/shown.ts'
import { isoTime } from '../../base/time.ts'

import { levels, type Rule } from '../../ir/rule.ts'

import type { CoverageRow } from '../../findings/sinks/sink.ts'
import type { SuppressionCount } from '../../findings/suppression/suppressor.ts'

import type { RefusedRule } from '../../rule-text/loaded.ts'

import type {
  CopiedSource,
  FormatTotals,
  InputTotals,
  SharedSource,
  UnknownShape,
  UntimedSource,
} from '../reading/input-totals.ts'
import type { RuleVerdict } from './verdict.ts'

export interface ScanSummary {
  readonly files: number
  readonly sources: number
  readonly bytes: number
  readonly events: number
  /** Sources whose bytes are those of others: their events are not among `events`. */
  readonly copies: readonly CopiedSource[]
  /** Sources that hold some events of others: they are among `events` once. */
  readonly shared: readonly SharedSource[]
  /** Groups of sources that hold events of each other and are too large to be compared: these are among `events` more than once. */
  readonly notCompared: readonly (readonly string[])[]
  /** Of them: not decoded, since no rule in force could want them. */
  readonly skipped: number
  /** Of them: of a shape that nobody recognises. */
  readonly strange: number
  /** Of them: of telemetry, and without a time, by which some rules could not judge them. */
  readonly untimed: UntimedSummary
  /** Of them: within the time and of the hosts that were asked for, as far as they were decoded; null: all were. */
  readonly inScope: number | null
  /** Hosts that were asked for and that no event is of. */
  readonly strangeHosts: readonly string[]
  readonly formats: Readonly<Record<string, FormatTotals>>
  readonly shapes: readonly string[]
  readonly earliest: string | null
  readonly latest: string | null
  readonly hosts: number
  readonly damaged: number
  readonly lost: number
  /** Sources whose format nobody recognised. */
  readonly unknown: readonly string[]
  readonly unknownShapes: readonly UnknownShape[]
  readonly problems: readonly string[]
  /** Paths that could not be opened, held nothing, or were not read to their end for want of memory. */
  readonly unusable: number
  readonly rules: {
    readonly loaded: number
    readonly refused: readonly { readonly rule: string; readonly why: string }[]
    readonly fired: number
    readonly quiet: number
    readonly blind: readonly {
      readonly id: string
      readonly title: string
      readonly why: string
    }[]
  }
  /** Technique by technique, of each platform: how many rules fired, were quiet, were blind. */
  readonly coverage: readonly CoverageRow[]
  readonly findings: Readonly<Record<string, number>>
  /** Of each suppression: how many findings it silenced; they are not among `findings`. */
  readonly suppressed: readonly SuppressedSummary[]
  readonly interrupted: boolean
  readonly seconds: {
    readonly load: number
    readonly scan: number
    readonly total: number
  }
  readonly peakMemoryBytes: number
}

export interface UntimedSummary {
  readonly events: number
  readonly sources: readonly UntimedSource[]
  /** Rules that met something and could not judge these events. */
  readonly rules: readonly { readonly id: string; readonly title: string }[]
}

export interface SuppressedSummary {
  readonly name: string
  readonly file: string
  readonly line: number
  readonly owner: string
  readonly reason: string
  readonly until: string | null
  /** Nothing is silenced by it any more. */
  readonly isOver: boolean
  readonly findings: number
}

export interface ScanOutcome {
  readonly totals: InputTotals
  readonly unusable: number
  readonly verdicts: readonly RuleVerdict[]
  /** Ids of rules that cannot judge an event without a time. */
  readonly asksTime: ReadonlySet<string>
  readonly coverage: readonly CoverageRow[]
  readonly refused: readonly RefusedRule[]
  readonly findings: Readonly<Record<string, number>>
  readonly suppressed: readonly SuppressionCount[]
  readonly inside: number | undefined
  readonly strangeHosts: readonly string[]
  readonly interrupted: boolean
  /** In seconds. */
  readonly load: number
  readonly scan: number
}

export function summaryOf(outcome: ScanOutcome): ScanSummary {
  const { totals: t, load, scan } = outcome
  return {
    files: t.files.size,
    sources: t.sources,
    bytes: t.bytes,
    events: t.events,
    copies: t.copies,
    shared: t.shared,
    notCompared: t.notCompared,
    skipped: t.skipped,
    strange: t.strange,
    untimed: untimedOf(outcome),
    inScope: outcome.inside ?? null,
    strangeHosts: outcome.strangeHosts,
    formats: t.formats,
    shapes: t.shapes,
    earliest: isoTime(t.earliest),
    latest: isoTime(t.latest),
    hosts: t.hosts,
    damaged: t.damaged,
    lost: t.lost,
    unknown: t.unknown,
    unknownShapes: t.unknownShapes,
    problems: t.problems,
    unusable: outcome.unusable + t.broken,
    rules: rulesOf(outcome),
    coverage: outcome.coverage,
    findings: outcome.findings,
    suppressed: outcome.suppressed.map(suppressedOf),
    interrupted: outcome.interrupted,
    seconds: { load, scan, total: load + scan },
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
  }
}

function untimedOf({
  totals,
  verdicts,
  asksTime,
}: ScanOutcome): UntimedSummary {
  const { untimed: events, untimedSources: sources } = totals
  const rules = events ? askingTime(verdicts, asksTime) : []
  return { events, sources, rules }
}

/** Of the rules that put events in order, those that met any. */
export function askingTime(
  verdicts: readonly RuleVerdict[],
  asksTime: ReadonlySet<string>,
): { readonly id: string; readonly title: string }[] {
  return verdicts.flatMap(({ id, title, verdict }) =>
    asksTime.has(id) && verdict.kind !== 'blind' ? [{ id, title }] : [],
  )
}

/** Rules that are named. */
const maxNamed = 3

/** One a source; none where every rule could judge its events. */
export function untimedNotes({ sources, rules }: UntimedSummary): string[] {
  if (!rules.length) return []
  const titles = rules.slice(0, maxNamed).map(({ title }) => `"${title}"`)
  const more = rules.length - titles.length
  const named = `${titles.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
  return sources.map(
    ({ source, events }) =>
      `${source}: ${plural(events, 'event')} without a time, which rules that put events in order did not judge: ${named} (where only the year is missing, --input-before tells it)`,
  )
}

export function suppressedOf({
  suppression,
  findings,
  isOver,
}: SuppressionCount): SuppressedSummary {
  const { name, file, line, owner, reason, until } = suppression
  const common = { name, file, line, owner, reason, isOver, findings }
  return { ...common, until: isoTime(until) }
}

function rulesOf({ verdicts, refused }: ScanOutcome): ScanSummary['rules'] {
  const count = (kind: RuleVerdict['verdict']['kind']) =>
    verdicts.filter((v) => v.verdict.kind === kind).length
  return {
    loaded: verdicts.length,
    refused: refused.map(refusalText),
    fired: count('fired'),
    quiet: count('quiet'),
    blind: verdicts.flatMap(({ id, title, verdict }) =>
      verdict.kind === 'blind' ? [{ id, title, why: verdict.why }] : [],
    ),
  }
}

function refusalText(r: RefusedRule): { rule: string; why: string } {
  return {
    rule: r.title ?? r.id ?? r.file,
    why: r.diagnostics
      .map((d) => printDiagnostic(d).replace('\n', ''))
      .join('; '),
  }
}

/** How many findings of each level, the gravest first; levels without any are left out. */
export function byLevel(
  rules: readonly Rule[],
  counts: ReadonlyMap<string, number>,
): Record<string, number> {
  const levelOf = new Map(rules.map((r) => [r.meta.id, r.meta.level]))
  const found: Record<string, number> = {}
  for (const level of levels.toReversed()) {
    let n = 0
    for (const [id, count] of counts) if (levelOf.get(id) === level) n += count
    if (n) found[level] = n
  }
  return found
}
