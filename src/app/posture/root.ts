// A mounted image, or the root of this host: the files that checks ask about, where they lie. No link is followed out of the image.
import {
  type Dirent,
  lstatSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  type Stats,
} from 'node:fs'
import { join, relative, sep } from 'node:path'

import type { Facts } from '../../posture/facts/facts.ts'
import { readDump } from '../../posture/sources/index.ts'
import { isTerminal } from '../../posture/sources/unix.ts'

import { reasonOf } from '../../readers/regular-file.ts'

import { readDumpFile } from './dumps.ts'

/** Folders (whole) and files, from the root. */
const linuxPlaces = [
  'etc/sysctl.conf',
  'etc/sysctl.d',
  'run/sysctl.d',
  'usr/lib/sysctl.d',
  'etc/dbus-1',
  'usr/share/dbus-1',
  'etc/polkit-1',
  'usr/share/polkit-1',
  'var/lib/polkit-1/localauthority',
  'etc/ssh/sshd_config.d',
  'etc/ssh/sshd_config',
  'etc/group',
  'etc/sudoers',
  'etc/sudoers.d',
  'etc/docker/daemon.json',
  'sys/kernel/security/apparmor/features/dbus/mask',
]

const macPlaces = [
  'Library/LaunchDaemons',
  'Library/LaunchAgents',
  'Library/PrivilegedHelperTools',
  'private/var/db/dslocal/nodes/Default/groups/admin.plist',
]

const windowsPlaces = [
  'Windows/System32/config/SOFTWARE',
  'Windows/System32/config/SYSTEM',
  'Windows/System32/GroupPolicy',
]

/** Their modes are facts; that one is not there is one too. */
const modes = [
  '/run/docker.sock',
  '/run/containerd/containerd.sock',
  '/run/podman/podman.sock',
  '/run/crio/crio.sock',
  '/run/dbus/system_bus_socket',
  '/run/systemd/private',
  '/run/snapd.socket',
  '/run/cups/cups.sock',
  '/tmp',
  '/dev/shm',
]

const units = [
  'docker.socket',
  'podman.socket',
  'cups.socket',
  'avahi-daemon.socket',
  'snapd.socket',
  'rsh.socket',
  'rlogin.socket',
  'rexec.socket',
  'telnet.socket',
  'tftp.socket',
]

const unitFolders = [
  'etc/systemd/system',
  'usr/lib/systemd/system',
  'lib/systemd/system',
]

const maxFiles = 20_000
/** Folders in folders. */
const maxFolderDepth = 32

export interface RootReading {
  readonly root: string
  readonly facts: Facts
  note(message: string): void
  problem(message: string): void
}

/** Gives the number of files read. */
export function readRoot(reading: RootReading): number {
  let count = 0
  const places = [
    ...linuxPlaces,
    ...macPlaces,
    ...applications(reading),
    ...windowsPlaces,
    ...profiles(reading),
  ]
  // Of sysctl's files the last in order of names counts, and facts keep the first.
  for (const place of places) {
    const isSysctl = place.endsWith('sysctl.d')
    const files = [...filesAt(reading, place)]
    if (isSysctl) files.sort((a, b) => (a < b ? 1 : -1))
    for (const file of files) {
      if (++count > maxFiles) {
        reading.problem(`over ${maxFiles} files: the rest was not read`)
        return count
      }
      readOne(reading, file)
    }
  }
  const features = 'sys/kernel/security/apparmor/features'
  if (exists(reading, features)) reading.facts.cover('apparmor', `/${features}`)
  if (exists(reading, 'etc/passwd') || exists(reading, 'etc/os-release')) {
    readModes(reading)
    readUnits(reading)
  }
  return count
}

function readOne(reading: RootReading, file: string): void {
  const name = `/${relative(reading.root, file).replaceAll('\\', '/')}`
  if (/\.log[12]?$/i.test(name)) return
  try {
    const dump = readDumpFile(inside(reading, file), name)
    readDump(dump, reading.facts, (message) => reading.note(message))
  } catch (error) {
    reading.problem(`"${file}" cannot be read: ${reasonOf(error)}`)
  }
}

/** Where it really lies; the error says that this is elsewhere. */
function inside({ root }: RootReading, file: string): string {
  const real = realpathSync(file)
  const top = realpathSync(root)
  if (real === top || real.startsWith(top.endsWith(sep) ? top : top + sep)) {
    return real
  }
  throw new Error('its link leads out of the image')
}

