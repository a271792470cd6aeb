// `ipcwatch scripts`: what do scripts do?
import { Command, Option } from 'commander'

import { oneLine, shownJson } from '../base/shown.ts'

import { type ReportedScript, reportScripts } from '../app/scripts/report.ts'

import { interruptions, Outcome } from './exit.ts'
import {
  addCapture,
  type CaptureFlags,
  captureOf,
  outputOption,
} from './options.ts'
import { openOutput } from './output.ts'
import { Troubles } from './troubles.ts'

interface ScriptsFlags extends CaptureFlags {
  readonly format: 'text' | 'json'
  readonly output?: string
}

export function scriptsCommand(): Command {
  const command = new Command('scripts')
    .description(
      'say what scripts do, one paragraph each: files, script in documents, in logs and on command lines; nothing is executed',
    )
    .argument('<paths...>', 'files, folders, archives')
    .addOption(
      new Option('--format <format>', 'json: one object a line')
        .choices(['text', 'json'])
        .default('text'),
    )
    .addOption(outputOption())
  return addCapture(command).action(run)
}

async function run(paths: string[], flags: ScriptsFlags): Promise<void> {
  const outcome = new Outcome()
  const output = openOutput(flags.output)
  const troubles = new Troubles()
  const print = flags.format === 'json' ? jsonOf : paragraphOf
  let told = 0
  const totals = await reportScripts(
    {
      paths,
      ...captureOf(flags),
    },
    {
      script(script) {
        told++
        output.write(print(script))
      },
      unusable(message) {
        troubles.tell(message)
        outcome.note('unusable path', 'named above; the rest was read')
      },
      problem: (message) => troubles.tell(message),
    },
    interruptions(),
  )
  output.flush()
  troubles.end()
  if (interruptions().aborted) outcome.note('interrupted', 'not all was read')
  if (!told) outcome.note('nothing read', 'there is no script')
  if (totals.isPartial) {
    outcome.note('incomplete', 'some of the input was not inspected')
  }
  outcome.finish()
}

function jsonOf(script: ReportedScript): string {
  return shownJson(`${JSON.stringify(script)}\n`)
}

function paragraphOf(script: ReportedScript): string {
  const { file, record, origin, language, sha256, summary } = script
  const place =
    origin === 'file' ? file : `${file}, record ${record}, ${origin}`
  const hash = sha256 ? `, sha256 ${sha256}` : ''
  return `${oneLine(place)} (${language}${hash})\n${oneLine(summary)}\n\n`
}
