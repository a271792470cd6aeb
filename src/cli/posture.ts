// `ipcwatch posture`: how do I stop it?
import { Command, InvalidArgumentError, Option } from 'commander'

import { didYouMean } from '../base/did-you-mean.ts'
import { oneLine, plural } from '../base/shown.ts'

import { type Check, mitigationNames } from '../posture/checks/check.ts'
import { fixScripts } from '../posture/checks/fix-script.ts'
import {
  isPostureFormat,
  type PostureFormat,
  postureFormatNames,
  postureFormats,
} from '../posture/checks/report.ts'
import type { Platform } from '../posture/facts/facts.ts'
import { sourceNames } from '../posture/sources/index.ts'

import type { StoppedAndSeen } from '../findings/sinks/sink.ts'

import { builtinChecks, loadChecks } from '../app/posture/checks.ts'
import { checkOwnEvidence } from '../app/posture/evidence.ts'
import { stoppedAndSeen } from '../app/posture/joined.ts'
import { type Posture, posture } from '../app/posture/posture.ts'
import { scan } from '../app/scan/scan.ts'

import { interruptions, Outcome, UsageError } from './exit.ts'
import { collect } from './options.ts'
import { openOutput, print } from './output.ts'
import { say } from './say.ts'
import { Troubles } from './troubles.ts'

interface PostureFlags {
  readonly root?: string[]
  readonly format: PostureFormat
  readonly output?: string
  readonly fixScript?: boolean
  readonly check?: string[]
  readonly mitigation?: string[]
  readonly platform?: Platform
  readonly checks: string
  readonly all?: boolean
  readonly telemetry?: string[]
  readonly test?: boolean
  readonly quiet?: boolean
}

export function postureCommand(): Command {
  const command = new Command('posture')
    .description(
      `check what stops IPC abuse, on this host or by dumps of another: ${Object.keys(mitigationNames).join(', ')}`,
    )
    .argument(
      '[dumps...]',
      `files and folders: ${sourceNames.join('; ')}. Without any, and without --root, this host is looked at; nothing is changed`,
    )
    .option('--root <dir>', 'a mounted image (repeatable)', collect)
    .addOption(
      new Option('--format <format>', 'how the result is printed')
        .choices(postureFormatNames)
        .argParser(readFormat)
        .default('table'),
    )
    .option('-o, --output <file>', 'write it into this file')
    .option(
      '--fix-script',
      'print a script that mends what failed, with its undoing; it is not run',
    )
  return addChoice(command)
    .option(
      '--telemetry <path>',
      'logs of the host, as for scan: each technique is said to be stopped or not, and seen or not (repeatable)',
      collect,
    )
    .option('--all', 'in the table, also what passes and what does not apply')
    .option('--test', 'run the checks on their own evidence')
    .option('--quiet', 'no notes about what was read')
    .action(run)
}

/** Which checks. */
function addChoice(command: Command): Command {
  return command
    .option('--check <id>', 'only this check (repeatable)', collect)
    .option(
      '--mitigation <id>',
      'only checks of this mitigation, such as M1042 (repeatable)',
      collect,
    )
    .addOption(
      new Option('--platform <name>', 'only checks of this platform').choices([
        'windows',
        'linux',
        'macos',
      ]),
    )
    .option(
      '--checks <dir>',
      'a folder of checks, instead of the built-in ones',
      builtinChecks,
    )
}

async function run(dumps: string[], flags: PostureFlags): Promise<void> {
  const outcome = new Outcome()
  const checks = chosen(flags, outcome)
  if (flags.test) testChecks(checks, outcome)
  else await check(dumps, checks, flags, outcome)
  outcome.finish()
}

