// auoms (Azure's audit collector) fuses an event into one line: names resolved beside numbers, lists as JSON within the
// line. Here its fields get the names of the records that they came from.
import { entryOf } from '../../base/entry.ts'
import type { Value } from '../../base/record.ts'
import { provenance } from '../../base/record.ts'
import { formatTime } from '../../base/time.ts'

import { jsonOfText } from '../flat/json-text.ts'
import { decodeBare } from './encoding.ts'
import { scanFields } from './fields.ts'
import type { AuditEvent } from './ready-record.ts'
import type { AuditText } from './header.ts'

/** auoms' names for what auditd's ENRICHED format calls otherwise. */
const renamed: Readonly<Record<string, string>> = {
  audit_user: 'AUID',
  user: 'UID',
  effective_user: 'EUID',
  set_user: 'SUID',
  filesystem_user: 'FSUID',
  group: 'GID',
  effective_group: 'EGID',
  set_group: 'SGID',
  filesystem_group: 'FSGID',
  o_user: 'OUID',
  owner_group: 'OGID',
}

/** Lists over all PATH records; the plain names hold the first one only. */
const pathLists: Readonly<Record<string, string>> = {
  path_name: 'name',
  path_nametype: 'nametype',
  path_mode: 'mode',
  path_ouid: 'ouid',
  path_ogid: 'ogid',
}

/** Which record a field shows to have been there. */
const shows: readonly (readonly [field: string, type: string])[] = [
  ['syscall', 'SYSCALL'],
  ['saddr', 'SOCKADDR'],
  ['cmdline', 'EXECVE'],
  ['cwd', 'CWD'],
  ['name', 'PATH'],
  ['proctitle', 'PROCTITLE'],
]

/** The event of one line, wherever it stood (a file, a syslog message inside JSON). */
export function auomsEvent({ header, text }: AuditText): AuditEvent {
  const raw = new Map<string, string>()
  scanFields(text, header.body, text.length, 'words', {
    field: (name, value) => raw.set(name, value),
  })
  const fields = new Map<string, Value>([
    ['type', header.type],
    ['timestamp', formatTime(header.time ?? 0)],
    ['serial', header.serial],
  ])
  for (const [name, value] of raw) {
    const list = entryOf(pathLists, name)
    if (list) fields.set(list, listOf(value))
    else if (name === 'key') fields.set(name, keysOf(raw))
    else if (!isImplied(name, raw)) {
      fields.set(entryOf(renamed, name) ?? name, value)
    }
  }
  const command = raw.get('cmdline')
  if (command !== undefined) addArguments(fields, command)
  const types = [
    header.type,
    ...shows.filter(([f]) => fields.has(f)).map(([, type]) => type),
  ]
  fields.set('type', types)
  return {
    fields: Object.fromEntries(fields),
    provenance: provenance('linux-audit', '', '', types.join('+')),
    serial: header.serial,
    time: header.time,
  }
}

/** `mode=file,755` of the first path gives way to the list of modes. */
function isImplied(name: string, raw: ReadonlyMap<string, string>): boolean {
  return Object.entries(pathLists).some(
    ([list, plain]) => plain === name && raw.has(list),
  )
}

function listOf(json: string): Value {
  try {
    const parsed = jsonOfText(json).value
    if (Array.isArray(parsed)) {
      return parsed.map((v) => (v === '' ? null : String(v)))
    }
  } catch {
    // A list that was cut: the text says more than nothing.
  }
  return json
}

function keysOf(raw: ReadonlyMap<string, string>): Value {
  const keys = raw.get('key_r')
  const decoded = keys ? decodeBare(keys, 'keys') : undefined
  return decoded ?? raw.get('key')!.split(',')
}

/** Arguments that get a field of their own. */
const maxArgumentFields = 64

// The command line is joined by blanks, an argument with blanks stands in quotes, and quotes within are not escaped: the
// arguments are a reading of it. As with auditd, `a0` holds the register and the argument.
function addArguments(fields: Map<string, Value>, command: string) {
  const args = [...command.matchAll(/"([^"]*)"|'([^']*)'|[^\s"']+/g)].map(
    (m) => m[1] ?? m[2] ?? m[0],
  )
  fields.set('argv', args)
  args.slice(0, maxArgumentFields).forEach((text, i) => {
    const register = fields.get(`a${i}`)
    const both = typeof register === 'string' ? [register, text] : text
    fields.set(`a${i}`, both)
  })
}
