// A process as Endpoint Security describes it: the actor of an event, the new image of an exec, a target. One table of
// its fields under any prefix (`process`, `event.exec.target`).
import type { Shape, Value } from '../../base/record.ts'

import { textOf } from '../read-first.ts'
import { isUnsetId } from '../login-user.ts'
import { alias, below, derived, ofAny, type Row } from '../row.ts'

import { codeSigningFlags } from './code-signing.ts'

/** The fields of an audit token in the order in which message version 10 lists them. */
const tokenFields = [
  'auid',
  'euid',
  'egid',
  'ruid',
  'rgid',
  'pid',
  'asid',
  'pidversion',
] as const

type TokenField = (typeof tokenFields)[number]

/** A token is an object (message versions 9 and 11), a list of eight (10), or eight numbers joined by `-` (mac-monitor). */
function tokenItem(
  token: Value | undefined,
  field: TokenField,
): number | undefined {
  const list = typeof token === 'string' ? token.split('-') : token
  if (!Array.isArray(list) || list.length !== tokenFields.length) {
    return undefined
  }
  const number = Number(list[tokenFields.indexOf(field)])
  return Number.isFinite(number) ? number : undefined
}

function id(
  name: string,
  field: TokenField,
  make: (id: Value | undefined) => Value | undefined = (v) => v,
): Row {
  const of = [`audit_token.${field}`, 'audit_token']
  return ofAny(name, of, (member, token) => {
    const own = member ?? tokenItem(token, field)
    return make(isUnsetId(own) ? undefined : own)
  })
}

/** `id` shows an unset one as absent; the token says so. */
const nobody = ofAny(
  'NobodyLoggedIn',
  ['audit_token.auid', 'audit_token'],
  (member, token) => isUnsetId(member ?? tokenItem(token, 'auid')) || undefined,
)

/** Of users only one has the same name everywhere. */
const nameOf = (uid: Value | undefined) =>
  Number(uid ?? -1) === 0 ? 'root' : undefined

/** pid and pidversion: unlike a pid, never used again before a reboot. */
function identity(name: string, token: string): Row {
  const of = [`${token}.pid`, `${token}.pidversion`, token]
  return ofAny(name, of, (pid, version, whole) => {
    const p = pid ?? tokenItem(whole, 'pid')
    const v = version ?? tokenItem(whole, 'pidversion')
    return p === undefined || v === undefined ? undefined : `${p}.${v}`
  })
}

/** `as`: before each canonical name: '' for the actor, `Target`. */
function rowsOf(as: string): Row[] {
  const parent = as === '' ? 'Parent' : `${as}Parent`
  return [
    alias(`${as}Image`, 'executable.path'),
    id(`${as}ProcessId`, 'pid'),
    identity(`${as}ProcessGuid`, 'audit_token'),
    ofAny(
      `${parent}ProcessId`,
      ['parent_audit_token.pid', 'parent_audit_token', 'ppid'],
      (member, token, ppid) => member ?? tokenItem(token, 'pid') ?? ppid,
    ),
    identity(`${parent}ProcessGuid`, 'parent_audit_token'),
    identity(`${as}ResponsibleProcessGuid`, 'responsible_audit_token'),
    id(`${as}User`, 'ruid', nameOf),
    id(`${as}UserId`, 'ruid'),
    id(`${as}EffectiveUser`, 'euid', nameOf),
    id(`${as}EffectiveUserId`, 'euid'),
    id(`${as}LoginUserId`, 'auid'),
    ...(as === '' ? [nobody] : []),
    id(`${as}LogonId`, 'asid'),
    alias(`${as}SigningId`, 'signing_id'),
    alias(`${as}TeamId`, 'team_id'),
    alias(`${as}CodeDirectoryHash`, 'cdhash'),
    alias(`${as}IsPlatformBinary`, 'is_platform_binary'),
    derived(`${as}CodeSigningFlags`, ['codesigning_flags'], flagsOf),
  ]
}

function flagsOf(value: Value | undefined): Value | undefined {
  const number = value === undefined ? Number.NaN : Number(textOf(value))
  return Number.isInteger(number) ? codeSigningFlags(number) : undefined
}

/** What is known of the process at a prefix, under canonical names; nothing where the shape has no such process. */
export function processRows(shape: Shape, of: string, as: string): Row[] {
  const isThere = ['executable.path', 'audit_token', 'audit_token.pid'].some(
    (name) => shape.indexOf(`${of}.${name}`) >= 0,
  )
  return isThere ? below(`${of}.`, rowsOf(as)) : []
}
