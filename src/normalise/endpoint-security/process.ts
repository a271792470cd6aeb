// A process as Endpoint Security describes it: the actor of an event, the new image of an exec, a target. One table of
// its fields under any prefix (`process`, `event.exec.target`).
import type { Shape, SourceRecord, Value } from '../../base/record.ts'

import type { Addition } from '../provider.ts'
import { textOf } from '../read-first.ts'

import { codeSigningFlags } from './code-signing.ts'

export type Get = (record: SourceRecord) => Value | undefined

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

/** AU_DEFAUDITID: nobody logged in. */
const unsetId = 4_294_967_295

/** Of a field that the shape lacks: an addition made of nothing else is not made at all. */
export const absent: Get = () => undefined

export function fieldAt(shape: Shape, name: string): Get {
  const i = shape.indexOf(name)
  return i < 0 ? absent : (r) => r.value(i)
}

/** `absent` where `get` is. */
export function mapped(
  get: Get,
  make: (value: Value | undefined) => Value | undefined,
): Get {
  return get === absent ? absent : (r) => make(get(r))
}

/** A token is an object (message versions 9 and 11), a list of eight (10), or eight numbers joined by `-` (mac-monitor). */
function tokenField(shape: Shape, token: string, field: TokenField): Get {
  const member = shape.indexOf(`${token}.${field}`)
  if (member >= 0) return (r) => r.value(member)
  const position = tokenFields.indexOf(field)
  return mapped(fieldAt(shape, token), (value) => {
    const list = typeof value === 'string' ? value.split('-') : value
    if (!Array.isArray(list) || list.length !== tokenFields.length) {
      return undefined
    }
    const number = Number(list[position])
    return Number.isFinite(number) ? number : undefined
  })
}

/** pid and pidversion: unlike a pid, never used again before a reboot. */
function identity(shape: Shape, token: string): Get {
  const pid = tokenField(shape, token, 'pid')
  const version = tokenField(shape, token, 'pidversion')
  if (pid === absent || version === absent) return absent
  return (r) => {
    const p = pid(r)
    const v = version(r)
    return p === undefined || v === undefined ? undefined : `${p}.${v}`
  }
}

interface Names {
  readonly of: string
  /** Before each canonical name: '' for the actor, `Target`. */
  readonly as: string
}

/** What is known of the process at a prefix, under canonical names; nothing where the shape has no such process. */
export function processAdditions(shape: Shape, names: Names): Addition[] {
  const { of, as } = names
  if (!hasProcess(shape, of)) return []
  const token = `${of}.audit_token`
  const id = (field: TokenField): Get =>
    mapped(tokenField(shape, token, field), (n) =>
      Number(n) === unsetId ? undefined : n,
    )
  const user = (field: TokenField): Get =>
    mapped(id(field), (n) => (Number(n ?? -1) === 0 ? 'root' : undefined))
  const ppid = fieldAt(shape, `${of}.ppid`)
  const parentPid = tokenField(shape, `${of}.parent_audit_token`, 'pid')
  const parent = as === '' ? 'Parent' : `${as}Parent`
  const own = (name: string, from: Get): Addition => ({ name: as + name, from })
  const raw = (name: string, field: string) =>
    own(name, fieldAt(shape, `${of}.${field}`))
  const additions = [
    raw('Image', 'executable.path'),
    own('ProcessId', id('pid')),
    own('ProcessGuid', identity(shape, token)),
    { name: `${parent}ProcessId`, from: either(parentPid, ppid) },
    {
      name: `${parent}ProcessGuid`,
      from: identity(shape, `${of}.parent_audit_token`),
    },
    own(
      'ResponsibleProcessGuid',
      identity(shape, `${of}.responsible_audit_token`),
    ),
    own('User', user('ruid')),
    own('UserId', id('ruid')),
    own('EffectiveUser', user('euid')),
    own('EffectiveUserId', id('euid')),
    own('LoginUserId', id('auid')),
    own('LogonId', id('asid')),
    raw('SigningId', 'signing_id'),
    raw('TeamId', 'team_id'),
    raw('CodeDirectoryHash', 'cdhash'),
    raw('IsPlatformBinary', 'is_platform_binary'),
    own('CodeSigningFlags', signing(shape, of)),
  ]
  return additions.filter(({ from }) => from !== absent)
}

function either(a: Get, b: Get): Get {
  if (a === absent) return b
  return (r) => a(r) ?? b(r)
}

function hasProcess(shape: Shape, of: string): boolean {
  return (
    shape.indexOf(`${of}.executable.path`) >= 0 ||
    shape.indexOf(`${of}.audit_token`) >= 0 ||
    shape.indexOf(`${of}.audit_token.pid`) >= 0
  )
}

function signing(shape: Shape, of: string): Get {
  return mapped(fieldAt(shape, `${of}.codesigning_flags`), (value) => {
    const number = value === undefined ? Number.NaN : Number(textOf(value))
    return Number.isInteger(number) ? codeSigningFlags(number) : undefined
  })
}
