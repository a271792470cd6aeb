// `ipcwatch events`: what the readers see.
import { Command, Option } from 'commander'

import { printDiagnostic } from '../base/diagnostic.ts'

import type { Event } from '../event/event.ts'
import { fieldOf } from '../event/event.ts'
import { printSelector } from '../event/log-source.ts'

import { isoTime, logSourceJson } from '../findings/writer.ts'
import { oneLine } from '../findings/sinks/table.ts'

import { EventLines } from '../app/event-lines.ts'
import { readEvents } from '../app/events.ts'
import { compileWhere } from '../app/where.ts'

import { Outcome, UsageError } from './exit.ts'
import { collect, readCount } from './options.ts'
import { OutputBuffer } from './output.ts'

interface EventsFlags {
  readonly format: 'table' | 'ndjson'
  readonly fields?: string
  readonly where: string[]
  readonly limit?: number
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
    .option('--fields <names>', 'only these fields, separated by commas')
    .option(
      '--where <condition>',
      "only events for which Field|modifier=value holds, with Sigma's modifiers; Field alone: it is there (repeatable, all must hold)",
      collect,
      [],
    )
    .option('--limit <n>', 'stop after this many events', readCount)
    .action(run)
}

async function run(paths: string[], flags: EventsFlags): Promise<void> {
  const outcome = new Outcome()
  const where = compileWhere(flags.where)
  if (where.diagnostics.length) {
    throw new UsageError(where.diagnostics.map(printDiagnostic).join('\n'))
  }
  const fields = flags.fields?.split(',').map((f) => f.trim())
  const lines = new EventLines(fields)
  const print =
    flags.format === 'ndjson'
      ? (e: Event) => lines.line(e)
      : (e: Event) => row(e, fields)
  const output = new OutputBuffer()
  const abort = new AbortController()
  process.once('SIGINT', () => abort.abort())
  let left = flags.limit ?? Number.POSITIVE_INFINITY
  const totals = await readEvents(
    paths,
    {
      event(event) {
        if (left <= 0 || !where.holds(event)) return
        output.write(print(event))
        if (--left <= 0) abort.abort()
      },
      problem: (message) => process.stderr.write(`ipcwatch: ${message}\n`),
    },
    abort.signal,
  )
  output.flush()
  if (totals.events === 0) outcome.note('wrongUse')
  process.exitCode = outcome.code
}

/** Fields worth a look where none are asked for. */
const usual = [
  'EventID',
  'SyscallName',
  'Image',
  'CommandLine',
  'ParentImage',
  'PipeName',
  'TargetObject',
  'Details',
  'ImageLoaded',
  'TargetImage',
  'SocketPath',
  'XpcService',
]
const maxValue = 60

function row(event: Event, fields: readonly string[] | undefined): string {
  const shown = (fields ?? usual).flatMap((name) => {
    const value = fieldOf(event, name)
    if (value === undefined || value === '') return []
    const text = oneLine(
      typeof value === 'string' ? value : JSON.stringify(value),
    )
    return [
      `${name}=${text.length > maxValue && !fields ? `${text.slice(0, maxValue)}...` : text}`,
    ]
  })
  const time = isoTime(event.time()) ?? '(no time)               '
  const source = printSelector(logSourceJson(event.shape.logSource))
  return `${time}  ${oneLine(event.host() ?? '-')}  ${source}  ${shown.join('  ')}\n`
}
