// `ipcwatch rules equal A B PATHS`: do two rules, in whatever language, find the same events?
import { Command } from 'commander'

import type { Event } from '../event/event.ts'

import { compareRules } from '../app/rules/equal.ts'
import { EventRows } from '../app/stations/event-rows.ts'

import { interruptions, Outcome } from './exit.ts'
import {
  builtinOption,
  placeholdersOption,
  type RuleFlags,
  rulesOption,
} from './options.ts'
import { pickRule } from './pick-rule.ts'
import { print } from './output.ts'
import { say, sayLine } from './say.ts'

/** Events shown of each side. */
const shown = 10

export function equalCommand(): Command {
  return new Command('equal')
    .description(
      'run two rules over files and show the events on which they differ',
    )
    .argument(
      '<a>',
      'a rule file (Sigma or Splunk), an id, a folder, or part of a title',
    )
    .argument('<b>', 'the other rule')
    .argument('<paths...>', 'files, folders, archives')
    .addOption(rulesOption())
    .addOption(builtinOption())
    .addOption(placeholdersOption())
    .action(run)
}

async function run(
  a: string,
  b: string,
  paths: string[],
  flags: RuleFlags,
): Promise<void> {
  const outcome = new Outcome()
  const first = await pickRule(a, flags)
  const second = await pickRule(b, flags)
  const listener = {
    unusable(message: string) {
      say(message)
      outcome.note('unusable path', 'named above; the rest was read')
    },
    problem: say,
  }
  const signal = interruptions()
  const d = await compareRules(first, second, paths, listener, signal)
  for (const note of d.notes) sayLine(`note: ${note}`)
  const lines = [
    ...side(`only A (${first.meta.title})`, d.onlyFirst, d.firstExamples),
    ...side(`only B (${second.meta.title})`, d.onlySecond, d.secondExamples),
    `${d.both} events match both, ${d.neither} neither, ${d.onlyFirst} only A, ${d.onlySecond} only B`,
    d.onlyFirst + d.onlySecond === 0 ? 'equal on these events' : 'not equal',
  ]
  print(lines.join('\n'))
  if (d.onlyFirst + d.onlySecond > 0) outcome.note('findings')
  else if (signal.aborted) outcome.note('interrupted', 'not all was read')
  if (d.both + d.neither + d.onlyFirst + d.onlySecond === 0)
    outcome.note('nothing read', 'there is no event on which they could differ')
  else if (d.totals.strange === d.totals.events)
    outcome.note('unknown shapes', 'no record is of a shape that rules know')
  if (d.totals.isPartial)
    outcome.note('incomplete', 'some of the input was not inspected')
  outcome.finish()
}

function side(
  title: string,
  count: number,
  examples: readonly Event[],
): string[] {
  if (!count) return []
  const rows = new EventRows(undefined)
  const lines = examples
    .slice(0, shown)
    .map(
      (e) =>
        `  ${e.origin.file} record ${e.origin.record}  ${rows.row(e).trimEnd()}`,
    )
  const rest = count - lines.length
  return [
    `${title}: ${count}`,
    ...lines,
    ...(rest > 0 ? [`  ... and ${rest} more`] : []),
  ]
}
