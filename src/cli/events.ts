// `ipcwatch events`: what the readers see.
import { Command, Option } from 'commander'

import { printDiagnostic } from '../base/diagnostic.ts'
import { shownJson } from '../base/shown.ts'

import { printEvents } from '../app/events.ts'
import { compileWhere } from '../app/rules/where.ts'

import { Outcome, UsageError } from './exit.ts'
import { collect, readCount, workersOption, outputOption } from './options.ts'
import { openOutput } from './output.ts'
import { Troubles } from './troubles.ts'

interface EventsFlags {
  readonly format: 'table' | 'ndjson'
  readonly fields?: string
  readonly where?: string[]
  readonly limit?: number
  readonly workers?: number
  readonly output?: string
}

export function eventsCommand(): Command {
  return new Command('events')
    .description('print the events that the readers see; "-" is standard input')
    .argument('<paths...>', 'files, folders, archives')
    .addOption(
      new Option('--format <format>', 'how events are printed')
        .choices(['table', 'ndjson'])
        .default('ndjson'),
    )
    .addOption(outputOption())
    .option('--fields <names>', 'only these fields, separated by commas')
    .option(
      '--where <condition>',
      "only events for which Field|modifier=value holds, with Sigma's modifiers; Field alone: it is there (repeatable, all must hold)",
      collect,
    )
    .addOption(workersOption())
    .option('--limit <n>', 'stop after this many events', readCount)
    .action(run)
}

async function run(paths: string[], flags: EventsFlags): Promise<void> {
  const outcome = new Outcome()
  const where = compileWhere(flags.where ?? [])
  if (where.diagnostics.length) {
    throw new UsageError(where.diagnostics.map(printDiagnostic).join('\n'))
  }
  const fields = flags.fields?.split(',').map((f) => f.trim())
  const output = openOutput(flags.output)
  const abort = new AbortController()
  process.once('SIGINT', () => abort.abort())
  let left = flags.limit ?? Number.POSITIVE_INFINITY
  const troubles = new Troubles()
  const totals = await printEvents(
    {
      paths,
      format: flags.format,
      where: flags.where ?? [],
      ...(fields && { fields }),
      ...(flags.workers !== undefined && { workers: flags.workers }),
    },
    {
      text(text, events) {
        if (left <= 0) return
        output.write(shownJson(events > left ? firstLines(text, left) : text))
        left -= events
        if (left <= 0) abort.abort()
      },
      unusable: (message) => troubles.tell(message),
      problem: (message) => troubles.tell(message),
    },
    abort.signal,
  )
  output.flush()
  troubles.end()
  if (totals.events === 0 && !abort.signal.aborted) {
    outcome.note('wrongUse', 'no event was read')
  }
  outcome.end()
}

function firstLines(text: string, count: number): string {
  return text
    .split('\n', count)
    .map((line) => `${line}\n`)
    .join('')
}
