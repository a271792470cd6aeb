// `scan`: paths in, findings out. Rules are loaded while threads start, events meet rules where there is a thread for them, and what
// the threads give is put together by collectors; then each rule has its verdict.
import type { LocalTimes } from '../../base/local-time.ts'
import { didYouMean } from '../../base/did-you-mean.ts'
import type { Diagnostic } from '../../base/diagnostic.ts'
import { hostTest } from '../../base/host-test.ts'

import type { Baseline } from '../../enrich/rarity/baseline.ts'
import { cycleField, noSchedule } from '../../enrich/schedule/fields.ts'
import type { ScheduleConfig } from '../../enrich/schedule/schedule.ts'

import type { RuleSources } from '../../content/load.ts'
import type { RefusedRule } from '../../rule-text/loaded.ts'

import { alsoNamed } from '../../findings/also-named.ts'
import type { WrittenFinding } from '../../findings/written.ts'

import { FindingsCollector } from '../collectors/findings.ts'
import { Collectors } from '../collectors/index.ts'
import { Input, type InputListener } from '../input.ts'
import { timeAskers } from '../rules/asked-time.ts'
import { detections, type RuleSelection } from '../rules/selection.ts'
import {
  type CaptureRequest,
  type Capturing,
  openCapture,
} from '../scripts/capture.ts'
import { type Met, withMade } from '../stations/met.ts'
import type { Part } from '../stations/station.ts'
import { openJoin } from './join.ts'
import {
  collectorsOf,
  countingJob,
  jobOf,
  metasOf,
  restatements,
} from './parts.ts'
import {
  type RulesInForce,
  rulesInForce,
  type Silencing,
} from './rules-in-force.ts'
import { countShared } from './shared-events.ts'
import {
  byLevel,
  type ScanOutcome,
  type ScanSummary,
  summaryOf,
  untimedNotes,
} from './summary.ts'
import { techniqueCoverage } from './technique-coverage.ts'
import { verdictsOf } from './verdict.ts'

export interface ScanRequest {
  readonly paths: readonly string[]
  readonly rules: RuleSources
  readonly selection: RuleSelection
  readonly since?: number
  readonly until?: number
  readonly hosts: readonly string[]
  readonly index: boolean
  readonly routing: boolean
  /** 0: the calling thread. undefined: by the size of the input and the processors there are. */
  readonly workers?: number
  /** Tried on what is encrypted. */
  readonly passwords?: readonly string[]
  /** As in InputRequest. */
  readonly localTimes?: LocalTimes
  /** Scripts that events name are read, and kept; absent: they are not looked for. */
  readonly capture?: CaptureRequest
  /** By what it is said what is rare; absent: by what the input itself holds. */
  readonly baseline?: Baseline
  /** By what it is said what is out of cycle; absent: nothing is. */
  readonly schedule?: ScheduleConfig
  /** Files and folders with suppressions. */
  readonly suppressions?: readonly string[]
  /** What now() means in searches, and by which suppressions are over, in milliseconds since 1970; by default the clock. */
  readonly now?: number
}

export interface ScanProgress {
  readonly bytes: number
  readonly totalBytes: number
  readonly events: number
  readonly findings: number
}

export interface ScanListener {
  /** All come in order of time. */
  finding(finding: WrittenFinding): void
  diagnostic(diagnostic: Diagnostic): void
  problem(message: string): void
  /** What was read otherwise than it is written; absent: told as problems are. */
  readonly note?: (message: string) => void
  /** Files, while they are listed: before anything is read. */
  listed?(files: number): void
  progress(progress: ScanProgress): void
}

export async function scan(
  request: ScanRequest,
  listener: ScanListener,
  signal: AbortSignal,
): Promise<ScanSummary> {
  const started = performance.now()
  const unusable: string[] = []
  const capturing =
    request.capture && (await openCapture(request.capture, request.paths))
  let findings: FindingsCollector | undefined
  const heard: InputListener = {
    // Until rules are loaded it waits: what is wrong with them is said first.
    unusable: (message) => {
      unusable.push(message)
      if (findings) listener.problem(message)
    },
    ...forwarded(listener),
    progress: (reading) =>
      listener.progress({
        ...reading,
        totalBytes: input.bytes,
        findings: findings?.total ?? 0,
      }),
  }
  const input = await Input.open(request, heard, signal)
  try {
    const inForce = await rulesFor(request, listener)
    for (const message of unusable) listener.problem(message)
    const ready = performance.now()
    findings = new FindingsCollector(
      metasOf(inForce),
      underAllNames(listener, input),
      restatements(inForce),
      { suppressor: inForce.suppressor },
    )
    const all = { input, inForce, request, findings, capturing }
    const met = await readAll(all, listener, signal)
    const summary = summaryOf({
      ...judged(inForce, met, findings, listener),
      totals: input.totals,
      unusable: unusable.length,
      strangeHosts: strangers(request.hosts, input.totals.hostNames),
      interrupted: signal.aborted,
      load: (ready - started) / 1000,
      scan: (performance.now() - ready) / 1000,
    })
    const note = listener.note ?? listener.problem
    for (const words of untimedNotes(summary.untimed)) note(words)
    return summary
  } finally {
    input.close()
  }
}

