// How does a run end? In one word, with a code on which scripts can rely. 0 says one thing only: something was judged, and nothing was
// found.
import { reasonOf } from '../readers/regular-file.ts'

import { UnusableBaseline } from '../app/baseline/unusable.ts'
import { UnusableSchedule } from '../app/schedule/unusable.ts'
import { NothingSelected, WrongSelection } from '../app/rules/selection.ts'
import { UnusableState } from '../app/watch/unusable.ts'
import { CaptureRefused } from '../app/scripts/capture-refused.ts'

import { say } from './say.ts'

/** The gravest first: of what happened, that is the ending. README's table tells them to people. */
export const endings = {
  fault: 3,
  'wrong use': 3,
  'output closed': 3,
  interrupted: 130,
  'unusable path': 3,
  'rule error': 2,
  findings: 1,
  'no rule in force': 3,
  'no path': 3,
  'nothing read': 3,
  'nothing in scope': 3,
  'unknown shapes': 3,
  'unknown name': 3,
  'all blind': 3,
  'no evidence': 3,
  incomplete: 3,
  clean: 0,
} as const

export type Ending = keyof typeof endings

const gravest = Object.keys(endings) as Ending[]

export class Outcome {
  readonly #noted = new Map<Ending, string | undefined>()

  /** `why`: said at the end, if it is this that the run ends with; left out where it was said already. */
  note(ending: Ending, why?: string): void {
    const known = this.#noted.get(ending)
    this.#noted.set(ending, known ?? why)
  }

  get ending(): Ending {
    return gravest.find((e) => this.#noted.has(e)) ?? 'clean'
  }

  /** Says how the run ended, where that is not plain from what it printed. */
  finish(): void {
    const { ending } = this
    // Why a run ends as it does must not scroll away: the gravest reason comes last.
    let last = ending
    for (const one of gravest.toReversed()) {
      const why = this.#noted.get(one)
      if (why === undefined) continue
      say(`${one}: ${why}`)
      last = one
    }
    if (last !== ending) say(`${ending}: named above`)
    end(ending)
  }
}

const interruption = new AbortController()
let ended = false

/** Until this is called the run is not over, whatever Node thinks. */
export function end(ending: Ending): void {
  ended = true
  process.exitCode = endings[ending]
  // Something may still wait for what it was reading: a pipe into which nobody writes.
  if (interruption.signal.aborted) process.exit()
}

/** At once. */
export function quit(ending: Ending, why?: string): never {
  if (why !== undefined) say(`${ending}: ${why}`)
  end(ending)
  process.exit()
}

/** A message for the person who called. Not a fault of the program. */
export class UsageError extends Error {
  readonly ending: Ending

  constructor(message: string, ending: Ending = 'wrong use') {
    super(message)
    this.ending = ending
  }
}

/** Whatever was thrown, one line, and the code. */
export function endWith(error: unknown): void {
  if (error instanceof UsageError) {
    const { ending, message } = error
    const told = ending === 'wrong use' ? message : `${ending}: ${message}`
    for (const line of told.split('\n')) say(line)
    end(ending)
    return
  }
  if (error instanceof NothingSelected) {
    say(`no rule in force: ${error.message}`)
    end('no rule in force')
    return
  }
  if (isUsersFault(error)) {
    say(error.message)
    end('wrong use')
    return
  }
  const { code, syscall, message, stack } = error as NodeJS.ErrnoException
  if (code !== undefined && syscall !== undefined) {
    say(ofSystem(error as NodeJS.ErrnoException))
    end('wrong use')
    return
  }
  say(
    `fault: ${message ?? String(error)} (a fault of ipcwatch; IPCWATCH_DEBUG=1 shows where)`,
  )
  if (process.env.IPCWATCH_DEBUG && stack) say(stack)
  end('fault')
}

/** What the system refused, in the user's words. */
function ofSystem(error: NodeJS.ErrnoException): string {
  const { code, path, message, syscall } = error
  if (path === undefined) return message
  const isNoFolder = syscall === 'mkdir' && code === 'EEXIST'
  const why = isNoFolder
    ? 'a file is in the place of a folder'
    : reasonOf(error)
  return `"${path}" cannot be used: ${why}`
}

function isUsersFault(error: unknown): error is Error {
  return [
    WrongSelection,
    CaptureRefused,
    UnusableBaseline,
    UnusableSchedule,
    UnusableState,
  ].some((fault) => error instanceof fault)
}

/** Nothing that happens may end the run with a stack trace, or with a code that it did not choose. */
export function guardTheEnd(): void {
  process.exitCode = endings.fault
  // Whoever watched over the loading of this.
  process.removeAllListeners('uncaughtException')
  const over = (error: unknown) => {
    endWith(error)
    process.exit()
  }
  process.on('uncaughtException', over)
  process.on('unhandledRejection', over)
  process.on('exit', () => {
    if (ended) return
    say(
      'fault: everything waited for something that cannot come (a fault of ipcwatch)',
    )
    process.exitCode = endings.fault
  })
}

let isHeeded = false

/** Aborts when the person interrupts. A second time, or where nobody heeds it, the run ends at once. */
export function interruptions(): AbortSignal {
  isHeeded = true
  return interruption.signal
}

export function guardInterruptions(): void {
  const interrupt = () => {
    if (!isHeeded || interruption.signal.aborted) {
      quit('interrupted', 'nothing more was done')
    }
    interruption.abort()
  }
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', () => {
    // Whoever takes it for an order of its own (a watch, which services stop so) is not interrupted.
    if (process.listenerCount('SIGTERM') === 1) interrupt()
  })
}
