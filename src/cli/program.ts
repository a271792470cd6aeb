// argv -> app -> exit code. No logic here: each command's file turns flags into a request and a result into text.
import '../app/reading/heap.ts'

import { existsSync, readFileSync } from 'node:fs'

import { Command, CommanderError } from 'commander'

import { addExamples } from './examples.ts'
import {
  end,
  endWith,
  guardInterruptions,
  guardTheEnd,
  UsageError,
} from './exit.ts'
import { print } from './output.ts'
import { sayLine } from './say.ts'
import { type UnknownCommand, unknownCommand } from './unknown-command.ts'

guardTheEnd()
guardInterruptions()

const packageFile = new URL('../../package.json', import.meta.url)
const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as {
  version: string
}

const mouth = {
  writeOut: (text: string) => print(text.trimEnd()),
  writeErr: (text: string) => sayLine(text.trimEnd()),
}

const program = new Command('ipcwatch')
  .description(
    'finds abuse of inter-process communication (ATT&CK T1559) in telemetry, documents and scripts',
  )
  .version(version)
  .showSuggestionAfterError()
  .exitOverride()
  .configureOutput(mouth)

addExamples(program, program.name())

const commands: Readonly<Record<string, () => Promise<Command>>> = {
  scan: async () => (await import('./scan.ts')).scanCommand(),
  hunt: async () => (await import('./hunt.ts')).huntCommand(),
  events: async () => (await import('./events.ts')).eventsCommand(),
  doctor: async () => (await import('./doctor.ts')).doctorCommand(),
  posture: async () => (await import('./posture.ts')).postureCommand(),
  scripts: async () => (await import('./scripts.ts')).scriptsCommand(),
  rules: async () => (await import('./rules.ts')).rulesCommand(),
  suppressions: async () =>
    (await import('./suppressions.ts')).suppressionsCommand(),
  watch: async () => (await import('./watch.ts')).watchCommand(),
  snapshot: async () => (await import('./snapshot.ts')).snapshotCommand(),
  sensors: async () => (await import('./sensors.ts')).sensorsCommand(),
  baseline: async () => (await import('./baseline.ts')).baselineCommand(),
  completion: async () =>
    (await import('./completion/index.ts')).completionCommand(),
}
const asked = process.argv[2] ?? ''

/** The command that is asked for, to its end. */
export async function run(): Promise<void> {
  try {
    for (const open of needed()) {
      const command = await open()
      inherit(command, command.name())
      program.addCommand(command)
    }
    const unknown = unknownCommand(program, process.argv.slice(2))
    if (unknown) throw new UsageError(messageOf(unknown))
    await program.parseAsync()
  } catch (error) {
    if (!(error instanceof CommanderError)) endWith(error)
    else end(error.exitCode === 0 || isHelpAsked() ? 'clean' : 'wrong use')
  }
}

/** Only the code of the command that is asked for is loaded; help, mistakes and completion need to know all. */
function needed(): (() => Promise<Command>)[] {
  if (asked === '--version' || asked === '-V') return []
  const needsAll = asked === 'completion' || !Object.hasOwn(commands, asked)
  return needsAll ? Object.values(commands) : [commands[asked]!]
}

/** Most who forget the command have a path to look into. */
function messageOf({ word, message }: UnknownCommand): string {
  return word === asked && existsSync(asked)
    ? `unknown command "${word}"\ndid you mean "ipcwatch scan ${asked}"?`
    : message
}

/** `help scan`, `rules help lint`. Commander takes the code that stands until the run has ended for that of its help. */
function isHelpAsked(): boolean {
  const [first, second] = process.argv.slice(2)
  if (first !== 'help') return second === 'help'
  return second === undefined || Object.hasOwn(commands, second)
}

function inherit(command: Command, name: string): void {
  command.exitOverride().showSuggestionAfterError().configureOutput(mouth)
  addExamples(command, name)
  for (const sub of command.commands) inherit(sub, `${name} ${sub.name()}`)
}
