// `scan`: paths in, findings out. Rules are loaded once, files are cut into pieces, pieces are read where there is a thread for them,
// and what they give is put together here: twins, correlations, verdicts.
import type { Diagnostic } from '../../base/diagnostic.ts'

import type { Level, Rule } from '../../ir/rule.ts'
import { levels } from '../../ir/rule.ts'
import type { SearchRule } from '../../ir/search.ts'

import { findingLine } from '../../findings/assemble.ts'

import { loadRules, type RuleSources } from '../../content/load.ts'
import type { RefusedRule } from '../../rule-text/loaded.ts'

import type { Batch, Piece, PieceReport, Reading } from '../reading/batch.ts'
import { Correlation } from './correlate.ts'
import type { EngineAccount } from '../work/account.ts'
import type { EngineConfig } from '../work/engine.ts'
import { planPieces } from '../reading/pieces.ts'
import { runPieces, Threads, workersFor } from '../work/pool.ts'
import { SearchFeed, splitSearches } from './search-feed.ts'
import {
  detections,
  type RuleSelection,
  selectRules,
  selectSearches,
} from '../rules/selection.ts'
import { troublesOf } from '../reading/source-account.ts'
import { refusalText, type ScanSummary, Totals } from './summary.ts'
import { verdictsOf } from './verdict.ts'
import { joinTwins } from './twins.ts'

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
  /** What now() means in searches, in milliseconds since 1970; by default the clock. */
  readonly now?: number
}

export interface ScanProgress {
  readonly bytes: number
  readonly totalBytes: number
  readonly events: number
  readonly findings: number
}

export interface ScanListener {
  /** Findings as NDJSON lines with their breaks. */
  lines(lines: string): void
  diagnostic(diagnostic: Diagnostic): void
  problem(message: string): void
  progress(progress: ScanProgress): void
}

/** Candidates for twins wait in memory; over this many they are joined and let go. */
const maxWaitingTwins = 10_000

export async function scan(
  request: ScanRequest,
  listener: ScanListener,
  signal: AbortSignal,
): Promise<ScanSummary> {
  const started = performance.now()
  const unusable: string[] = []
  const { pieces } = await planPieces(request.paths, (p) => unusable.push(p))
  const totalBytes = pieces.reduce((sum, p) => sum + p.bytes, 0)
  // Other threads load their code while this one loads the rules.
  const threads = new Threads(request.workers ?? workersFor(totalBytes))
  try {
    return await scanPieces(
      request,
      { pieces, totalBytes, unusable, threads, started },
      listener,
      signal,
    )
  } finally {
    threads.stop()
  }
}

interface Prepared {
  readonly pieces: readonly Piece[]
  readonly totalBytes: number
  readonly unusable: readonly string[]
  readonly threads: Threads
  readonly started: number
}

async function scanPieces(
  request: ScanRequest,
  { pieces, totalBytes, unusable, threads, started }: Prepared,
  listener: ScanListener,
  signal: AbortSignal,
): Promise<ScanSummary> {
  const loaded = await loadRules(request.rules)
  for (const d of loaded.diagnostics) {
    if (d.severity === 'error') listener.diagnostic(d)
  }
  for (const r of loaded.refused)
    for (const d of r.diagnostics) listener.diagnostic(d)
  const searches = splitSearches(
    selectSearches(loaded.searches, request.selection),
  )
  const unfit = searches.unfit.map(refuseUnfit)
  for (const r of unfit) for (const d of r.diagnostics) listener.diagnostic(d)
  const rules = [
    ...selectRules(loaded.rules, request.selection),
    ...searches.rules,
  ]
  const ready = performance.now()

  const run = new Run(
    rules,
    new SearchFeed(searches.fed, (request.now ?? Date.now()) / 1000),
    listener,
  )
  for (const message of unusable) run.unusable(message)
  run.totalBytes = totalBytes
  const config: EngineConfig = {
    rules,
    index: request.index,
    routing: request.routing,
    fed: searches.fed.map((s) => s.meta.id),
    hosts: request.hosts.map((h) => h.toLowerCase()),
    ...(request.since !== undefined && { since: request.since }),
    ...(request.until !== undefined && { until: request.until }),
  }
  const account = await runPieces(
    { kind: 'scan', ...config },
    threads,
    pieces,
    run,
    signal,
  )
  run.finish()
  const ownRules = detections(rules)
  const unrunnable = account.refused.map(({ rule, diagnostic }) => ({
    file: ownRules[rule]!.meta.file ?? '',
    title: ownRules[rule]!.meta.title,
    diagnostics: [diagnostic],
  }))
  for (const r of unrunnable) {
    for (const d of r.diagnostics) listener.diagnostic(d)
  }
  const done = performance.now()
  return run.summary(account, [...loaded.refused, ...unfit, ...unrunnable], {
    interrupted: signal.aborted,
    load: (ready - started) / 1000,
    scan: (done - ready) / 1000,
  })
}

