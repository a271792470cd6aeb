// `ipcwatch events`: what the readers see.
import { Command, InvalidArgumentError, Option } from 'commander'

import { plural, shownJson } from '../base/shown.ts'

import { type EventsOutcome, printEvents } from '../app/events.ts'
import { csvHeading, eventHeads } from '../app/stations/event-csv.ts'
import { compileWhere, fieldOfWhere } from '../app/rules/where.ts'

import { interruptions, Outcome, UsageError } from './exit.ts'
import {
  collect,
  noteScope,
  outputOption,
  passwordOption,
  readCount,
  type ScopeFlags,
  scopeOf,
  workersOption,
} from './options.ts'
import { addInput, type InputTimeFlags, localTimesOf } from './input-times.ts'
import { openOutput } from './output.ts'
import { say } from './say.ts'
import { Troubles } from './troubles.ts'

interface EventsFlags extends ScopeFlags, InputTimeFlags {
  readonly format: 'table' | 'ndjson' | 'csv'
  readonly fields?: string
  readonly where?: string[]
  readonly limit?: number
  readonly workers?: number
  readonly password?: string[]
  readonly output?: string
}

export function eventsCommand(): Command {
  const command = new Command('events')
    .description('print the events that the readers see; "-" is standard input')
    .argument('<paths...>', 'files, folders, archives')
    .addOption(
      new Option('--format <format>', 'how events are printed')
        .choices(['table', 'ndjson', 'csv'])
        .default('ndjson'),
    )
    .addOption(outputOption())
    .option('--fields <names>', 'only these fields, separated by commas')
    .option(
      '--where <condition>',
      "only events for which Field|modifier=value holds, with Sigma's modifiers; Field alone: it is there (repeatable, all must hold)",
      collect,
    )
  return addInput(command)
    .addOption(workersOption())
    .addOption(passwordOption())
    .option('--limit <n>', 'stop after this many events', readLimit)
    .action(run)
}

function readLimit(value: string): number {
  const limit = readCount(value)
  if (limit > 0) return limit
  throw new InvalidArgumentError('expected a number of at least 1.')
}

async function run(paths: string[], flags: EventsFlags): Promise<void> {
  const outcome = new Outcome()
  checkConditions(flags.where ?? [])
  const fields = flags.fields
    ?.split(',')
    .map((f) => f.trim())
    .filter((f) => !eventHeads.has(f))
  const output = openOutput(flags.output)
  const abort = new AbortController()
  const signal = AbortSignal.any([abort.signal, interruptions()])
  let left = flags.limit ?? Number.POSITIVE_INFINITY
  let isFirst = true
  const troubles = new Troubles()
  const found = await printEvents(
    {
      paths,
      format: flags.format,
      where: flags.where ?? [],
      ...scopeOf(flags),
      ...(fields && { fields }),
      ...(flags.workers !== undefined && { workers: flags.workers }),
      ...(flags.password && { passwords: flags.password }),
      ...localTimesOf(flags),
    },
    {
      text(text, events) {
        if (left <= 0) return
        if (isFirst && flags.format === 'csv') output.write(csvHeading(fields))
        isFirst = false
        output.write(shownJson(events > left ? firstLines(text, left) : text))
        left -= events
        if (left <= 0) abort.abort()
      },
      unusable(message) {
        troubles.tell(message)
        outcome.note('unusable path', 'named above; the rest was read')
      },
      problem: (message) => troubles.tell(message),
    },
    signal,
  )
  if (isFirst && flags.format === 'csv') output.write(csvHeading(fields))
  output.flush()
  troubles.end()
  tell(found, isFirst)
  judge(left > 0 ? found : untilLimit(found), outcome)
  outcome.finish()
}

function tell(found: EventsOutcome, isNothing: boolean): void {
  const { totals, inScope } = found
  if (!isNothing) tellLeftOut(found)
  else if (totals.events > 0 && inScope !== 0)
    say(`none of ${plural(totals.events, 'event')} is as --where asks`)
}

/** Names that a message shows. */
const maxNames = 8

function tellLeftOut({ leftOut }: EventsOutcome): void {
  if (!leftOut.length) return
  const more = leftOut.length - maxNames
  const some = leftOut.slice(0, maxNames).join(', ')
  say(
    `csv has the usual columns alone; --fields chooses others (${some}${more > 0 ? ` and ${more} more` : ''}), and --format ndjson has all`,
  )
}

function checkConditions(conditions: readonly string[]): void {
  for (const condition of conditions) checkOperator(condition)
  const { diagnostics } = compileWhere(conditions)
  if (diagnostics.length === 0) return
  throw new UsageError(
    diagnostics
      .map(({ message, hint }) => [message, hint].filter(Boolean).join('; '))
      .join('\n'),
  )
}

/** Only `=` compares: what looks like another operator would be taken for a part of the name, or of the value. */
function checkOperator(condition: string): void {
  const several = /\s(?:and|or|&&|\|\|)\s+[\w.]+(?:\|\w+)*=/i.exec(condition)
  if (several) {
    throw new UsageError(
      `--where "${condition}": one condition each; all must hold, so give --where again for the other`,
    )
  }
  if (condition.includes('==') && !fieldOfWhere(condition).includes('|')) {
    throw new UsageError(
      `--where "${condition}": "==" is no operator: expected Field=value`,
    )
  }
  const operator = /[<>~!]+$|[<>~]/.exec(fieldOfWhere(condition))?.[0]
  if (!operator) return
  throw new UsageError(
    `--where "${condition}": "${operator}" is no operator: expected Field|modifier=value, such as EventID|gt=5 or Image|contains=cmd`,
  )
}

/** What was read until then may not be all: a name that it lacks is told, and may be further on. */
function untilLimit(found: EventsOutcome): EventsOutcome {
  for (const name of found.strangers) say(`until --limit, ${name}`)
  return { ...found, strangers: [] }
}

function judge(
  { totals, inScope, strangers }: EventsOutcome,
  outcome: Outcome,
): void {
  if (interruptions().aborted) outcome.note('interrupted', 'not all was read')
  else if (totals.events === 0) {
    const met = totals.shapes.length ? `: ${totals.shapes.join(', ')}` : ''
    outcome.note('nothing read', `there is no event${met}`)
  } else if (inScope === 0) noteScope(outcome)
  // Nothing is judged here: records of unknown shapes are printed, and named.
  for (const { source, line, keys } of totals.unknownShapes.slice(0, maxShapes))
    say(
      `${source} line ${line}: record shape not recognised (${keys.join(', ')})`,
    )
  for (const name of strangers) say(name)
  if (strangers.length) outcome.note('unknown name', 'see above')
  // What is only shortened was printed, and said.
  if (totals.lacksRecords) {
    outcome.note('incomplete', 'some of the input was not inspected')
  }
}

/** Unknown shapes that are named. */
const maxShapes = 3

function firstLines(text: string, count: number): string {
  return text
    .split('\n', count)
    .map((line) => `${line}\n`)
    .join('')
}
