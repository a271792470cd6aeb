// `ipcwatch snapshot`: who is connected with whom on this host, now?
import { Command, Option } from 'commander'

import { plural } from '../base/shown.ts'

import { drawing, rowOf } from '../app/snapshot/shown.ts'
import { linesOf, takeSnapshot } from '../app/snapshot/snapshot.ts'

import { Outcome, UsageError } from './exit.ts'
import { outputOption } from './options.ts'
import { openOutput } from './output.ts'
import { say } from './say.ts'

interface SnapshotFlags {
  readonly format: 'table' | 'ndjson' | 'svg'
  readonly output?: string
}

export function snapshotCommand(): Command {
  return new Command('snapshot')
    .description(
      'who holds which pipe, socket, FIFO and shared memory on this host now, with both ends',
    )
    .addOption(
      new Option('--format <format>', 'rows, events, or a drawing')
        .choices(['table', 'ndjson', 'svg'])
        .default('table'),
    )
    .addOption(outputOption())
    .action(run)
}

function run({ format, output }: SnapshotFlags): void {
  let snapshot: ReturnType<typeof takeSnapshot>
  try {
    snapshot = takeSnapshot()
  } catch (error) {
    throw new UsageError((error as Error).message, 'nothing read')
  }
  const out = openOutput(output)
  const { edges, processes, blind } = snapshot
  switch (format) {
    case 'table':
      for (const edge of edges) out.write(`${rowOf(edge)}\n`)
      break
    case 'ndjson':
      for (const line of linesOf(snapshot, Date.now())) out.write(line)
      break
    case 'svg':
      out.write(drawing(edges))
  }
  out.flush()
  say(`${plural(edges.length, 'edge')}, ${processes} processes looked at`)
  for (const why of blind) say(why)
  const outcome = new Outcome()
  if (blind.length) outcome.note('incomplete', 'some of it could not be seen')
  outcome.finish()
}
