// Where is tracefs? Where nobody mounted it, it is mounted for this process alone, in a mount namespace of its own: nothing is left behind,
// whatever ends it.
// Sources: Documentation/trace/ftrace.rst, mount_namespaces(7), unshare(2), mount(2).
import { accessSync, constants, existsSync } from 'node:fs'
import { join } from 'node:path'

import { missing } from '../linux/capabilities.ts'
import { errnoName, libc } from '../linux/libc.ts'
import { nativeFailure } from '../native.ts'
import type { Probe } from '../sensor.ts'

const places = ['/sys/kernel/tracing', '/sys/kernel/debug/tracing'] as const

const CLONE_NEWNS = 0x20000
const MS_REC = 0x4000
const MS_PRIVATE = 0x40000

function mounted(): string | undefined {
  return places.find((p) => existsSync(join(p, 'instances')))
}

export function probeTracefs(): Probe {
  const at = mounted()
  if (at !== undefined) {
    try {
      accessSync(join(at, 'instances'), constants.W_OK)
      return { can: true, detail: `instance below ${at}` }
    } catch {
      return { can: false, detail: `${at} may not be written by this user` }
    }
  }
  if (!existsSync(places[0]))
    return { can: false, detail: 'this kernel has no tracefs' }
  const lacking = missing(['sys_admin'])
  if (lacking) {
    const detail = `tracefs is not mounted, and mounting it needs ${lacking}`
    return { can: false, detail }
  }
  if (!libc())
    return {
      can: false,
      detail: `tracefs is not mounted ("mount -t tracefs nodev ${places[0]}" does so), and ${nativeFailure()}`,
    }
  return { can: true, detail: 'instance of its own, mounted for it alone' }
}

/** Throws where there is none, and none can be mounted. Of this thread alone: what is spawned inherits it. */
export function openTracefs(): string {
  const at = mounted()
  if (at !== undefined) return at
  const c = libc()
  if (!c) throw new Error(`tracefs is not mounted, and ${nativeFailure()}`)
  const fail = (what: string) => {
    throw new Error(`tracefs: ${what}: ${errnoName(c.errno())}`)
  }
  if (c.unshare(CLONE_NEWNS) < 0) fail('mount namespace of its own')
  if (c.mount('none', '/', null, MS_REC | MS_PRIVATE, null) < 0) {
    fail('private mounts')
  }
  if (c.mount('nodev', places[0], 'tracefs', 0, null) < 0) fail('mount')
  return places[0]
}