function* filesAt(reading: RootReading, place: string): Generator<string> {
  const path = actualPath(reading.root, place)
  const stats = path && statOf(path)
  if (!path || !stats) return
  if (!stats.isDirectory()) {
    yield path
    return
  }
  yield* filesBelow(reading, path, 0)
}

/** A folder that may not be looked into is said; the others are read. */
function* filesBelow(
  reading: RootReading,
  folder: string,
  depth: number,
): Generator<string> {
  let entries: Dirent[]
  try {
    entries = readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    reading.problem(`"${folder}" cannot be read: ${reasonOf(error)}`)
    return
  }
  for (const entry of entries) {
    const path = join(folder, entry.name)
    if (entry.isFile() || entry.isSymbolicLink()) yield path
    else if (entry.isDirectory() && depth < maxFolderDepth)
      yield* filesBelow(reading, path, depth + 1)
  }
}

/** Windows does not tell letters of either case apart; images of it are read where they are told apart. */
function actualPath(root: string, place: string): string | undefined {
  let path = root
  for (const part of place.split('/')) {
    if (statOf(join(path, part))) {
      path = join(path, part)
      continue
    }
    const other = namesIn(path).find(
      (n) => n.toLowerCase() === part.toLowerCase(),
    )
    if (!other) return undefined
    path = join(path, other)
  }
  return path
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function statOf(path: string): Stats | undefined {
  try {
    return lstatSync(path)
  } catch {
    return undefined
  }
}

function exists({ root }: RootReading, place: string): boolean {
  return statOf(join(root, place)) !== undefined
}

function profiles({ root }: RootReading): readonly string[] {
  const users = actualPath(root, 'Users')
  if (!users) return []
  return namesIn(users).map((user) => `Users/${user}/NTUSER.DAT`)
}

function applications({ root }: RootReading): readonly string[] {
  return namesIn(join(root, 'Applications')).flatMap((app) =>
    ['Info.plist', 'Library/LaunchDaemons', 'Library/LaunchAgents'].map(
      (name) => `Applications/${app}/Contents/${name}`,
    ),
  )
}

function readModes({ root, facts }: RootReading): void {
  for (const path of modes) {
    const stats = statOf(join(root, path))
    const key = `file\\${path}`
    const whence = { file: path }
    facts.of('linux')
    facts.cover(key, path)
    if (!stats) continue
    facts.add(key, 'mode', stats.mode & 0o7777, whence)
    facts.add(key, 'owner', stats.uid, whence)
    facts.add(key, 'group', stats.gid, whence)
  }
  facts.cover('terminal', '/tmp')
  for (const path of terminals(root)) {
    const stats = statOf(join(root, path))
    if (stats)
      facts.add(`terminal\\${path}`, 'mode', stats.mode & 0o7777, {
        file: path,
      })
  }
}

/** Sockets of tmux and screen of all users. */
function terminals(root: string): readonly string[] {
  return ['/tmp', '/run/screen', '/var/run/screen'].flatMap((place) =>
    namesIn(join(root, place))
      .filter((n) => /^(?:tmux-\d+|S-.+)$/.test(n))
      .flatMap((n) =>
        namesIn(join(root, place, n)).map((name) => `${place}/${n}/${name}`),
      )
      .filter(isTerminal),
  )
}

/** What `systemctl is-enabled` would say of an image. */
function readUnits({ root, facts }: RootReading): void {
  const wanted = namesIn(join(root, 'etc/systemd/system'))
    .filter((n) => n.endsWith('.wants'))
    .flatMap((n) => namesIn(join(root, 'etc/systemd/system', n)))
  for (const unit of units) {
    const files = unitFolders.map((f) => join(root, f, unit))
    const file = files.find((f) => statOf(f))
    const isMasked =
      file &&
      statOf(file)!.isSymbolicLink() &&
      readlinkSync(file) === '/dev/null'
    const state = isMasked
      ? 'masked'
      : wanted.includes(unit)
        ? 'enabled'
        : file
          ? 'disabled'
          : undefined
    facts.of('linux')
    facts.cover(`unit\\${unit}`, 'etc/systemd/system')
    if (state)
      facts.add(`unit\\${unit}`, 'UnitFileState', state, {
        file: file ?? 'etc/systemd/system',
      })
  }
}
