// `ipcwatch rules`: what the rules are, and whether they hold.
import { Command, Option } from 'commander'

import { oneLine, plural } from '../base/shown.ts'
import { printDiagnostic } from '../base/diagnostic.ts'

import type { Rule } from '../ir/rule.ts'
import type { SearchRule } from '../ir/search.ts'

import { loadRules } from '../content/load.ts'
import { builtinRules } from '../content/rule-files.ts'
import type { RuleSet } from '../content/rule-set.ts'

import { select } from '../app/rules/selection.ts'
import { logSourcesOf } from '../app/rules/coverage.ts'
import { checkEvidence } from '../app/scan/evidence.ts'

import { Outcome } from './exit.ts'
import {
  builtinOption,
  placeholdersOption,
  type RuleFlags,
  ruleSources,
  rulesOption,
} from './options.ts'
import {
  caseOf,
  printReport,
  type ReportedCase,
  type ReportFormat,
  reportFormats,
} from './rule-reports.ts'
import { addCoverage } from './rules-coverage.ts'
import { convertCommand } from './rules-convert.ts'
import { equalCommand } from './rules-equal.ts'
import { explainCommand } from './rules-explain.ts'
import { print } from './output.ts'
import { countOfRules } from './rule-count.ts'
import { noteNone, reportSet } from './rules-report.ts'
import { showCommand } from './rules-show.ts'
import {
  addSelection,
  type SelectionFlags,
  selectionOf,
} from './selection-options.ts'

interface SetFlags extends SelectionFlags, RuleFlags {
  readonly format: 'table' | 'ndjson'
}

export function rulesCommand(): Command {
  const rules = new Command('rules').description(
    'list, show, lint, test, explain, compare and convert rules',
  )
  addSelection(rules.command('list'))
    .description(
      'the rules that a scan would use, and those that could not be loaded',
    )
    .addOption(rulesOption())
    .addOption(builtinOption())
    .addOption(placeholdersOption())
    .addOption(formatOption())
    .action(list)
  rules
    .command('lint')
    .description('what is wrong with rules, or probably not meant')
    .argument('[paths...]', 'files or folders; default: the built-in content')
    .addOption(placeholdersOption())
    .addOption(reportOption())
    .action(lint)
  rules
    .command('test')
    .description(
      'run rules on their own evidence: fires/ must fire, silent/ and gaps/ must not',
    )
    .argument('[folders...]', 'folders of rules; default: the built-in content')
    .addOption(reportOption())
    .action(test)
  addCoverage(rules)
  rules.addCommand(showCommand())
  rules.addCommand(explainCommand())
  rules.addCommand(equalCommand())
  rules.addCommand(convertCommand())
  return rules
}

interface ReportFlags {
  readonly format: ReportFormat
}

function reportOption(): Option {
  return new Option('--format <format>', 'how it is printed')
    .choices(reportFormats)
    .default('text')
}

function formatOption(): Option {
  return new Option('--format <format>', 'how it is printed')
    .choices(['table', 'ndjson'])
    .default('table')
}

/** Those that are asked for; of what was refused nothing is left out. */
async function load(flags: Omit<SetFlags, 'format'>): Promise<RuleSet> {
  const set = await loadRules(ruleSources(flags))
  const { chosen, searches } = select(set, selectionOf(flags))
  return { ...set, rules: chosen, searches }
}

async function list(flags: SetFlags): Promise<void> {
  const outcome = new Outcome()
  const set = await load(flags)
  const rules = [...set.rules, ...set.searches].sort((a, b) =>
    a.meta.title < b.meta.title ? -1 : 1,
  )
  for (const rule of rules) {
    print(
      `${flags.format === 'ndjson' ? JSON.stringify(summaryOf(rule)) : row(rule)}`,
    )
  }
  reportSet(set, outcome)
  if (flags.format === 'table') {
    print(`${countOfRules(set)}, ${set.refused.length} refused`)
  }
  outcome.finish()
}

function summaryOf(rule: Rule | SearchRule) {
  const { id, title, level, techniques, mitigations, file } = rule.meta
  return {
    id,
    title,
    level,
    techniques,
    mitigations,
    kind: rule.kind,
    ...(rule.kind === 'detection' && { logSource: rule.logSource }),
    file,
  }
}

function row(rule: Rule | SearchRule): string {
  const { id, title, level, techniques } = rule.meta
  const [source = rule.kind] = logSourcesOf([rule], new Map())
  return oneLine(
    `${level.padEnd(13)} ${id}  ${title}  [${source}] ${techniques.join(' ')}`,
  )
}

async function lint(
  paths: string[],
  flags: Pick<SetFlags, 'placeholders'> & ReportFlags,
): Promise<void> {
  const outcome = new Outcome()
  const { placeholders } = flags
  const builtin = paths.length === 0
  const set = await loadRules({
    ...ruleSources({ rules: paths, builtin, placeholders }),
    lint: true,
  })
  const all = [...set.diagnostics, ...set.refused.flatMap((r) => r.diagnostics)]
  const counts = { error: 0, warning: 0, note: 0 }
  for (const d of all) {
    counts[d.severity]++
    if (flags.format === 'text') print(printDiagnostic(d))
  }
  noteNone(set, outcome)
  if (counts.error) outcome.note('rule error')
  else if (counts.warning) outcome.note('findings')
  if (flags.format !== 'text') {
    print(printReport(flags.format, 'ipcwatch rules lint', all.map(caseOf)))
    outcome.finish()
    return
  }
  print(
    `${plural(set.rules.length + set.searches.length, 'rule')} loaded, ${set.refused.length} refused: ${plural(counts.error, 'error')}, ${plural(counts.warning, 'warning')}, ${plural(counts.note, 'note')}`,
  )
  outcome.finish()
}

async function test(folders: string[], { format }: ReportFlags): Promise<void> {
  const outcome = new Outcome()
  let held = 0
  let failed = 0
  const cases: ReportedCase[] = []
  for (const folder of folders.length ? folders : [builtinRules]) {
    const nothing = await checkEvidence(folder, (r) => {
      const { rule: name, file, found: message } = r
      const severity = r.ok ? 'held' : 'error'
      if (format !== 'text') {
        cases.push({ name, file, severity, code: 'evidence', message })
      }
      if (r.ok) {
        held++
        return
      }
      failed++
      outcome.note('rule error')
      const expected = r.expected === 'fires' ? 'fire' : 'stay silent'
      if (format === 'text')
        print(`FAILED ${r.file}: expected to ${expected}, but ${r.found}`)
    })
    if (nothing !== undefined) outcome.note('no evidence', nothing)
  }
  if (held + failed === 0) {
    outcome.note('no evidence', 'there is none in these folders')
  }
  print(
    format === 'text'
      ? `${plural(held, 'piece')} of evidence hold, ${failed} do not`
      : printReport(format, 'ipcwatch rules test', cases),
  )
  outcome.finish()
}
