// What is followed where nothing is named: the logs in which this system writes what the rules ask for.
import { accessSync, constants, existsSync } from 'node:fs'
import { join } from 'node:path'

import { chooseSensors } from '../../sensors/index.ts'

/** Of systems and tools, where they write if nobody told them otherwise. */
const places: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: [
    '/var/log/audit/audit.log',
    '/var/log/laurel/audit.log',
    '/var/log/osquery/osqueryd.results.log',
    '/var/log/falco/falco.log',
    '/var/run/cilium/tetragon/tetragon.log',
  ],
  darwin: ['/var/log/osquery/osqueryd.results.log'],
  win32: [
    join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', 'winevt', 'Logs'),
  ],
}

export interface DefaultPaths {
  readonly readable: readonly string[]
  /** Those that are there and may not be read, and those that are not there. */
  readonly closed: readonly string[]
  readonly absent: readonly string[]
}

/** `sensors`: names of those that run. What one of them subscribes to is not read from its files as well. */
export function defaultPaths(sensors: readonly string[]): DefaultPaths {
  const isSubscribed = chooseSensors(sensors).some(
    ({ chosen, sensor }) => chosen && sensor.follows === 'channels',
  )
  const all = isSubscribed ? [] : (places[process.platform] ?? [])
  const there = all.filter((p) => existsSync(p))
  const readable = there.filter(isReadable)
  return {
    readable,
    closed: there.filter((p) => !readable.includes(p)),
    absent: all.filter((p) => !there.includes(p)),
  }
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK)
    return true
  } catch {
    return false
  }
}
