// DCOM's own complaints in the System log. Their values are positional, and each id has its own order; the order is that
// of the message's insertion strings (Microsoft Learn, "Event ID 10016", "10028", and KB5004442 for 10036 to 10038).
import type { Value } from '../../base/record.ts'

import { textOf } from '../read-first.ts'

import { account, address, present, wholeNumber } from './principal.ts'
import { guidsIn } from './registry-key.ts'
import type { Row } from './row.ts'
import { derived } from './row.ts'

const guid = (name: string, at: number) =>
  derived(name, [`param${at}`], (v) => braced(v))

const text = (name: string, at: number) =>
  derived(name, [`param${at}`], (v) => present(v))

const user = (domain: number, name: number) =>
  derived('User', [`param${name}`, `param${domain}`], (n, d) => account(d, n))

// 10014 to 10017 and 10025 to 10027: a permission is missing.
const denied: readonly Row[] = [
  text('DcomPermissionScope', 1),
  text('DcomOrigin', 2),
  text('DcomOperation', 3),
  guid('Clsid', 4),
  guid('AppId', 5),
  user(6, 7),
  text('UserSid', 8),
  derived('RemoteAddress', ['param9'], remoteAddress),
]

// 10037, 10038: an application asks for less authentication than DCOM demands.
const weakClient: readonly Row[] = [
  text('Image', 1),
  derived('ClientProcessId', ['param2'], wholeNumber),
  guid('Clsid', 3),
  text('RemoteAddress', 4),
  text('AuthenticationLevel', 5),
]

const failedStart: readonly Row[] = [
  text('ErrorCode', 1),
  text('CommandLine', 2),
  guid('Clsid', 3),
]

export const distributedComRows: Readonly<Record<string, readonly Row[]>> = {
  10000: failedStart,
  10001: [...failedStart, user(4, 5)],
  10005: [text('ErrorCode', 1), text('ServiceName', 2), guid('Clsid', 4)],
  10006: [text('ErrorCode', 1), text('RemoteAddress', 2), guid('Clsid', 3)],
  10009: [
    text('RemoteAddress', 1),
    derived('ClientProcessId', ['param2'], clientProcess),
    text('Image', 3),
  ],
  10010: [guid('Clsid', 1)],
  10014: denied,
  10015: denied,
  10016: denied,
  10017: denied,
  10021: [guid('AppId', 1)],
  10028: [
    text('RemoteAddress', 1),
    derived('ClientProcessId', ['param2'], clientProcess),
    text('Image', 3),
    guid('Clsid', 4),
  ],
  // The server refuses a client that authenticates too weakly.
  10036: [user(1, 2), text('UserSid', 3), text('RemoteAddress', 4)],
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
