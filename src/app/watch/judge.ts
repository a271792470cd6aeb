// Rules in force over a stream: the stations and collectors of `scan`, moved by a watermark. What stations make goes into the journal
// before collectors take it, so that others, with the same rules or with new ones, come to where these are.
import type { Event } from '../../event/event.ts'

import type { Diagnostic } from '../../base/diagnostic.ts'

import { demandsOf } from '../../ir/demand.ts'

import type { RuleSources } from '../../content/load.ts'

import type { SuppressionCount } from '../../findings/suppression/suppressor.ts'
import { withRules } from '../../findings/event-findings.ts'

import { baselineOf } from '../baseline/baseline-file.ts'
import { countWindowMs } from '../collectors/counts.ts'
import { FindingsCollector } from '../collectors/findings.ts'
import { Collectors } from '../collectors/index.ts'
import { timeAskers } from '../rules/asked-time.ts'
import { channelsAsked } from '../rules/channels.ts'
import { detections, type RuleSelection } from '../rules/selection.ts'
import { type Join, openJoin } from '../scan/join.ts'
import { type CaptureRequest, openCapture } from '../scripts/capture.ts'
import { scheduleOf } from '../schedule/schedule-file.ts'
import { collectorsOf, jobOf, metasOf, restatements } from '../scan/parts.ts'
import { type RulesInForce, rulesInForce } from '../scan/rules-in-force.ts'
import { askingTime } from '../scan/summary.ts'
import { type RuleVerdict, verdictsOf } from '../scan/verdict.ts'
import type { FindingsPart } from '../stations/findings.ts'
import { openTrack } from '../stations/index.ts'
import { withMade } from '../stations/met.ts'
import type { PromptTrack } from '../stations/prompt-track.ts'
import type { Part } from '../stations/station.ts'
import type { Track } from '../stations/track.ts'
import type { Entry } from './journal.ts'
import { type KeptVerdicts, keptVerdicts, withKept } from './kept-verdicts.ts'

export interface JudgeRequest {
  readonly rules: RuleSources
  readonly selection: RuleSelection
  readonly hosts: readonly string[]
  readonly paths: readonly string[]
  readonly capture?: CaptureRequest
  /** The file by which it is said what is rare; a stream itself has no end at which all of it has been counted. */
  readonly baseline?: string
  /** The file by which it is said what is out of cycle. */
  readonly schedule?: string
  /** Files and folders with suppressions. */
  readonly suppressions?: readonly string[]
}

export interface JudgeListener {
  /** As JSON, without a line break. One that was told before may come again, with the same id. */
  finding(line: string): void
  diagnostic(diagnostic: Diagnostic): void
  problem(message: string): void
}

/** Where rules ask for edges or lineage: who joins them, and where made events meet rules. */
interface Joining {
  readonly join?: Join
  readonly made?: Track
  readonly prompt?: PromptTrack | undefined
}

const noBaseline = {
  by: 'nothing',
  why: 'a watch was given no baseline: see "ipcwatch baseline"',
} as const

/** Milliseconds of event time that any collector may look back beyond the windows of correlations. */
const lookBackMs = 5 * 60_000

export class Judge {
  readonly inForce: RulesInForce
  readonly #track: Track
  readonly #collectors: Collectors
  readonly #findings: FindingsCollector
  readonly #joining: Joining
  /** Ids of rules as parts number them. */
  readonly ids: readonly string[]
  /** Of the event log of Windows, that rules ask for. */
  readonly channels: readonly string[]
  readonly #timeAskers: ReadonlySet<string>
  #isMuted = false
  #kept: KeptVerdicts = new Map()

