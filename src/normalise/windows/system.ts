// DCOM's own complaints in the System log. Their values are positional, and each id has its own order: that of the insertion
// strings of the provider's messages (those of Windows 10; KB5004442 for 10036 to 10038).
import type { Value } from '../../base/record.ts'

import { textOf } from '../read-first.ts'
import { wholeNumber } from '../whole-number.ts'

import { account, address, present } from './principal.ts'
import { guidsIn } from './registry-key.ts'
import type { Row } from '../row.ts'
import { derived } from '../row.ts'

const guid = (name: string, at: number) =>
  derived(name, [`param${at}`], (v) => braced(v))

const text = (name: string, at: number) =>
  derived(name, [`param${at}`], (v) => present(v))

const user = (domain: number, name: number) =>
  derived('User', [`param${name}`, `param${domain}`], (n, d) => account(d, n))

/** From `at` on: domain, user, security identifier, address. */
const client = (at: number): readonly Row[] => [
  user(at, at + 1),
  text('UserSid', at + 2),
  derived('RemoteAddress', [`param${at + 3}`], remoteAddress),
]

const everyValue = Array.from({ length: 11 }, (_, i) => `param${i + 1}`)

/** Who was denied: versions of Windows differ in whether an application id stands before him, so he is found by his SID. */
const deniedClient: readonly Row[] = [
  derived('User', everyValue, (...values) => {
    const at = sidAt(values)
    return at < 2 ? undefined : account(values[at - 2], values[at - 1])
  }),
  derived('UserSid', everyValue, (...values) => {
    const at = sidAt(values)
    return at < 0 ? undefined : values[at]
  }),
  derived('RemoteAddress', everyValue, (...values) => {
    const at = sidAt(values)
    return at < 0 ? undefined : remoteAddress(values[at + 1])
  }),
]

function sidAt(values: readonly (Value | undefined)[]): number {
  return values.findIndex(
    (v) => typeof v === 'string' && /^S-1-\d/.test(v) && v.length < 200,
  )
}

// 10037, 10038: an application asks for less authentication than DCOM demands.
const weakClient: readonly Row[] = [
  text('Image', 1),
  derived('ClientProcessId', ['param2'], wholeNumber),
  guid('Clsid', 3),
  text('RemoteAddress', 4),
  text('AuthenticationLevel', 5),
]

const failedStart: readonly Row[] = [
  text('CommandLine', 1),
  text('ErrorCode', 2),
  guid('Clsid', 3),
]

const failedActivation: readonly Row[] = [
  text('ErrorCode', 1),
  text('RemoteAddress', 2),
  guid('Clsid', 3),
]

const deniedLaunch: readonly Row[] = [
  guid('Clsid', 1),
  user(2, 3),
  text('UserSid', 4),
]

// A permission to use a running server is missing: application, application id, then who.
const deniedAccess = (at: number): readonly Row[] => [
  text('DcomOrigin', at),
  text('ServiceName', at + 1),
  guid('AppId', at + 2),
  ...deniedClient,
]

const unreachable: readonly Row[] = [
  text('RemoteAddress', 1),
  derived('ClientProcessId', ['param2'], clientProcess),
  text('Image', 3),
  guid('Clsid', 4),
]

export const distributedComRows: Readonly<Record<string, readonly Row[]>> = {
  10000: failedStart,
  10001: [...failedStart, user(4, 5)],
  10002: deniedLaunch,
  10003: deniedLaunch,
  10004: [text('ErrorCode', 1), user(2, 3), guid('Clsid', 4)],
  10005: [text('ErrorCode', 1), text('ServiceName', 2), guid('Clsid', 4)],
  10006: failedActivation,
  10007: [text('ErrorCode', 1), guid('Clsid', 2)],
  10008: failedActivation,
  10009: unreachable,
  10010: [guid('Clsid', 1)],
  10011: [guid('Clsid', 1)],
  10014: [guid('Clsid', 1)],
  10015: [
    text('DcomOrigin', 1),
    text('DcomOperation', 2),
    guid('Clsid', 3),
    guid('AppId', 4),
    ...deniedClient,
  ],
  10016: [
    text('DcomPermissionScope', 1),
    text('DcomOrigin', 2),
    text('DcomOperation', 3),
    guid('Clsid', 4),
    guid('AppId', 5),
    ...deniedClient,
  ],
  10017: [text('DcomPermissionScope', 1), ...deniedAccess(2)],
  10018: deniedAccess(1),
  10019: deniedAccess(1),
  10021: [guid('AppId', 1)],
  10022: [guid('AppId', 3)],
  10023: [guid('AppId', 2)],
  10027: [text('DcomOrigin', 1), text('DcomOperation', 2), ...deniedClient],
  10028: unreachable,
  10029: [guid('Clsid', 1), text('ServiceName', 2)],
  // The server refuses a client that authenticates too weakly.
  10036: client(1),
  10037: weakClient,
  10038: weakClient,
}

/** `{…}` in upper case; some events write the braces, some do not. */
function braced(value: Value | undefined): Value | undefined {
  const id = present(value)
  if (!id || id === 'Unavailable') return undefined
  return guidsIn(id.startsWith('{') ? id : `{${id}}`)
}

// `LocalHost (Using LRPC)` is the machine itself.
function remoteAddress(value: Value | undefined): string | undefined {
  const from = address(value)
  return from && /using lrpc/i.test(from) ? undefined : from
}

// 10009 and 10028 print the process id in hexadecimal without a prefix.
function clientProcess(value: Value | undefined): number | undefined {
  const digits = textOf(value)?.trim()
  return digits && /^[0-9a-f]{1,8}$/i.test(digits)
    ? Number.parseInt(digits, 16)
    : undefined
}
