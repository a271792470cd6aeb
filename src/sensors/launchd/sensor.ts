// macOS: who answers behind a Mach service. Endpoint Security names the service that is asked for, and not the program that owns it; the
// property lists of launchd do. Told at the beginning, and what is new or changed every so often.
import { existsSync } from 'node:fs'
import { join } from 'node:path'

import type { Emitter } from '../emitter.ts'
import type {
  Probe,
  RunningSensor,
  Sensor,
  SensorCounts,
  SensorOptions,
} from '../sensor.ts'
import { type LaunchdJob, launchdJobs } from './jobs.ts'

/** Milliseconds between two looks. */
const everyMs = 30_000

export const launchd: Sensor = launchdBelow('/')

export function launchdBelow(root: string): Sensor {
  return {
    name: 'launchd',
    platform: 'darwin',
    sees: 'which program owns each Mach service: daemons and agents that launchd keeps',
    probe: () => probe(root),
    start: (options) => new Jobs(root, options),
  }
}

function probe(root: string): Probe {
  const place = join(root, 'System/Library/LaunchDaemons')
  return existsSync(place)
    ? { can: true, detail: 'property lists of launchd', isUnproven: true }
    : { can: false, detail: `${place} is not there`, isUnproven: true }
}

class Jobs implements RunningSensor {
  readonly #root: string
  readonly #emitter: Emitter
  readonly #timer: NodeJS.Timeout
  /** Place of each to what was told of it. */
  #told = new Map<string, string>()
  #seen = 0

  constructor(root: string, { emitter, warn }: SensorOptions) {
    this.#root = root
    this.#emitter = emitter
    const unread = this.#look()
    if (unread > 0)
      warn?.(`${unread} property lists of launchd could not be read`)
    this.#timer = setInterval(() => this.#look(), everyMs)
  }

  counts(): SensorCounts {
    return { seen: this.#seen, dropped: 0 }
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  /** How many cannot be read. */
  #look(): number {
    const { jobs, unread } = launchdJobs(this.#root)
    const told = new Map<string, string>()
    for (const job of jobs) {
      const text = JSON.stringify(job)
      told.set(job.url, text)
      if (this.#told.get(job.url) !== text) this.#tell(job)
    }
    this.#told = told
    return unread
  }

  #tell({ url, label, kind, program, services, user }: LaunchdJob): void {
    this.#seen++
    this.#emitter.emit({
      type: 'launch_item',
      time: Date.now(),
      fields: { label, kind, url, program, services, user },
    })
  }
}
