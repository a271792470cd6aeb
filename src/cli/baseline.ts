// `ipcwatch baseline`: what is usual here, so that what is rare can be told?
import { Command, Option } from 'commander'

import { grouped, plural, shownJson } from '../base/shown.ts'

import { Baseline } from '../enrich/rarity/baseline.ts'
import { baselineLines } from '../enrich/rarity/baseline-text.ts'
import { type RarityKind, rarityKinds } from '../enrich/rarity/kinds.ts'

import { baselineOf } from '../app/baseline/baseline-file.ts'
import { buildBaseline } from '../app/baseline/build.ts'
import { differences, seenIn } from '../app/baseline/diff.ts'

import { rowText, seenJson, summaryText } from './baseline-text.ts'
import { interruptions, Outcome } from './exit.ts'
import {
  addScope,
  noteScope,
  outputOption,
  passwordOption,
  type ScopeFlags,
  scopeOf,
  workersOption,
} from './options.ts'
import { openOutput, print } from './output.ts'
import { say } from './say.ts'
import { Troubles } from './troubles.ts'

export function baselineCommand(): Command {
  const baseline = new Command('baseline').description(
    'count what is usual, so that scan, hunt and watch can say what is rare: modules, pipes, COM classes, XPC services, sockets, interpreters',
  )
  addScope(
    baseline
      .command('build')
      .description('count what is in telemetry; "-" is standard input')
      .argument('<paths...>', 'files, folders, archives'),
  )
    .addOption(outputOption())
    .addOption(workersOption())
    .addOption(passwordOption())
    .action(build)
  baseline
    .command('merge')
    .description('add baselines, in whatever order: of hosts, or of months')
    .argument('<baselines...>', 'files that baseline build wrote')
    .addOption(outputOption())
    .action(merge)
  baseline
    .command('show')
    .description('how much a baseline knows; with --kind, each thing it saw')
    .argument('<baseline>', 'a file that baseline build wrote')
    .addOption(kindOption())
    .addOption(formatOption())
    .action(show)
  baseline
    .command('diff')
    .description(
      'what the second baseline saw and the first did not, and the other way round',
    )
    .argument('<before>', 'a file that baseline build wrote')
    .argument('<after>', 'another')
    .addOption(kindOption())
    .addOption(formatOption())
    .action(diff)
  return baseline
}

interface ListFlags {
  readonly kind?: RarityKind
  readonly format: 'table' | 'ndjson'
}

function kindOption(): Option {
  return new Option(
    '--kind <kind>',
    'only this kind, each thing of it',
  ).choices(rarityKinds)
}

function formatOption(): Option {
  return new Option('--format <format>', 'how it is printed')
    .choices(['table', 'ndjson'])
    .default('table')
}

interface BuildFlags extends ScopeFlags {
  readonly output?: string
  readonly workers?: number
  readonly password?: string[]
}

async function build(paths: string[], flags: BuildFlags): Promise<void> {
  const outcome = new Outcome()
  const out = openOutput(flags.output)
  const troubles = new Troubles()
  const { baseline, totals, inScope } = await buildBaseline(
    {
      paths,
      scope: scopeOf(flags),
      ...(flags.workers !== undefined && { workers: flags.workers }),
      ...(flags.password && { passwords: flags.password }),
    },
    {
      unusable(message) {
        troubles.tell(message)
        outcome.note('unusable path', 'named above; the rest was counted')
      },
      problem: (message) => troubles.tell(message),
    },
    interruptions(),
  )
  troubles.end()
  const isEmpty = baseline.plain().every((of) => of.all.events === 0)
  // An empty one would pass for one that knows something.
  if (!isEmpty) write(baseline, out)
  if (interruptions().aborted)
    outcome.note('interrupted', 'what was read until then was counted')
  if (!totals.events) outcome.note('nothing read', 'there is no event')
  else if (inScope === 0) noteScope(outcome)
  else if (isEmpty)
    outcome.note('unknown shapes', 'no event is of a kind that is counted')
  if (totals.isPartial)
    outcome.note('incomplete', 'some of the input was not counted')
  outcome.finish()
}

function write(baseline: Baseline, out: ReturnType<typeof openOutput>): void {
  for (const line of baselineLines(baseline)) out.write(shownJson(line))
  out.flush()
  for (const { kind, letGo, size } of Object.values(baseline.of))
    if (letGo)
      say(
        `${kind}: ${plural(size, 'thing')} kept; about ${grouped(letGo)} had no room, and are unknown to those who ask`,
      )
}

function merge(paths: string[], { output }: { output?: string }): void {
  const all = new Baseline('the merged baseline')
  for (const path of paths)
    for (const of of baselineOf(path).plain()) all.add(of)
  write(all, openOutput(output))
  new Outcome().finish()
}

function show(path: string, { kind, format }: ListFlags): void {
  const baseline = baselineOf(path)
  if (format === 'ndjson') {
    const seen = seenIn(baseline, kind ? [kind] : rarityKinds)
    printAll(seen.map(seenJson))
  } else if (kind) printAll(seenIn(baseline, [kind]).map(rowText))
  else print(summaryText(baseline))
  new Outcome().finish()
}

function diff(
  before: string,
  after: string,
  { kind, format }: ListFlags,
): void {
  const outcome = new Outcome()
  const found = differences(baselineOf(before), baselineOf(after)).filter(
    (d) => !kind || d.kind === kind,
  )
  const shown = format === 'ndjson' ? seenJson : rowText
  printAll(found.map(shown))
  if (found.length) outcome.note('findings')
  outcome.finish()
}

function printAll(lines: readonly string[]): void {
  const out = openOutput()
  for (const line of lines) out.write(`${line}\n`)
  out.flush()
}