/** Puts together what the pieces give. */
class Run {
  readonly #rules: readonly Rule[]
  readonly #ids: readonly string[]
  readonly #listener: ScanListener
  readonly #counts = new Map<string, number>()
  readonly #totals = new Totals()
  #unusable = 0
  #twins: Batch['twins'][number][] = []
  readonly #correlation: Correlation
  readonly #searches: SearchFeed
  #found = 0
  #reading: Reading | undefined
  totalBytes = 0

  constructor(
    rules: readonly Rule[],
    searches: SearchFeed,
    listener: ScanListener,
  ) {
    this.#rules = rules
    this.#searches = searches
    this.#ids = detections(rules).map((r) => r.meta.id)
    this.#listener = listener
    this.#correlation = new Correlation(
      rules.filter((r) => r.kind === 'correlation'),
    )
  }

  unusable(message: string): void {
    this.#unusable++
    this.#listener.problem(message)
  }

  batch(batch: Batch): void {
    const { counts } = batch
    for (let i = 0; i < counts.length; i += 2) {
      this.#count(this.#ids[counts[i]!]!, counts[i + 1]!)
    }
    if (batch.lines) this.#listener.lines(batch.lines)
    if (batch.reading) {
      this.#reading = batch.reading
      this.#tell()
    }
    this.#twins.push(...batch.twins)
    for (const base of batch.bases) this.#correlation.add(base)
    for (const fed of batch.fed) this.#searches.add(fed)
    if (this.#twins.length >= maxWaitingTwins) this.#letTwinsGo()
  }

  done(piece: Piece, report: PieceReport): void {
    this.#totals.add(piece.path, report)
    for (const source of report.sources) {
      for (const t of troublesOf(source)) this.#listener.problem(t)
    }
    this.#reading = undefined
    this.#tell()
  }

  #tell(): void {
    this.#listener.progress({
      bytes: this.#totals.bytes + (this.#reading?.bytes ?? 0),
      totalBytes: this.totalBytes,
      events: this.#totals.events + (this.#reading?.events ?? 0),
      findings: this.#found,
    })
  }

  finish(): void {
    this.#letTwinsGo()
    for (const late of [this.#correlation.finish(), this.#searches.finish()]) {
      for (const note of late.notes) this.#listener.problem(note)
      for (const [id, n] of late.counts) this.#count(id, n)
      if (late.lines) this.#listener.lines(late.lines)
    }
  }

  #letTwinsGo(): void {
    const joined = joinTwins(this.#twins)
    this.#twins = []
    let lines = ''
    for (const { rule, finding } of joined) {
      this.#count(rule, 1)
      lines += `${findingLine(finding)}\n`
    }
    if (lines) this.#listener.lines(lines)
  }

  #count(rule: string, n: number): void {
    this.#found += n
    this.#counts.set(rule, (this.#counts.get(rule) ?? 0) + n)
  }

  summary(
    account: EngineAccount,
    refused: readonly RefusedRule[],
    run: { interrupted: boolean; load: number; scan: number },
  ): ScanSummary {
    const t = this.#totals
    const verdicts = verdictsOf(
      this.#rules,
      account,
      this.#counts,
      this.#searches.ids,
    )
    const byLevel: Partial<Record<Level, number>> = {}
    const levelOf = new Map(this.#rules.map((r) => [r.meta.id, r.meta.level]))
    for (const level of levels.toReversed()) {
      let found = 0
      for (const [id, n] of this.#counts) {
        if (levelOf.get(id) === level) found += n
      }
      if (found) byLevel[level] = found
    }
    return {
      files: t.files.size,
      sources: t.sources,
      bytes: t.bytes,
      events: t.events,
      skipped: t.skipped,
      formats: t.formats,
      shapes: t.shapes,
      earliest: Number.isFinite(t.earliest)
        ? new Date(t.earliest).toISOString()
        : null,
      latest: Number.isFinite(t.latest)
        ? new Date(t.latest).toISOString()
        : null,
      hosts: t.hosts,
      damaged: t.damaged,
      lost: t.lost,
      unknown: t.unknown,
      unknownShapes: t.unknownShapes,
      problems: t.problems,
      unusable: this.#unusable,
      rules: {
        loaded: verdicts.length,
        refused: refused.map(refusalText),
        fired: verdicts.filter((v) => v.verdict.kind === 'fired').length,
        quiet: verdicts.filter((v) => v.verdict.kind === 'quiet').length,
        blind: verdicts.flatMap(({ id, title, verdict }) =>
          verdict.kind === 'blind' ? [{ id, title, why: verdict.why }] : [],
        ),
      },
      findings: byLevel,
      interrupted: run.interrupted,
      seconds: { load: run.load, scan: run.scan, total: run.load + run.scan },
      peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    }
  }
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
