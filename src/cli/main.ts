#!/usr/bin/env node
// The first of our code that runs, and it stands on nothing else: a system that gives no more files, memory or threads may refuse the rest.
import { writeSync } from 'node:fs'

/** True where the code is bundled. */
declare const isBundled: boolean | undefined

const faultCode = 3
process.exitCode = faultCode
process.on('uncaughtException', giveUp)

try {
  // Once it is loaded it guards itself.
  if (typeof isBundled === 'boolean') {
    const { codeOf, openScript } = await import('./compiled-code.ts')
    await codeOf(openScript()).program()
  } else await (await import('./code.ts')).program()
} catch (error) {
  giveUp(error)
}

function giveUp(error: unknown): never {
  const { message } = error as Error
  const line = String(message).split('\n', 1)[0]
  try {
    writeSync(2, `ipcwatch: fault: not all of the program runs: ${line}\n`)
  } catch {
    // Nobody listens.
  }
  process.exit(faultCode)
}
