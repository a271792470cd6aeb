#!/usr/bin/env node
// argv -> app -> exit code. No logic here: each command's file turns flags into a request and a result into text.
import { readFileSync } from 'node:fs'

import { Command, CommanderError } from 'commander'

import { exitCodes, UsageError } from './exit.ts'

const packageFile = new URL('../../package.json', import.meta.url)
const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as {
  version: string
}

const program = new Command('ipcwatch')
  .description(
    'finds abuse of inter-process communication (ATT&CK T1559) in telemetry, documents and scripts',
  )
  .version(version)
  .showSuggestionAfterError()
  .exitOverride()

const { scanCommand } = await import('./scan.ts')
const { eventsCommand } = await import('./events.ts')
const { huntCommand } = await import('./hunt.ts')
const { rulesCommand } = await import('./rules.ts')
for (const command of [
  scanCommand(),
  huntCommand(),
  eventsCommand(),
  rulesCommand(),
]) {
  inherit(command)
  program.addCommand(command)
}

// A reader that closes early (`| head`) is no fault of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? exitCodes.clean : exitCodes.wrongUse)
})

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode =
      error.exitCode === 0 ? exitCodes.clean : exitCodes.wrongUse
  } else if (error instanceof UsageError) {
    process.stderr.write(`ipcwatch: ${error.message}\n`)
    process.exitCode = exitCodes.wrongUse
  } else {
    throw error
  }
}

function inherit(command: Command): void {
  command.exitOverride().showSuggestionAfterError()
  for (const sub of command.commands) inherit(sub)
}
