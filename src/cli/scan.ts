// `ipcwatch scan`: was IPC abused here?
import { Command } from 'commander'

import { plural, shownJson } from '../base/shown.ts'
import type { Zone } from '../base/zone.ts'

import type { RunReport } from '../findings/sinks/sink.ts'

import { baselineOf } from '../app/baseline/baseline-file.ts'
import { scheduleOf } from '../app/schedule/schedule-file.ts'
import { type ScanListener, type ScanRequest, scan } from '../app/scan/scan.ts'
import type { ScanSummary } from '../app/scan/summary.ts'

import { endings, interruptions, Outcome } from './exit.ts'
import {
  type ColourChoice,
  FindingOutputs,
  type OpenOutputs,
} from './finding-outputs.ts'
import {
  addCapture,
  type CaptureFlags,
  captureOf,
  collect,
  ruleSources,
  noteScope,
  passwordOption,
  readCount,
  readOnOff,
  type ScopeFlags,
  scopeOf,
  timeZoneOption,
  workersOption,
  addRules,
} from './options.ts'
import { addInput, type InputTimeFlags, localTimesOf } from './input-times.ts'
import { openOutput, print } from './output.ts'
import { printSummary } from './print-summary.ts'
import { runReport } from './run-report.ts'
import { ProgressLine } from './progress.ts'
import { say, sayDiagnostic, sayLine } from './say.ts'
import {
  addSelection,
  type SelectionFlags,
  selectionOf,
} from './selection-options.ts'
import { Troubles } from './troubles.ts'

interface ScanFlags
  extends SelectionFlags,
    ScopeFlags,
    InputTimeFlags,
    CaptureFlags {
  readonly color: ColourChoice
  readonly timeZone?: Zone
  readonly rules?: string[]
  readonly builtin: boolean
  readonly placeholders?: string
  readonly baseline?: string
  readonly schedule?: string
  readonly suppress?: string[]
  readonly routing?: boolean
  readonly fullScan?: boolean
  readonly workers?: number
  readonly password?: string[]
  readonly stats?: string
  readonly posture?: string[]
  readonly examples: number
  readonly quiet?: boolean
}

export function scanCommand(): Command {
  const outputs = new FindingOutputs()
  const command = new Command('scan')
    .description(
      'find IPC abuse in files: telemetry, documents, scripts; "-" is standard input',
    )
    .argument('<paths...>', 'files, folders, archives')
  const input = addInput(addSelection(outputs.addTo(command)))
  return addRules(addCapture(input))
    .option(
      '--routing <on|off>',
      'off: every rule meets every event, whatever its log source',
      readOnOff,
    )
    .option(
      '--full-scan',
      'evaluate every rule without the index (slow; the index must give the same)',
    )
    .addOption(workersOption())
    .addOption(passwordOption())
    .option(
      '--examples <n>',
      'findings shown of each rule in the table',
      readCount,
      3,
    )
    .addOption(timeZoneOption())
    .option(
      '--posture <path>',
      'dumps of a host, as for "ipcwatch posture": reports say what stops the techniques that were looked for (repeatable)',
      collect,
    )
    .option('--stats <file>', 'write the summary as JSON')
    .option('--quiet', 'no progress and no closing summary')
    .action((paths: string[], flags: ScanFlags) => run(paths, flags, outputs))
}

async function run(
  paths: string[],
  flags: ScanFlags,
  outputs: FindingOutputs,
): Promise<void> {
  const outcome = new Outcome()
  const wanted = request(paths, flags)
  const stats = flags.stats === undefined ? undefined : openOutput(flags.stats)
  const out = outputs.open({
    colour: flags.color,
    examples: flags.examples,
    zone: flags.timeZone,
  })
  const summary = await scanAloud(wanted, flags, out, outcome, interruptions())
  await finish(out, summary, flags, outcome)
  if (!flags.quiet) {
    const tell = out.toPeople ? print : sayLine
    tell(printSummary(summary, flags.timeZone, widthOf(out.toPeople)))
  }
  judge(summary, outcome)
  if (stats) {
    const { ending } = outcome
    const all = { ...summary, ending, exitCode: endings[ending] }
    stats.write(shownJson(`${JSON.stringify(all, null, 2)}\n`))
    stats.flush()
  }
  outcome.finish()
}

/** What reports show besides findings: whole events, and the posture of hosts where dumps of them are given. */
/** Of the terminal that shows it. */
function widthOf(isOnOutput: boolean): number | undefined {
  const { isTTY, columns } = isOnOutput ? process.stdout : process.stderr
  return isTTY ? columns : undefined
}

