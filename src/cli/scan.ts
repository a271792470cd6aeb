// `ipcwatch scan`: was IPC abused here?
import { writeFileSync } from 'node:fs'

import { Command, Option } from 'commander'

import { printDiagnostic } from '../base/diagnostic.ts'

import type { Finding } from '../findings/finding.ts'
import { FindingTable } from '../findings/sinks/table.ts'

import { type ScanRequest, scan } from '../app/scan/scan.ts'
import type { ScanSummary } from '../app/scan/summary.ts'

import { exitCodes, Outcome } from './exit.ts'
import {
  builtinOption,
  placeholdersOption,
  readPlaceholders,
  collect,
  readCount,
  readLevel,
  readOnOff,
  readTime,
  rulesOption,
} from './options.ts'
import { OutputBuffer } from './output.ts'
import { printSummary } from './print-summary.ts'
import { ProgressLine } from './progress.ts'

interface ScanFlags {
  readonly format: 'table' | 'ndjson'
  readonly minLevel?: ScanRequest['selection']['minLevel']
  readonly rule?: string[]
  readonly technique?: string[]
  readonly since?: number
  readonly until?: number
  readonly host?: string[]
  readonly rules?: string[]
  readonly builtin: boolean
  readonly placeholders?: string
  readonly routing?: boolean
  readonly fullScan?: boolean
  readonly workers?: number
  readonly stats?: string
  readonly examples: number
  readonly quiet?: boolean
}

export function scanCommand(): Command {
  return new Command('scan')
    .description(
      'find IPC abuse in files: telemetry, documents, scripts; "-" is standard input',
    )
    .argument('<paths...>', 'files, folders, archives')
    .addOption(
      new Option('--format <format>', 'how findings are printed')
        .choices(['table', 'ndjson'])
        .default('table'),
    )
    .option(
      '--min-level <level>',
      'only rules of this level or above',
      readLevel,
    )
    .option(
      '--rule <rule>',
      'only this rule: id, name, or part of the title (repeatable)',
      collect,
    )
    .option(
      '--technique <id>',
      'only rules of this ATT&CK technique and below (repeatable)',
      collect,
    )
    .option('--since <time>', 'only events at or after this time', readTime)
    .option('--until <time>', 'only events before this time', readTime)
    .option('--host <name>', 'only events of this host (repeatable)', collect)
    .addOption(rulesOption())
    .addOption(builtinOption())
    .addOption(placeholdersOption())
    .option(
      '--routing <on|off>',
      'off: every rule meets every event, whatever its log source',
      readOnOff,
    )
    .option(
      '--full-scan',
      'evaluate every rule without the index (slow; the index must give the same)',
    )
    .option(
      '--workers <n>',
      'threads that read, the calling one among them; 0: that one alone (default: as the input is worth)',
      readCount,
    )
    .option(
      '--examples <n>',
      'findings shown of each rule in the table',
      readCount,
      3,
    )
    .option('--stats <file>', 'write the summary as JSON')
    .option('--quiet', 'no progress and no closing summary')
    .action(run)
}

async function run(paths: string[], flags: ScanFlags): Promise<void> {
  const outcome = new Outcome()
  const abort = new AbortController()
  const interrupt = () => abort.abort()
  process.once('SIGINT', interrupt)
  const table = new FindingTable({
    colour: process.stdout.isTTY === true && !process.env.NO_COLOR,
    width: process.stdout.columns ?? 100,
    examples: flags.examples,
  })
  const progress = new ProgressLine(process.stderr)
  const output = new OutputBuffer()
  const print = (text: string) => {
    output.write(text)
    output.flush()
  }
  const summary = await scan(
    request(paths, flags),
    {
      lines: (lines) => {
        if (flags.format === 'ndjson') print(lines)
        else addToTable(table, lines)
      },
      diagnostic: (d) => {
        process.stderr.write(`${printDiagnostic(d)}\n`)
        if (d.severity === 'error') outcome.note('ruleError')
      },
      problem: (message) => {
        progress.clear()
        process.stderr.write(`ipcwatch: ${message}\n`)
      },
      progress: (p) => {
        if (!flags.quiet) progress.show(p)
      },
    },
    abort.signal,
  )
  progress.clear()
  process.off('SIGINT', interrupt)
  if (flags.format === 'table') {
    const text = table.print()
    if (text) print(`${text}\n`)
  }
  if (!flags.quiet) {
    const text = printSummary(summary)
    if (flags.format === 'table') print(text)
    else process.stderr.write(text)
  }
  if (flags.stats)
    writeFileSync(flags.stats, `${JSON.stringify(summary, null, 2)}\n`)
  judge(summary, flags, outcome)
  process.exitCode = outcome.code
}

function judge(summary: ScanSummary, flags: ScanFlags, outcome: Outcome): void {
  if (Object.values(summary.findings).some((n) => n > 0))
    outcome.note('findings')
  if (summary.rules.refused.length) outcome.note('ruleError')
  if (summary.unusable > 0) outcome.note('wrongUse')
  const { loaded, refused } = summary.rules
  if (flags.rule?.length && loaded === 0 && !refused.length) {
    const names = flags.rule.map((r) => `"${r}"`).join(', ')
    process.stderr.write(`ipcwatch: no rule is called ${names}\n`)
    outcome.note('wrongUse')
  }
  if (summary.events === 0 && !summary.interrupted) {
    process.stderr.write(
      'ipcwatch: no event was read: there is nothing of which "clean" could be said\n',
    )
    outcome.note('wrongUse')
  }
  if (summary.interrupted && outcome.code === exitCodes.clean)
    outcome.note('findings')
}

function request(paths: string[], f: ScanFlags): ScanRequest {
  const placeholders = readPlaceholders(f.placeholders)
  return {
    paths,
    rules: {
      paths: f.rules ?? [],
      builtin: f.builtin,
      ...(placeholders && { placeholders }),
    },
    selection: {
      ...(f.minLevel && { minLevel: f.minLevel }),
      rules: f.rule ?? [],
      techniques: f.technique ?? [],
    },
    ...(f.since !== undefined && { since: f.since }),
    ...(f.until !== undefined && { until: f.until }),
    hosts: f.host ?? [],
    index: !f.fullScan,
    routing: f.routing ?? true,
    ...(f.workers !== undefined && { workers: f.workers }),
  }
}

function addToTable(table: FindingTable, lines: string): void {
  for (const line of lines.split('\n')) {
    if (line) table.add(JSON.parse(line) as Finding)
  }
}