async function rulesFor(
  request: ScanRequest,
  { diagnostic }: ScanListener,
): Promise<RulesInForce> {
  const { rules, selection } = request
  return await rulesInForce(rules, selection, diagnostic, silencingOf(request))
}

/** What is said of the input goes on as it is. */
function forwarded(listener: ScanListener) {
  return {
    problem: (message: string) => listener.problem(message),
    ...(listener.note && { note: listener.note }),
    listed: (files: number) => listener.listed?.(files),
  }
}

/** A finding goes out with all names of its files. */
function underAllNames(
  listener: ScanListener,
  { otherNames }: Input,
): Pick<ScanListener, 'problem' | 'finding'> {
  return {
    problem: (message) => listener.problem(message),
    finding: (written) => listener.finding(alsoNamed(written, otherNames)),
  }
}

function silencingOf({ suppressions = [], now }: ScanRequest): Silencing {
  return { paths: suppressions, clock: () => now ?? Date.now() }
}

/** What can be said of each rule, and of all. */
function judged(
  inForce: RulesInForce,
  met: Met,
  { counts, told }: FindingsCollector,
  listener: ScanListener,
): Pick<
  ScanOutcome,
  | 'verdicts'
  | 'asksTime'
  | 'coverage'
  | 'refused'
  | 'findings'
  | 'suppressed'
  | 'inside'
> {
  const { rules, searches, suppressor, failed } = inForce
  const picking = new Set(searches.map((s) => s.meta.id))
  const unjudged = new Set(failed.map((r) => r.id))
  const verdicts = verdictsOf(rules, met, counts, picking).filter(
    (v) => !unjudged.has(v.id),
  )
  return {
    verdicts,
    asksTime: timeAskers(rules, searches),
    coverage: techniqueCoverage(rules, verdicts),
    refused: [
      ...inForce.refused,
      ...unrunnable(inForce, met, listener),
      ...failed,
    ],
    findings: byLevel(rules, told),
    suppressed: suppressor?.counts() ?? [],
    inside: met.inside,
  }
}

interface Prepared {
  readonly input: Input
  readonly inForce: RulesInForce
  readonly request: ScanRequest
  readonly findings: FindingsCollector
  readonly capturing: Capturing | undefined
}

async function readAll(
  { input, inForce, request, findings, capturing }: Prepared,
  listener: ScanListener,
  signal: AbortSignal,
): Promise<Met> {
  const { index, routing, hosts, since, until } = request
  const { baseline, schedule } = request
  const join = await openJoin(inForce.rules, {
    judging: baseline && { by: 'baseline', baseline },
    capturing,
    schedule,
  })
  const how = {
    index,
    routing,
    hosts,
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
  }
  const job = jobOf(inForce, how, join, input.repeats ? 'late' : 'always')
  const now = (request.now ?? Date.now()) / 1000
  const open = collectorsOf(inForce, now, join)
  const note = (message: string) => listener.problem(message)
  const track = join?.track(job)
  const collectors = new Collectors({
    open,
    findings,
    note,
    ...(track && { track }),
  })
  const take = (parts: readonly Part[]) => collectors.take(parts)
  const met = await input.read(job, take, signal)
  const overlapping = input.totals.overlaps()
  await input.rest()
  // Most scans come by nothing that may be rare, and read once; others read again what stands before the first that may.
  const awaited = input.repeats ? (join?.awaited() ?? []) : []
  if (awaited.length && !signal.aborted) {
    await input.readUncounted(countingJob(awaited, how), take, signal)
    await input.rest()
  }
  collectors.advance(Number.POSITIVE_INFINITY)
  const all =
    join && track
      ? withMade(met, track.met(), join.places, join.unknown())
      : met
  await countShared(input, overlapping, signal)
  return schedule ? all : withoutSchedule(all)
}

function withoutSchedule(met: Met): Met {
  const unknown = new Map([...(met.unknown ?? []), [cycleField, noSchedule]])
  return { ...met, unknown }
}

/** Hosts that were asked for and that no event is of, each with what is nearest. */
function strangers(
  wanted: readonly string[],
  seen: ReadonlySet<string>,
): string[] {
  return wanted.flatMap((name) => {
    if ([...seen].some(hostTest([name]))) return []
    const short = [...seen].map((host) => host.replace(/\..*/, ''))
    const near = didYouMean(name, new Set([...seen, ...short]))
    return `no event is of host "${name}"${near && `; ${near}`}`
  })
}

/** Rules that loaded and that no executor can run. */
function unrunnable(
  { rules }: RulesInForce,
  { refused }: Met,
  listener: ScanListener,
): RefusedRule[] {
  const own = detections(rules)
  return refused.map(({ rule, diagnostic }) => {
    listener.diagnostic(diagnostic)
    const { file = '', title } = own[rule]!.meta
    return { file, title, diagnostics: [diagnostic] }
  })
}