async function finish(
  out: OpenOutputs,
  summary: ScanSummary,
  { posture: dumps }: ScanFlags,
  outcome: Outcome,
): Promise<void> {
  const stopped = dumps && (await stoppedBy(dumps, summary, outcome))
  const report = runReport(summary, stopped)
  const wanted = out.wanted()
  if (!wanted) return out.end(report)
  const [{ wholeEvents }, { techniqueNames }] = await Promise.all([
    import('../app/whole-events.ts'),
    import('../content/attack.ts'),
  ])
  const events = await wholeEvents(wanted, interruptions())
  out.end({ ...report, names: techniqueNames(), events })
}

/** What checks say of a host by its dumps, beside what rules saw. Most scans are given none. */
async function stoppedBy(
  dumps: readonly string[],
  { coverage }: ScanSummary,
  outcome: Outcome,
): Promise<Pick<RunReport, 'posture' | 'joined'>> {
  const [{ posture }, { builtinChecks, loadChecks }, { stoppedAndSeen }] =
    await Promise.all([
      import('../app/posture/posture.ts'),
      import('../app/posture/checks.ts'),
      import('../app/posture/joined.ts'),
    ])
  const { checks } = loadChecks(builtinChecks)
  const problem = (message: string) => {
    say(`posture: ${message}`)
    outcome.note('unusable path', 'named above; the rest was read')
  }
  const { checked } = posture(
    { dumps, roots: [], checks },
    { note: () => {}, problem },
  )
  return { posture: checked, joined: stoppedAndSeen(checked, coverage) }
}

/** Says how far it is and what is wrong while it goes on. */
async function scanAloud(
  wanted: ScanRequest,
  { quiet }: ScanFlags,
  out: OpenOutputs,
  outcome: Outcome,
  signal: AbortSignal,
): Promise<ScanSummary> {
  const progress = new ProgressLine(process.stderr, quiet)
  const troubles = new Troubles(() => progress.clear())
  const listener: ScanListener = {
    finding: (finding) => out.finding(finding),
    diagnostic: (d) => {
      troubles.diagnose(d)
      if (d.severity === 'error') outcome.note('rule error')
    },
    problem: (message) => troubles.tell(message),
    listed: (files) => progress.listed(files),
    progress: (p) => progress.show(p),
  }
  const summary = await scan(wanted, listener, signal)
  progress.clear()
  troubles.end()
  return summary
}

/** What can be said of it? "clean" only where something was judged, all of it, and nothing was found. */
function judge(s: ScanSummary, outcome: Outcome): void {
  const found = Object.values(s.findings).some((n) => n > 0)
  const { loaded, refused, fired, quiet } = s.rules
  if (found) outcome.note('findings')
  else if (s.interrupted) {
    outcome.note('interrupted', 'nothing was found until then')
  }
  if (refused.length) {
    const many = plural(refused.length, 'rule')
    outcome.note('rule error', `${many} refused; the others ran`)
  }
  if (s.unusable > 0) {
    outcome.note('unusable path', 'named above; the rest was read')
  }
  for (const host of s.strangeHosts) say(host)
  if (loaded === 0)
    outcome.note('no rule in force', 'there is none to judge by')
  else if (s.events === 0) {
    outcome.note(
      'nothing read',
      'there is nothing of which "clean" could be said',
    )
  } else if (s.inScope === 0) {
    noteScope(outcome)
  } else if (s.strange >= s.events) {
    outcome.note('unknown shapes', 'no record is of a shape that rules know')
  } else if (fired + quiet === 0) {
    outcome.note('all blind', 'no rule in force could see what it asks for')
  }
  if (s.problems.length + s.unknown.length + s.damaged > 0)
    outcome.note('incomplete', 'some of the input was not inspected')
}

function request(paths: string[], f: ScanFlags): ScanRequest {
  const capture = captureOf(f)
  return {
    paths,
    ...(capture && { capture }),
    rules: ruleSources(f),
    selection: selectionOf(f),
    ...scopeOf(f),
    index: !f.fullScan,
    routing: f.routing ?? true,
    ...(f.schedule !== undefined && {
      schedule: scheduleOf(f.schedule, sayDiagnostic),
    }),
    ...(f.baseline !== undefined && { baseline: baselineOf(f.baseline) }),
    ...(f.workers !== undefined && { workers: f.workers }),
    ...(f.suppress && { suppressions: f.suppress }),
    ...(f.password && { passwords: f.password }),
    ...localTimesOf(f),
  }
}