  private constructor(
    inForce: RulesInForce,
    track: Track,
    joining: Joining,
    listener: JudgeListener,
  ) {
    this.inForce = inForce
    this.#timeAskers = timeAskers(inForce.rules, inForce.searches)
    this.#track = track
    this.#joining = joining
    this.ids = detections(inForce.rules).map((r) => r.meta.id)
    this.channels = channelsAsked(demandsOf(detections(inForce.rules)))
    this.#findings = new FindingsCollector(
      metasOf(inForce),
      {
        finding: (written) => {
          if (!this.#isMuted) listener.finding(written.text())
        },
        problem: (message) => listener.problem(message),
      },
      restatements(inForce),
      { waits: false, suppressor: inForce.suppressor },
    )
    this.#collectors = new Collectors({
      open: collectorsOf(inForce, Date.now() / 1000, joining.join),
      findings: this.#findings,
      track: joining.made ?? track,
      prompt: joining.prompt,
      note: (message) => listener.problem(message),
    })
  }

  static async open(
    {
      rules,
      selection,
      hosts,
      baseline,
      schedule: file,
      paths,
      capture,
      suppressions = [],
    }: JudgeRequest,
    listener: JudgeListener,
  ): Promise<Judge> {
    const inForce = await rulesInForce(
      rules,
      selection,
      (d) => listener.diagnostic(d),
      { paths: suppressions, clock: Date.now },
    )
    const how = { index: true, routing: true, hosts }
    const capturing = capture && (await openCapture(capture, paths, true))
    const judging =
      baseline === undefined
        ? noBaseline
        : { by: 'baseline' as const, baseline: baselineOf(baseline) }
    const schedule =
      file === undefined
        ? undefined
        : scheduleOf(file, (d) => listener.diagnostic(d))
    const join = await openJoin(inForce.rules, {
      judging,
      capturing,
      schedule,
      isEndless: true,
    })
    const job = jobOf(inForce, how, join)
    const joining = join
      ? { join, made: join.track(job), prompt: join.prompt?.(job) }
      : {}
    return new Judge(inForce, await openTrack(job), joining, listener)
  }

  get fired(): ReadonlyMap<string, number> {
    return this.#findings.told
  }

  /** Rules that are the same keep what they met under that judge. */
  follows(before: Judge): void {
    this.#kept = keptVerdicts(before.verdicts(), before.inForce, this.inForce)
  }

  /** What each rule could say so far. */
  verdicts(): readonly RuleVerdict[] {
    const { rules, searches } = this.inForce
    const { join, made } = this.#joining
    const met = this.#track.met()
    const verdicts = verdictsOf(
      rules,
      join && made
        ? withMade(met, made.met(), join.places, join.unknown())
        : met,
      this.#findings.counts,
      new Set(searches.map((s) => s.meta.id)),
    )
    return withKept(verdicts, this.#kept)
  }

  /** Rules that met something and cannot judge an event without a time. */
  askingTime(): { readonly id: string; readonly title: string }[] {
    return askingTime(this.verdicts(), this.#timeAskers)
  }

  /** Of each suppression. */
  get suppressed(): readonly SuppressionCount[] {
    return this.inForce.suppressor?.counts() ?? []
  }

  /** How far back what was made of events can still matter, in milliseconds of event time. */
  get horizonMs(): number {
    const windows = this.inForce.rules.map((r) =>
      r.kind === 'correlation'
        ? r.windowMs
        : r.meta.counted
          ? countWindowMs
          : 0,
    )
    return 2 * windows.reduce((a, b) => Math.max(a, b), 0) + lookBackMs
  }

  meet(event: Event): void {
    this.#track.meet(event)
  }

  drain(): readonly Part[] {
    return this.#track.drain()
  }

  take(parts: readonly Part[], watermark: number): void {
    this.#collectors.take(parts)
    this.#collectors.advance(watermark)
  }

  /** Comes to where the one that wrote the journal was. What it tells was told before, or is new by new rules. */
  replay(entries: Iterable<Entry>): void {
    let numbers: readonly number[] = []
    this.#isMuted = false
    for (const entry of entries) {
      switch (entry.kind) {
        case 'rules':
          numbers = entry.ids.map((id) => this.ids.indexOf(id))
          break
        case 'batch': {
          const parts = entry.parts.flatMap((p) => renumbered(p, numbers) ?? [])
          this.#isMuted = entry.told === true
          this.take(parts, entry.watermark)
          break
        }
      }
    }
    this.#isMuted = false
  }
}

/** Rules may have changed since: findings of one that is gone are left out. */
function renumbered(part: Part, numbers: readonly number[]): Part | undefined {
  if (part.kind !== 'findings') return part
  if (numbers.every((n, i) => n === i)) return part
  const kept = withRules(part as FindingsPart, numbers)
  const changed: FindingsPart | undefined = kept && {
    kind: 'findings',
    ...kept,
  }
  return changed
}