function chosen(flags: PostureFlags, outcome: Outcome): readonly Check[] {
  const { checks, refused } = loadChecks(flags.checks)
  for (const { file, fault } of refused) {
    say(`${file}: ${fault}`)
    outcome.note('rule error', `${plural(refused.length, 'check')} refused`)
  }
  const known = checks.map((c) => c.id)
  const strange = flags.check?.find((id) => !known.includes(id))
  if (strange !== undefined) {
    const near = didYouMean(strange, known) || '"posture --all" names them'
    throw new UsageError(`no check "${strange}"; ${near}`)
  }
  const wrong = flags.mitigation?.find(
    (id) => !Object.hasOwn(mitigationNames, id),
  )
  if (wrong !== undefined) {
    throw new UsageError(
      `no mitigation "${wrong}": expected one of ${Object.keys(mitigationNames).join(', ')}`,
    )
  }
  return checks.filter(
    (c) =>
      (!flags.check || flags.check.includes(c.id)) &&
      (!flags.mitigation ||
        c.mitigations.some((m) => flags.mitigation!.includes(m))) &&
      (!flags.platform || c.platform === flags.platform),
  )
}

async function check(
  dumps: string[],
  checks: readonly Check[],
  flags: PostureFlags,
  outcome: Outcome,
): Promise<void> {
  const output = openOutput(flags.output)
  const troubles = new Troubles()
  const result = posture(
    { dumps, roots: flags.root ?? [], checks },
    {
      note: (message) => flags.quiet || say(message),
      problem: (message) => troubles.tell(message),
    },
  )
  troubles.end()
  const { telemetry } = flags
  const joined = telemetry && (await seenIn(telemetry, result, outcome))
  // Of nothing there is nothing to print, but for programs, which want their form.
  const isEmpty = result.understood === 0 && flags.format === 'table' && !joined
  if (!isEmpty)
    output.write(
      flags.fixScript
        ? fixScripts(result.checked)
        : postureFormats[flags.format](result.checked, {
            all: flags.all ?? false,
            ...(joined && { joined }),
          }),
    )
  output.flush()
  judgeRun(result, outcome)
}

/** Of each technique that checks are about: what the rules see in these logs. */
async function seenIn(
  paths: readonly string[],
  { checked }: Posture,
  outcome: Outcome,
): Promise<readonly StoppedAndSeen[]> {
  const summary = await scan(
    {
      paths,
      rules: { paths: [], builtin: true },
      selection: { rules: [], techniques: [] },
      hosts: [],
      index: true,
      routing: true,
    },
    { finding() {}, diagnostic() {}, problem: say, note() {}, progress() {} },
    interruptions(),
  )
  if (summary.unusable) outcome.note('unusable path', 'named above')
  if (summary.events === 0)
    outcome.note('nothing read', 'no event tells what is seen')
  return stoppedAndSeen(checked, summary.coverage)
}

function judgeRun(
  { checked, understood, problems, unusable }: Posture,
  outcome: Outcome,
): void {
  const failed = checked.some((c) => c.status === 'fail')
  const judged = failed || checked.some((c) => c.status === 'pass')
  if (failed) outcome.note('findings')
  if (unusable) outcome.note('unusable path', 'named above; the rest was read')
  if (understood === 0) {
    outcome.note('nothing read', 'nothing given tells of settings')
  } else if (!judged) {
    outcome.note('all blind', 'no check could be judged by what was given')
  }
  if (problems)
    outcome.note('incomplete', 'some of the input was not inspected')
}

function testChecks(checks: readonly Check[], outcome: Outcome): void {
  let held = 0
  let failed = 0
  for (const check of checks) {
    for (const { ok, found } of checkOwnEvidence(check)) {
      if (ok) held++
      else {
        failed++
        outcome.note('rule error')
        print(oneLine(`FAILED ${check.file}: ${found}`))
      }
    }
  }
  if (held + failed === 0) outcome.note('no evidence', 'there is none')
  print(
    `${plural(checks.length, 'check')}: ${plural(held, 'piece')} of evidence hold, ${failed} do not`,
  )
}

function readFormat(name: string): PostureFormat {
  if (isPostureFormat(name)) return name
  throw new InvalidArgumentError(
    [
      `expected one of ${postureFormatNames.join(', ')}`,
      didYouMean(name, postureFormatNames),
    ]
      .filter(Boolean)
      .join('; '),
  )
}
