// Does the content hold what it promises? Each rule folder carries events on which its rule must fire (`fires/`), look-alikes on
// which it must stay silent (`silent/`) and abuse that it admits to miss (`gaps/`: a gap that fires is none, and its page is wrong);
// this runs them through the whole road, readers included.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

import type { Diagnostic } from '../../base/diagnostic.ts'

import type { Baseline } from '../../enrich/rarity/baseline.ts'
import type { ScheduleConfig } from '../../enrich/schedule/schedule.ts'

import { reasonOf } from '../../readers/regular-file.ts'

import { scheduleOf } from '../schedule/schedule-file.ts'
import { baselineOf } from '../baseline/baseline-file.ts'
import { scan } from './scan.ts'

/** The folders of evidence beside a rule; gaps alone may be absent. */
const evidenceKinds = ['fires', 'silent', 'gaps'] as const

type EvidenceKind = (typeof evidenceKinds)[number]

export interface EvidenceResult {
  readonly rule: string
  readonly file: string
  readonly expected: EvidenceKind
  readonly ok: boolean
  /** What was seen instead. */
  readonly found: string
}

/**
 * Folders below `root` that hold a rule; a folder without evidence of both kinds is a failed result of its own. Gives back
 * why nothing could be tested, where nothing was.
 */
export async function checkEvidence(
  root: string,
  onResult: (result: EvidenceResult) => void,
): Promise<string | undefined> {
  let rules: readonly string[]
  try {
    rules = [...ruleFiles(root)]
  } catch (error) {
    return `no rules at "${root}": ${reasonOf(error)}`
  }
  for (const rule of rules) {
    for (const expected of evidenceKinds) {
      const dir = join(dirname(rule), expected)
      const files = existsSync(dir) ? readdirSync(dir).sort() : []
      if (!files.length && expected !== 'gaps') {
        onResult({ rule, file: dir, expected, ok: false, found: 'no evidence' })
      }
      for (const name of files) {
        onResult(await checkPiece(rule, join(dir, name), expected))
      }
    }
  }
  return rules.length
    ? undefined
    : `no rules at "${root}": no folder below it holds a rule.yml or rule.spl with fires/ and silent/ beside it${flatHint(root)}`
}

/** Rules without evidence lie as people have them: they cannot be tested so, but looked at. */
function flatHint(root: string): string {
  const isFlat = readdirSync(root).some((name) => /\.(?:ya?ml|spl)$/.test(name))
  return isFlat
    ? `; for rules without evidence there are "ipcwatch rules lint ${root}" and "ipcwatch rules coverage --rules ${root} LOGS"`
    : ''
}

/** One piece of evidence, wherever it lies, by the rule in that file. */
export async function checkPiece(
  rule: string,
  file: string,
  expected: EvidenceKind,
): Promise<EvidenceResult> {
  const problems: string[] = []
  const schedule = scheduleBeside(rule, (d) => problems.push(d.message))
  const baseline = baselineBeside(rule, (why) => problems.push(why))
  const summary = await scan(
    {
      paths: [file],
      rules: { paths: [rule], builtin: false },
      selection: { rules: [], techniques: [] },
      hosts: [],
      index: true,
      routing: true,
      workers: 0,
      ...(schedule && { schedule }),
      ...(baseline && { baseline }),
    },
    {
      finding() {},
      diagnostic: (d) => problems.push(d.message),
      problem: (p) => problems.push(p),
      note: () => {},
      progress() {},
    },
    new AbortController().signal,
  )
  const findings = Object.values(summary.findings).reduce((a, b) => a + b, 0)
  if (summary.events === 0) problems.push('no event read')
  // A look-alike that the rule never met proves nothing.
  const met = summary.rules.blind.length === 0
  if (expected === 'silent' && !met) {
    problems.push(`blind: ${summary.rules.blind[0]!.why}`)
  }
  const right = expected === 'fires' ? findings > 0 : findings === 0
  // A gap may be one because the rule could not judge.
  const sound = expected === 'gaps' ? summary.events > 0 : !problems.length
  const found = [
    `${findings} findings in ${summary.events} events`,
    ...problems,
  ].join('; ')
  return { rule, file, expected, ok: right && sound, found }
}

/** A rule on what is rare has what is usual where its evidence comes from. */
function baselineBeside(
  rule: string,
  problem: (why: string) => void,
): Baseline | undefined {
  const path = join(dirname(rule), 'with', 'baseline.ndjson')
  if (!existsSync(path)) return undefined
  try {
    return baselineOf(path)
  } catch (error) {
    problem((error as Error).message)
    return undefined
  }
}

/** A rule on what is out of cycle has the schedule of its evidence in `with/` beside it. */
function scheduleBeside(
  rule: string,
  diagnostic: (d: Diagnostic) => void,
): ScheduleConfig | undefined {
  const path = join(dirname(rule), 'with', 'schedule.yml')
  return existsSync(path) ? scheduleOf(path, diagnostic) : undefined
}

function* ruleFiles(dir: string): Generator<string> {
  if (statSync(dir).isFile()) {
    yield dir
    return
  }
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    const path = join(dir, entry.name)
    if (entry.isDirectory()) {
      if (!isEvidence(entry.name) && entry.name !== 'with')
        yield* ruleFiles(path)
    } else if (/^rule\.(ya?ml|spl)$/.test(entry.name)) yield path
  }
}

function isEvidence(name: string): boolean {
  return evidenceKinds.some((kind) => kind === name)
}
