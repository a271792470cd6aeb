// What is known of signed code on macOS: entitlements, flags of its signature, and whom a privileged helper lets in. `codesign` and the binary itself
// tell it; both end here.
import {
  isPlistMap,
  type Plist,
  type PlistMap,
} from '../../base/plist/value.ts'
import type { Reading } from './source.ts'

/** `CS_RUNTIME`, `CS_REQUIRE_LV` (xnu, osfmk/kern/cs_blobs.h). */
const CS_RUNTIME = 0x10000
const CS_REQUIRE_LV = 0x2000

/** Entitlements that let others' code in (Apple, Hardened Runtime). */
const opening = [
  'com.apple.security.cs.allow-dyld-environment-variables',
  'com.apple.security.cs.disable-library-validation',
  'com.apple.security.cs.allow-unsigned-executable-memory',
  'com.apple.security.cs.disable-executable-page-protection',
  'com.apple.security.cs.allow-jit',
  'com.apple.security.cs.debugger',
]

export interface Signature {
  readonly path: string
  readonly offset?: number
  readonly flags?: number
  readonly team?: string
  readonly entitlements?: PlistMap
}

export function addSignature(dump: Reading, signature: Signature): void {
  dump.facts.of('macos')
  const { path, flags, team, entitlements, offset } = signature
  const key = `code\\${path}`
  const whence = { file: dump.name, ...(offset !== undefined && { offset }) }
  const { facts } = dump
  if (flags !== undefined) {
    const validates =
      (flags & CS_REQUIRE_LV) !== 0 ||
      ((flags & CS_RUNTIME) !== 0 &&
        !isTrue(
          entitlements,
          'com.apple.security.cs.disable-library-validation',
        ))
    facts.add(key, 'hardened runtime', (flags & CS_RUNTIME) !== 0, whence)
    facts.add(key, 'library validation', validates, whence)
  }
  if (team !== undefined) facts.add(key, 'team', team, whence)
  if (!entitlements) return
  facts.add(
    key,
    'get-task-allow',
    isTrue(entitlements, 'com.apple.security.get-task-allow'),
    whence,
  )
  facts.add(
    key,
    'sandbox',
    isTrue(entitlements, 'com.apple.security.app-sandbox'),
    whence,
  )
  for (const name of opening) {
    const short = name.slice('com.apple.security.cs.'.length)
    facts.add(key, short, isTrue(entitlements, name), whence)
  }
}

function isTrue(entitlements: PlistMap | undefined, name: string): boolean {
  return (
    entitlements !== undefined &&
    Object.hasOwn(entitlements, name) &&
    entitlements[name] === true
  )
}

/** Of an Info.plist, also of one that lies within a helper. */
export function addInfo(dump: Reading, info: PlistMap, path: string): void {
  const { SMAuthorizedClients: clients, SMPrivilegedExecutables: helpers } =
    info
  const id =
    typeof info.CFBundleIdentifier === 'string' ? info.CFBundleIdentifier : path
  dump.facts.of('macos')
  if (clients !== undefined) {
    const list = textsOf(clients)
    addRequirements(dump, `helper\\${id}`, 'clients', list)
  }
  if (isPlistMap(helpers)) {
    addRequirements(
      dump,
      `app\\${id}`,
      'helpers',
      Object.values(helpers).flatMap(textsOf),
    )
  }
}

function textsOf(value: Plist): readonly string[] {
  if (typeof value === 'string') return [value]
  return Array.isArray(value)
    ? value.filter((v): v is string => typeof v === 'string')
    : []
}

function addRequirements(
  dump: Reading,
  key: string,
  who: string,
  list: readonly string[],
): void {
  const whence = { file: dump.name }
  dump.facts.cover(key, dump.name)
  dump.facts.add(key, who, list, whence)
  dump.facts.add(
    key,
    `${who} without Apple's anchor`,
    list.filter((r) => !/anchor\s+(apple|trusted)/.test(r)),
    whence,
  )
  dump.facts.add(
    key,
    `${who} without a team`,
    list.filter((r) => !/subject\.OU\]?\s*=|anchor apple(?! generic)/.test(r)),
    whence,
  )
  dump.facts.add(
    key,
    `${who} of any identifier`,
    list.filter((r) => !/\bidentifier\s/.test(r)),
    whence,
  )
}

/** What a helper's binary mentions: names of the calls by which a peer is told, by its audit token or by a process id that can be used again. */
const byToken =
  /setCodeSigningRequirement:|xpc_connection_set_peer_(code_signing|lightweight_code|entitlement|team_identity|platform_identity)|SecCodeCreateWithXPCMessage|xpc_connection_get_audit_token|kSecGuestAttributeAudit|\bauditToken\b/
const byProcessId =
  /kSecGuestAttributePid|xpc_connection_get_pid|\bprocessIdentifier\b/

export function peerCheck(text: string): string {
  if (byToken.test(text)) return 'audit token'
  if (byProcessId.test(text)) return 'process id'
  return 'none seen'
}
