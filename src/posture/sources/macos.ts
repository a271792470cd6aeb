// Outputs and files of macOS: codesign, property lists of applications, helpers and launchd, csrutil, spctl, santactl.
import { isPlist, readPlist } from '../../base/plist/plist.ts'
import {
  isPlistMap,
  type Plist,
  type PlistMap,
} from '../../base/plist/value.ts'
import { readXmlPlist } from '../../base/plist/xml.ts'
import { addInfo, addSignature } from './code.ts'
import { isJsonMap, jsonOf, type JsonMap, mapAt } from './json-dumps.ts'
import { fileOf, type Reading, type Source } from './source.ts'

export const codesign: Source = {
  what: 'codesign -dvvv --entitlements :-',
  recognises: ({ text }) =>
    /^Executable=\//m.test(text) ||
    (/^CodeDirectory v=/m.test(text) && /flags=0x/.test(text)),
  read(dump) {
    const parts = dump.text.split(/^(?=Executable=\/)/m)
    for (const part of parts) {
      const path = /^Executable=(.*)$/m.exec(part)?.[1]?.trim()
      if (!path && parts.length > 1) continue
      const flags = /flags=0x([\da-f]+)/i.exec(part)?.[1]
      const team = /^TeamIdentifier=(.*)$/m.exec(part)?.[1]?.trim()
      addSignature(dump, {
        path: path ?? dump.name,
        ...(flags && { flags: Number.parseInt(flags, 16) }),
        ...(team && { team }),
        entitlements: entitlementsOf(dump, part),
      })
    }
  },
}

/** As XML, or as `[Key] ... [Value] [Bool] true`. Code without any has none of them. */
function entitlementsOf(dump: Reading, text: string): PlistMap {
  if (/<plist[\s>]/.test(text)) {
    try {
      const value = readXmlPlist(text)
      if (isPlistMap(value)) return value
    } catch (error) {
      dump.note((error as Error).message)
    }
  }
  const pairs = text.matchAll(
    /\[Key\] (\S+)\s+\[Value\]\s+\[Bool\] (true|false)/g,
  )
  return Object.fromEntries(
    [...pairs].map(([, key, value]) => [key, value === 'true']),
  )
}

export const propertyList: Source = {
  what: 'property list (Info.plist, launchd)',
  recognises: ({ bytes, text }) => isPlist(bytes, text),
  read(dump) {
    dump.facts.of('macos')
    let value: Plist
    try {
      value = readPlist(dump.bytes, dump.text)
    } catch (error) {
      dump.note((error as Error).message)
      return
    }
    if (!isPlistMap(value)) {
      dump.note('a property list, but no mapping')
      return
    }
    if (isGroup(value)) addGroup(dump, value)
    else if (typeof value.Label === 'string')
      addLaunchd(dump, value, value.Label)
    else if (
      Object.keys(value).some(
        (k) =>
          k.startsWith('com.apple.security.') ||
          k === 'com.apple.application-identifier',
      )
    ) {
      addSignature(dump, { path: dump.name, entitlements: value })
    } else addInfo(dump, value, dump.name)
  },
}

/** As the local directory keeps groups (/var/db/dslocal/nodes/Default/groups): each value is a list. */
function isGroup(value: PlistMap): boolean {
  return Array.isArray(value.gid) && Array.isArray(value.name)
}

function addGroup(dump: Reading, value: PlistMap): void {
  const texts = (list: Plist | undefined) =>
    Array.isArray(list) ? list.filter((v) => typeof v === 'string') : []
  for (const name of texts(value.name)) {
    const key = `group\\${name}`
    dump.facts.cover(key, dump.name)
    dump.facts.add(key, 'members', texts(value.users), fileOf(dump))
  }
}

