// `ipcwatch rules convert`: rules for other products.
import { basename, dirname, join } from 'node:path'

import { Command, Option } from 'commander'

import { plural } from '../base/shown.ts'

import { convert, type Conversion, type Target } from '../app/rules/convert.ts'
import { select } from '../app/rules/selection.ts'

import { loadRules } from '../content/load.ts'
import { reasonOf } from '../readers/regular-file.ts'
import { makeFolder } from '../content/make-folder.ts'

import { Outcome, UsageError } from './exit.ts'
import {
  builtinOption,
  placeholdersOption,
  type RuleFlags,
  ruleSources,
  rulesOption,
} from './options.ts'
import { openOutput, print } from './output.ts'
import { reportSet } from './rules-report.ts'
import { say } from './say.ts'
import {
  addSelection,
  type SelectionFlags,
  selectionOf,
} from './selection-options.ts'

interface ConvertFlags extends SelectionFlags, RuleFlags {
  readonly to: Target
  readonly output?: string
  readonly quiet?: boolean
}

export function convertCommand(): Command {
  return addSelection(new Command('convert'))
    .description(
      'rules as files of another rule language, and why not where it has no words for what a rule says',
    )
    .addOption(
      new Option('--to <language>', 'Sigma YAML, or a Splunk search')
        .choices(['sigma', 'spl'])
        .makeOptionMandatory(),
    )
    .option(
      '-o, --output <folder>',
      'write a file for each rule into this folder',
    )
    .addOption(rulesOption())
    .addOption(builtinOption())
    .addOption(placeholdersOption())
    .option('--quiet', 'no notes about what was written')
    .action(run)
}

async function run(flags: ConvertFlags): Promise<void> {
  const outcome = new Outcome()
  const set = await loadRules(ruleSources(flags))
  const { chosen, searches } = select(set, selectionOf(flags))
  const all = convert([...chosen, ...searches], set.rules, flags.to)
  const written = all.filter((c) => c.kind === 'written')
  for (const c of all) tell(c, flags)
  if (flags.output !== undefined) writeFiles(written, flags.output, flags.to)
  else if (flags.to === 'spl' && written.length > 1) {
    throw new UsageError(
      `${plural(written.length, 'rule')} do not go into one text as searches: choose one with --rule, or a folder with -o`,
    )
  } else if (written.length) print(written.map((c) => c.text).join('---\n'))
  const refused = set.refused.length ? `, ${set.refused.length} refused` : ''
  say(
    `${plural(written.length, 'rule')} written, ${all.length - written.length} not${refused}`,
  )
  reportSet(set, outcome)
  if (!written.length) outcome.note('no rule in force', 'no rule was written')
  outcome.finish()
}

function tell(c: Conversion, { quiet }: ConvertFlags): void {
  const { title } = c.rule.meta
  if (c.kind === 'unsayable') say(`not written: ${title}: ${c.why}`)
  else if (!quiet) for (const note of c.notes) say(`${title}: ${note}`)
}

const endings: Readonly<Record<Target, string>> = { sigma: 'yml', spl: 'spl' }

function writeFiles(
  written: readonly Extract<Conversion, { kind: 'written' }>[],
  folder: string,
  target: Target,
): void {
  try {
    makeFolder(folder)
  } catch (error) {
    throw new UsageError(
      `"${folder}" cannot be made a folder: ${reasonOf(error)}`,
    )
  }
  const taken = new Set<string>()
  for (const { rule, text } of written) {
    const output = openOutput(
      join(folder, `${freeName(rule.meta, taken)}.${endings[target]}`),
    )
    output.write(text)
    output.flush()
  }
}

/** As its file is called; where that says nothing, as its title. */
function freeName(
  { file = '', title }: { readonly file?: string; readonly title: string },
  taken: Set<string>,
): string {
  const own = basename(file).replace(/\.\w+$/, '')
  const called = own === 'rule' ? basename(dirname(file)) : own
  const plain = (called || title).replace(/[^\w-]+/g, '-').slice(0, 80)
  for (let n = 1; ; n++) {
    const name = n === 1 ? plain : `${plain}-${n}`
    if (taken.has(name.toLowerCase())) continue
    taken.add(name.toLowerCase())
    return name
  }
}
