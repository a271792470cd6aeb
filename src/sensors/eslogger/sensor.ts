// macOS: Endpoint Security through eslogger, which comes with the system and writes JSON lines that the readers know. Its lines are handed
// on as they are; what it lost is told by the numbers that it gives them.
// Source: eslogger(1).
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

import { TellingChild } from '../child.ts'
import type {
  Probe,
  RunningSensor,
  Sensor,
  SensorCounts,
  SensorOptions,
} from '../sensor.ts'

const usual = '/usr/bin/eslogger'
/** Milliseconds that it has to list what it knows. */
const answerMs = 10_000

/** What processes do to each other. A version of macOS has those that `--list-events` names. */
const wanted: readonly string[] = [
  'exec',
  'fork',
  'exit',
  'xpc_connect',
  'get_task',
  'get_task_read',
  'get_task_name',
  'get_task_inspect',
  'proc_check',
  'trace',
  'remote_thread_create',
  'proc_suspend_resume',
  'signal',
  'uipc_bind',
  'uipc_connect',
  'cs_invalidated',
  'btm_launch_item_add',
  'tcc_modify',
]

export const eslogger: Sensor = esloggerAt(usual)

export function esloggerAt(program: string): Sensor {
  return {
    name: 'eslogger',
    platform: 'darwin',
    sees: 'programs, XPC connections, task ports, traced processes, UNIX sockets, launch items',
    probe: () => probe(program),
    start: (options) => new Logger(program, options),
  }
}

function probe(program: string): Probe {
  const lacks = (detail: string): Probe => ({
    can: false,
    detail,
    isUnproven: true,
  })
  if (!existsSync(program))
    return lacks(`${program} is not there (macOS 13 or newer has it)`)
  if (process.getuid?.() !== 0) return lacks('it needs root')
  const detail = `${program}; it needs Full Disk Access`
  return { can: true, detail, isUnproven: true }
}

class Logger implements RunningSensor {
  readonly #options: SensorOptions
  readonly #child: TellingChild
  #seen = 0
  #lost = 0
  #last: bigint | undefined

  constructor(program: string, options: SensorOptions) {
    this.#options = options
    this.#child = new TellingChild(program, eventsOf(program), {
      name: 'eslogger',
      line: (line) => this.#take(line),
      failed: options.failed,
    })
  }

  counts(): SensorCounts {
    return { seen: this.#seen, dropped: this.#lost }
  }

  async stop(): Promise<void> {
    await this.#child.stop()
  }

  /** Lines that are torn are the readers' business: nothing is lost here but what never came. */
  #take(line: string): void {
    if (!line) return
    this.#seen++
    this.#options.emitter.line(line)
    const [, digits] = /"global_seq_num":\s?(\d{1,19})/.exec(line) ?? []
    if (digits === undefined) return
    const now = BigInt(digits)
    const gap = this.#last === undefined ? 0 : Number(now - this.#last) - 1
    this.#last = now
    if (gap <= 0) return
    this.#lost += gap
    const why = 'numbers of events are missing: the system had no room for them'
    this.#options.emitter.health('dropped', gap, why, Date.now())
  }
}

/** Throws where it cannot be asked. */
function eventsOf(program: string): string[] {
  const { status, stdout, stderr, error } = spawnSync(
    program,
    ['--list-events'],
    { encoding: 'utf8', timeout: answerMs },
  )
  if (status !== 0)
    throw new Error(
      `eslogger --list-events: ${error?.message ?? stderr.trim()}`,
    )
  const known = new Set(stdout.split(/\s+/))
  const events = wanted.filter((name) => known.has(name))
  if (!events.length)
    throw new Error('eslogger knows none of the events that are asked for')
  return events
}
