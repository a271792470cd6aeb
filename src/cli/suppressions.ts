// `ipcwatch suppressions`: which findings are not to be told, and what each entry would silence.
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'

import { Command, Option } from 'commander'

import { isoTime, lastDayBefore } from '../base/time.ts'
import { oneLine, plural, shownJson } from '../base/shown.ts'

import { loadRules } from '../content/load.ts'
import { reasonOf } from '../readers/regular-file.ts'

import type { Finding } from '../findings/finding.ts'
import { draftOf } from '../findings/suppression/draft.ts'
import type { Suppression } from '../findings/suppression/suppression.ts'

import { suppressionsInForce } from '../app/suppressions/in-force.ts'
import { trySuppressions } from '../app/suppressions/try.ts'

import { Outcome, UsageError } from './exit.ts'
import { builtinOption, rulesOption } from './options.ts'
import { print } from './output.ts'
import { Troubles } from './troubles.ts'

interface Flags {
  readonly rules: string[]
  readonly builtin: boolean
  readonly format: 'table' | 'ndjson'
}

export function suppressionsCommand(): Command {
  const command = new Command('suppressions').description(
    'list, test and draft suppressions: findings that nobody wants told',
  )
  const formatOption = () =>
    new Option('--format <format>', 'how they are printed')
      .choices(['table', 'ndjson'])
      .default('table')
  command
    .command('list')
    .description('the entries in files and folders, and whether they are over')
    .argument('<paths...>', 'files and folders with suppressions')
    .addOption(rulesOption())
    .addOption(builtinOption())
    .addOption(formatOption())
    .action(list)
  command
    .command('test')
    .description('what each entry would silence of findings that a scan wrote')
    .argument('<paths...>', 'files and folders with suppressions')
    .requiredOption('--findings <file>', 'findings as NDJSON')
    .addOption(rulesOption())
    .addOption(builtinOption())
    .addOption(formatOption())
    .action(test)
  command
    .command('draft')
    .description(
      'an entry for each kind of finding that a scan wrote: copy those that are expected, and say until when, who and why',
    )
    .argument('<findings>', 'findings as NDJSON')
    .option('--finding <id>', 'only for this one')
    .action(draft)
  return command
}

async function open(paths: readonly string[], flags: Flags, outcome: Outcome) {
  const { rules, builtin } = flags
  const set = await loadRules({ paths: rules, builtin })
  const metas = [...set.rules, ...set.searches].map((r) => r.meta)
  const troubles = new Troubles()
  const { suppressor } = await suppressionsInForce(
    paths,
    metas,
    Date.now,
    (d) => {
      troubles.diagnose(d)
      if (d.severity === 'error') outcome.note('rule error')
    },
  )
  troubles.end()
  const titles = new Map(metas.map((m) => [m.id, m.title]))
  return { suppressor, titles }
}

async function list(paths: string[], flags: Flags): Promise<void> {
  const outcome = new Outcome()
  const { suppressor } = await open(paths, flags, outcome)
  const entries = suppressor.counts()
  for (const { suppression, isOver } of entries)
    print(
      flags.format === 'ndjson'
        ? lineOf(suppression, { isOver })
        : row(suppression, isOver ? 'over' : 'in force'),
    )
  if (flags.format === 'table') {
    const over = entries.filter((e) => e.isOver).length
    print(`${plural(entries.length, 'suppression')}, ${over} over`)
  }
  if (entries.length === 0)
    outcome.note('nothing read', 'there is no suppression')
  outcome.finish()
}

async function test(
  paths: string[],
  flags: Flags & { readonly findings: string },
): Promise<void> {
  const outcome = new Outcome()
  const { suppressor, titles } = await open(paths, flags, outcome)
  const found = findingsIn(flags.findings)
  const { findings, silenced, byEntry } = await trySuppressions(
    suppressor,
    found,
  )
  for (const { suppression, isOver } of suppressor.counts()) {
    const { count = 0, first } = byEntry.get(suppression) ?? {}
    // An entry that silences nothing is not needed, or does not say what was meant.
    if (findings && !count && !isOver) outcome.note('findings')
    const title = first && (titles.get(first.rule.id) ?? first.rule.title)
    const example = title && `, the first: ${title} (finding ${first.id})`
    print(
      flags.format === 'ndjson'
        ? lineOf(suppression, { isOver, findings: count })
        : row(
            suppression,
            isOver
              ? 'over'
              : `silences ${plural(count, 'finding')}${example ?? ''}`,
          ),
    )
  }
  if (flags.format === 'table')
    print(`${silenced} of ${plural(findings, 'finding')} would be silenced`)
  if (suppressor.counts().length === 0)
    outcome.note('nothing read', 'there is no suppression')
  else if (findings === 0) outcome.note('nothing read', 'there is no finding')
  outcome.finish()
}

function row(s: Suppression, state: string): string {
  const day = lastDayBefore(s.until)
  const scope = [
    s.rules.length ? `rules ${s.rules.join(', ')}` : 'all rules',
    s.hosts.length ? `hosts ${s.hosts.join(', ')}` : 'all hosts',
    ...(s.when.length ? [`when ${s.when.map((c) => c.field).join(', ')}`] : []),
  ].join('; ')
  return [
    `${s.name}: ${state}`,
    `  ${scope}`,
    `  until ${day}, ${s.owner}: ${s.reason}`,
  ]
    .map(oneLine)
    .join('\n')
}

function lineOf(
  { when, until, ...rest }: Suppression,
  more: Readonly<Record<string, unknown>>,
): string {
  const fields = when.map((c) => c.field)
  return shownJson(
    JSON.stringify({ ...rest, until: isoTime(until), fields, ...more }),
  )
}

/** Kinds of findings for which an entry is drafted. */
const maxDrafts = 1_000

async function draft(
  file: string,
  { finding: id }: { readonly finding?: string },
): Promise<void> {
  const outcome = new Outcome()
  const drafted = new Set<string>()
  for await (const finding of findingsIn(file)) {
    if (id !== undefined && finding.id !== id) continue
    const text = draftOf(finding).join('\n')
    if (drafted.has(text)) continue
    drafted.add(text)
    print(`# ${oneLine(finding.rule.title)}\n${text}`)
    if (drafted.size >= maxDrafts) break
  }
  if (!drafted.size)
    outcome.note(
      'nothing read',
      id === undefined ? 'no finding is there' : `no finding is called "${id}"`,
    )
  outcome.finish()
}

async function* findingsIn(file: string): AsyncGenerator<Finding> {
  const input = file === '-' ? process.stdin : createReadStream(file)
  let number = 0
  try {
    for await (const line of createInterface({ input, crlfDelay: Infinity })) {
      number++
      if (line.trim()) yield findingOf(line, `"${file}" line ${number}`)
    }
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(
      `findings "${file}" cannot be read: ${reasonOf(error)}`,
    )
  }
}

function findingOf(line: string, where: string): Finding {
  let value: Partial<Finding> | undefined
  try {
    value = JSON.parse(line) as Partial<Finding>
  } catch {}
  const { rule, evidence, explanation } = value ?? {}
  if (rule?.id === undefined || !Array.isArray(evidence) || !explanation)
    throw new UsageError(
      `${where} is no finding: one JSON object a line was expected, as "scan --format ndjson" writes them`,
    )
  return value as Finding
}