function addLaunchd(dump: Reading, job: PlistMap, label: string): void {
  const key = `launchd\\${label}`
  const whence = fileOf(dump)
  dump.facts.cover(key, dump.name)
  const services = isPlistMap(job.MachServices)
    ? Object.keys(job.MachServices)
    : []
  // Without UserName a daemon is root's; agents lie in folders of their own.
  const isDaemon = !/LaunchAgents/.test(dump.name)
  const user =
    typeof job.UserName === 'string' ? job.UserName : isDaemon ? 'root' : 'user'
  dump.facts.add(key, 'mach services', services, whence)
  dump.facts.add(key, 'user', user, whence)
  addProgram(dump, key, job)
  if (isPlistMap(job.SpawnConstraint))
    dump.facts.add(
      key,
      'spawn constraint',
      Object.keys(job.SpawnConstraint),
      whence,
    )
  const sockets = isPlistMap(job.Sockets) ? Object.values(job.Sockets) : []
  const modes = sockets.flatMap((s) =>
    isPlistMap(s) && typeof s.SockPathMode === 'number' ? [s.SockPathMode] : [],
  )
  const open = modes
    .filter((mode) => mode & 0o002)
    .map((mode) => mode.toString(8))
  dump.facts.add(key, 'sockets that all may write', open, whence)
  const variables = isPlistMap(job.EnvironmentVariables)
    ? Object.keys(job.EnvironmentVariables)
    : []
  dump.facts.add(
    key,
    'injected libraries',
    variables.filter((v) => v.startsWith('DYLD_')),
    whence,
  )
}

function addProgram(dump: Reading, key: string, job: PlistMap): void {
  const [first] = Array.isArray(job.ProgramArguments)
    ? job.ProgramArguments
    : []
  const program = job.BundleProgram ?? job.Program ?? first
  if (typeof program !== 'string') return
  const add = (name: string, value: string | boolean) =>
    dump.facts.add(key, name, value, fileOf(dump))
  add('program', program)
  add('program in a place that users may write', isOpenPlace(program))
  const application =
    /([^\\/]+\.app)[\\/]Contents[\\/]Library[\\/]Launch(?:Daemons|Agents)[\\/]/.exec(
      dump.name,
    )?.[1]
  if (application !== undefined)
    add('program outside of its application', isOutside(program, application))
}

/** Of an SMAppService the path begins in its application (launchd.plist(5), BundleProgram). */
function isOutside(program: string, application: string): boolean {
  const parts = program.split('/')
  return (
    parts.includes('..') ||
    (program.startsWith('/') && !parts.includes(application))
  )
}

function isOpenPlace(program: string): boolean {
  return /^\/(Users\/Shared|tmp|private\/tmp|var\/tmp|private\/var\/tmp|Users\/[^/]+)\//.test(
    program,
  )
}

export const systemIntegrity: Source = {
  what: 'csrutil status, spctl --status',
  recognises: ({ text }) =>
    /^System Integrity Protection status:|^assessments (enabled|disabled)/m.test(
      text.slice(0, 4096),
    ),
  read(dump) {
    dump.facts.of('macos')
    const sip = /^System Integrity Protection status:\s*(\w+)/m.exec(
      dump.text,
    )?.[1]
    const gatekeeper = /^assessments (enabled|disabled)/m.exec(dump.text)?.[1]
    if (sip) dump.facts.add('macos', 'sip', sip, fileOf(dump))
    if (gatekeeper)
      dump.facts.add('macos', 'gatekeeper', gatekeeper, fileOf(dump))
  },
}

/** `santactl status --json`: `Temporary Monitor Mode (…)` is a mode, too. */
export const santa: Source = {
  what: 'santactl status --json',
  recognises: (dump) => {
    const value = jsonOf(dump)
    return (
      isJsonMap(value) &&
      'watchdog_cpu_events' in mapAt(value, 'daemon') &&
      typeof mapAt(value, 'daemon').mode === 'string'
    )
  },
  read(dump) {
    dump.facts.of('macos')
    const { mode } = mapAt(jsonOf(dump) as JsonMap, 'daemon')
    dump.facts.add('macos', 'santa', String(mode), fileOf(dump))
  },
}
