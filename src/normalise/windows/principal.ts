// Who acted, and how far could he go? Accounts, integrity levels and logon sessions in one spelling.
import type { Value } from '../../base/record.ts'

import { textOf } from '../read-first.ts'
import { wholeNumber } from '../whole-number.ts'

// Microsoft Learn, "Mandatory Integrity Control"; the last sub-authority of S-1-16-… is the level.
const levels: ReadonlyMap<number, string> = new Map([
  [0x0, 'Untrusted'],
  [0x1000, 'Low'],
  [0x2000, 'Medium'],
  [0x2100, 'MediumPlus'],
  [0x3000, 'High'],
  [0x4000, 'System'],
  [0x5000, 'Protected'],
])

/** Sysmon's word for the level of a mandatory label, `S-1-16-12288` or `Mandatory Label\High Mandatory Level`. */
export function integrityLevel(value: Value | undefined): string | undefined {
  const text = textOf(value)
  if (!text) return undefined
  const sid = /^S-1-16-(\d{1,6})$/i.exec(text)
  if (sid) return levels.get(Number(sid[1]))
  const name = /\\(\w+)(?: Plus)? Mandatory Level$/i.exec(text)
  return name?.[1]
}

/** `DOMAIN\user`; a part that is empty or `-` is left out. */
export function account(
  domain: Value | undefined,
  user: Value | undefined,
): string | undefined {
  const name = present(user)
  if (!name) return undefined
  const realm = present(domain)
  return realm ? `${realm}\\${name}` : name
}

// Microsoft Learn, "Well-known SIDs"; the audit names the computer's account instead.
const serviceAccounts: ReadonlyMap<string, string> = new Map([
  ['S-1-5-18', 'NT AUTHORITY\\SYSTEM'],
  ['S-1-5-19', 'NT AUTHORITY\\LOCAL SERVICE'],
  ['S-1-5-20', 'NT AUTHORITY\\NETWORK SERVICE'],
])

/** The account that Sysmon would name for a SID of Windows itself. */
export function serviceAccount(sid: Value | undefined): string | undefined {
  return serviceAccounts.get(textOf(sid) ?? '')
}

/** Text that says something: not absent, empty, `-` or `?`. */
export function present(value: Value | undefined): string | undefined {
  const text = textOf(value)?.trim()
  return text && text !== '-' && text !== '?' ? text : undefined
}

/** A logon session's id as Sysmon writes it: lower-case hexadecimal without padding. undefined for none and for 0. */
export function logonId(value: Value | undefined): string | undefined {
  const n = wholeNumber(value)
  return n ? `0x${n.toString(16)}` : undefined
}

/** An address without the prefix of IPv4 in IPv6; undefined for none. */
export function address(value: Value | undefined): string | undefined {
  const text = present(value)
  return text?.replace(/^::ffff:(?=\d+\.)/i, '')
}
