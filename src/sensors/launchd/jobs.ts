// What launchd is told to keep: daemons and agents, with the Mach services that each of them owns.
// Source: launchd.plist(5): Label, Program, ProgramArguments, BundleProgram, MachServices, UserName; launchd(8) for the folders.
import { lstatSync, readdirSync, realpathSync } from 'node:fs'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'

import { isPlist, readPlist } from '../../base/plist/plist.ts'
import {
  isPlistMap,
  type Plist,
  type PlistMap,
} from '../../base/plist/value.ts'

import { readRegularBytes } from '../../readers/regular-file.ts'

const maxFileBytes = 1024 * 1024
const maxFiles = 10_000
/** Of one job; launchd itself knows no bound. */
const maxServices = 500

export interface LaunchdJob {
  /** Of its property list, as Endpoint Security writes it. */
  readonly url: string
  readonly label: string
  readonly kind: 'DAEMON' | 'AGENT'
  readonly program: string | undefined
  readonly services: readonly string[]
  /** A daemon without one is root's; an agent is of whoever is logged in. */
  readonly user: string | undefined
}

export interface LaunchdJobs {
  readonly jobs: readonly LaunchdJob[]
  /** Property lists that could not be read, or were not for their number. */
  readonly unread: number
}

const folders = [
  ['System/Library/LaunchDaemons', 'DAEMON'],
  ['System/Library/LaunchAgents', 'AGENT'],
  ['Library/LaunchDaemons', 'DAEMON'],
  ['Library/LaunchAgents', 'AGENT'],
] as const

/** Of a host whose files lie below `root`: those of the system, of its administrator, and of each user. */
export function launchdJobs(root = '/'): LaunchdJobs {
  const jobs: LaunchdJob[] = []
  let unread = 0
  const users = namesIn(join(root, 'Users'))
    .filter((name) => name !== 'Shared')
    .map((name) => [`Users/${name}/Library/LaunchAgents`, 'AGENT'] as const)
  let files = 0
  for (const [folder, kind] of [...folders, ...users]) {
    for (const name of namesIn(join(root, folder))) {
      if (!name.endsWith('.plist')) continue
      const path = join(root, folder, name)
      const job = ++files <= maxFiles ? jobIn(path, root, kind) : undefined
      if (job) jobs.push(job)
      else unread++
    }
  }
  return { jobs, unread }
}

/** None where there is no such folder, or where a link of it leads out of the root. */
function namesIn(folder: string): readonly string[] {
  try {
    if (!lstatSync(folder).isDirectory()) return []
    return readdirSync(folder).sort()
  } catch {
    return []
  }
}

function jobIn(
  path: string,
  root: string,
  kind: LaunchdJob['kind'],
): LaunchdJob | undefined {
  try {
    if (relative(realpathSync(root), realpathSync(path)).startsWith('..'))
      return undefined
    const bytes = readRegularBytes(path, maxFileBytes)
    const text = bytes.toString('utf8')
    if (!isPlist(bytes, text)) return undefined
    const value = readPlist(bytes, text)
    if (!isPlistMap(value) || typeof value.Label !== 'string') return undefined
    const program = programOf(value)
    return {
      url: pathToFileURL(join('/', relative(root, path))).href,
      label: value.Label,
      kind,
      program,
      services: servicesOf(value),
      user: textOf(value.UserName) ?? (kind === 'DAEMON' ? 'root' : undefined),
    }
  } catch {
    return undefined
  }
}

const textOf = (value: Plist | undefined) =>
  typeof value === 'string' ? value : undefined

function programOf(job: PlistMap): string | undefined {
  const first = Array.isArray(job.ProgramArguments)
    ? (job.ProgramArguments as readonly Plist[])[0]
    : undefined
  return textOf(job.Program) ?? textOf(job.BundleProgram) ?? textOf(first)
}

function servicesOf({ MachServices: services }: PlistMap): readonly string[] {
  return isPlistMap(services) ? Object.keys(services).slice(0, maxServices) : []
}
