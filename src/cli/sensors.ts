// `ipcwatch sensors`: what tells of this host while it happens? Lists them, or runs some and prints what they see.
import { Command, InvalidArgumentError, Option } from 'commander'

import { plural } from '../base/shown.ts'

import type { RulesAsked } from '../sensors/audit/rules.ts'
import {
  chooseSensors,
  sensorNamed,
  tried,
  UnusableSensor,
} from '../sensors/index.ts'
import type { Sensor } from '../sensors/sensor.ts'
import { runSensor } from '../sensors/run.ts'
import { everything, readScope, type Scope } from '../sensors/scope.ts'

import { measures } from '../content/visibility.ts'

import { auditLines } from '../app/visibility/write.ts'

import { Outcome, UsageError } from './exit.ts'
import { print } from './output.ts'
import { say } from './say.ts'

interface RunFlags {
  readonly scope: Scope
  readonly whileInput?: boolean
  readonly auditRules?: 'apply'
  readonly auditUser?: number
  readonly channels?: string
  readonly positions?: string
}

export function sensorsCommand(): Command {
  const command = new Command('sensors')
    .description('what tells of this host as it happens, and what hinders it')
    .action(list)
  command
    .command('run')
    .description('run one sensor and print what it sees, an object a line')
    .argument('<name>', 'as "ipcwatch sensors" lists it')
    .option(
      '--scope <what>',
      'only these processes: pid:N with all that it starts, or cgroup:/path',
      readScopeFlag,
      everything,
    )
    .addOption(auditRulesOption())
    .addOption(auditUserOption())
    .option(
      '--channels <names>',
      'of the event log of Windows: which, with commas between them',
    )
    .option('--positions <file>', 'go on where this says that another run was')
    .option('--while-input', 'end when standard input does')
    .action(run)
  return command
}

function list(): void {
  for (const { sensor, chosen, why } of chooseSensors(['auto'], tried)) {
    print(`${chosen ? 'yes' : 'no '}  ${sensor.name.padEnd(16)} ${why}`)
    print(`     ${''.padEnd(16)} ${sensor.sees}`)
  }
  new Outcome().finish()
}

async function run(name: string, flags: RunFlags): Promise<void> {
  const { scope, whileInput, auditRules, auditUser } = flags
  const sensor = known(name)
  const { can, detail } = sensor.probe()
  if (!can) throw new UsageError(`${name} cannot run here: ${detail}`)
  const done = await runSensor({
    sensor,
    options: {
      scope,
      ...(auditRules && { auditRules: rulesAsked(auditUser) }),
      ...(flags.channels && { channels: flags.channels.split(',') }),
      ...(flags.positions && { positions: flags.positions }),
      warn: say,
    },
    endsWithInput: whileInput ?? false,
    output: process.stdout.fd,
    begun: () => {
      if (!whileInput) say(`${name} runs`)
    },
  })
  const outcome = new Outcome()
  const { seen, dropped, told, repeats, failure } = done
  say(
    `${plural(seen, 'event')} seen, ${dropped} dropped, ${told} told, ${repeats} told as repeated`,
  )
  if (failure !== undefined)
    outcome.note('incomplete', `${name} could not go on: ${failure}`)
  else if (dropped > 0)
    outcome.note('incomplete', 'the kernel had no room for some of it')
  outcome.finish()
  // What a library still holds open must not keep it.
  process.exit()
}

function known(name: string): Sensor {
  try {
    return sensorNamed(name)
  } catch (error) {
    if (error instanceof UnusableSensor) throw new UsageError(error.message)
    throw error
  }
}

export function readScopeFlag(text: string): Scope {
  const scope = readScope(text)
  if (scope) return scope
  throw new InvalidArgumentError(
    'expected pid:4242 or cgroup:/system.slice/x.service.',
  )
}

export const auditRulesOption = () =>
  new Option(
    '--audit-rules <what>',
    'of the sensor audit: apply rules for its time, and remove them again',
  ).choices(['apply'])

export const auditUserOption = () =>
  new Option(
    '--audit-user <id>',
    'only rules on what who logged in as this user does',
  ).argParser((text) => {
    if (/^\d{1,10}$/.test(text)) return Number(text)
    throw new InvalidArgumentError('expected the number of a user.')
  })

/** Those that `rules coverage` would write. */
function rulesAsked(loginUser: number | undefined): RulesAsked {
  const lines = measures().flatMap((m) =>
    m.means === 'audit-rules' ? auditLines(m) : [],
  )
  return { lines, loginUser }
}
