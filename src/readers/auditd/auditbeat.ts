// Events of Auditbeat's module auditd and of Elastic Agent's auditd manager: what the records of one event said, under the common
// schema and below `auditd`. Takes the object with its names flattened, gives the fields under auditd's own names besides.
// Source: Auditbeat Reference, "Auditd fields"; elastic/beats, auditbeat/module/auditd, its examples of events.
import type { Value } from '../../base/record.ts'
import { provenance } from '../../base/record.ts'
import { formatTime, parseTime } from '../../base/time.ts'

import { errnoOf } from './errno.ts'
import { addCommand } from './ready-fields.ts'
import type { AuditEvent } from './ready-record.ts'
import { recordType } from './record-types.ts'

type Fields = Readonly<Record<string, Value>>

/** auditd's name, and where Auditbeat keeps it, the present place first. */
const places: readonly (readonly [name: string, ...of: string[]])[] = [
  ['node', 'host.name', 'host.hostname', 'agent.hostname'],
  ['pid', 'process.pid'],
  ['ppid', 'process.parent.pid', 'process.ppid'],
  ['comm', 'process.name'],
  ['exe', 'process.executable', 'process.exe'],
  ['cwd', 'process.working_directory', 'process.cwd'],
  ['proctitle', 'process.title'],
  ['ses', 'auditd.session'],
  ['key', 'tags'],
  ...(
    [
      ['uid', 'user'],
      ['euid', 'user.effective'],
      ['auid', 'user.audit'],
      ['suid', 'user.saved'],
      ['fsuid', 'user.filesystem'],
    ] as const
  ).flatMap(
    ([id, of]) =>
      [
        [id, `${of}.id`, `user.${id}`],
        [id.toUpperCase(), `${of}.name`, `user.name_map.${id}`],
      ] as const,
  ),
]

/** Of a list of PATH records. */
const pathNames = [
  'name',
  'nametype',
  'mode',
  'ouid',
  'ogid',
  'inode',
  'dev',
  'cap_fp',
  'cap_fe',
]

export function auditbeatEvent(
  flat: Fields,
  paths: readonly Fields[],
): AuditEvent | undefined {
  const time = parseTime(flat['@timestamp'])
  if (time === undefined) return undefined
  const serial = Number(flat['auditd.sequence'] ?? 0)
  const fields = new Map<string, Value>()
  const types = typesOf(flat, paths)
  fields.set('type', types)
  fields.set('timestamp', formatTime(time))
  fields.set('serial', serial)
  for (const [name, ...of] of places) {
    const value = of.map((at) => flat[at]).find((v) => v !== undefined)
    if (value !== undefined && value !== null) fields.set(name, textsOf(value))
  }
  addData(fields, flat)
  addPaths(fields, paths)
  const args = flat['process.args']
  if (Array.isArray(args) && types.includes('EXECVE'))
    addCommand(fields, args.map(String))
  for (const [name, value] of Object.entries(flat)) {
    if (!fields.has(name)) fields.set(name, value)
  }
  return {
    fields: Object.fromEntries(fields),
    provenance: provenance('linux-audit', '', '', types.join('+')),
    serial,
    time,
  }
}

/** auditd writes every number as text. */
function textsOf(value: Value): Value {
  if (Array.isArray(value))
    return value.map((v) => (v === null ? v : String(v)))
  return String(value)
}

/** Which records the event was made of, as far as what is left of them tells. */
function typesOf(flat: Fields, paths: readonly Fields[]): string[] {
  const given = flat['auditd.message_type'] ?? flat['event.type']
  const own = recordType(String([given].flat()[0] ?? 'syscall').toUpperCase())
  const has = (prefix: string) =>
    Object.keys(flat).some((name) => name.startsWith(prefix))
  return [
    flat['auditd.data.syscall'] === undefined ? own : 'SYSCALL',
    ...(has('auditd.data.argc') ? ['EXECVE'] : []),
    ...(has('auditd.data.socket.') ? ['SOCKADDR'] : []),
    ...(paths.length ? ['PATH'] : []),
    ...(has('auditd.data.opid') ? ['OBJ_PID'] : []),
  ]
}

function addData(fields: Map<string, Value>, flat: Fields) {
  const below = 'auditd.data.'
  const socket = 'auditd.data.socket.'
  for (const [name, value] of Object.entries(flat)) {
    if (!name.startsWith(below) || name.startsWith(socket)) continue
    fields.set(name.slice(below.length), textsOf(value))
  }
  const call = fields.get('syscall')
  if (call !== undefined) fields.set('SYSCALL', call)
  const arch = fields.get('arch')
  if (arch !== undefined) fields.set('ARCH', arch)
  const result = flat['auditd.result'] ?? flat['event.outcome']
  if (result !== undefined && call !== undefined)
    fields.set('success', result === 'success' ? 'yes' : 'no')
  const error = errnoOf(String(fields.get('exit')))
  if (error !== undefined) fields.set('exit', String(-error))
  const address = addressOf((name) => flat[socket + name])
  if (address) fields.set('SADDR', address)
}

/** As auditd's ENRICHED format writes it. */
function addressOf(part: (name: string) => Value | undefined) {
  const [family, path, ip, port] = ['family', 'path', 'addr', 'port'].map(part)
  if (family === undefined) return undefined
  if (family === 'unix') return `saddr_fam=local path=${path ?? ''}`
  const name = { ipv4: 'inet', ipv6: 'inet6' }[String(family)] ?? family
  return `saddr_fam=${name} laddr=${ip ?? ''} lport=${port ?? ''}`
}

function addPaths(fields: Map<string, Value>, paths: readonly Fields[]) {
  for (const name of pathNames) {
    const values = paths.map((path) => path[name] ?? null)
    if (values.every((value) => value === null)) continue
    // What is resolved of an owner is beside it.
    fields.set(
      name,
      textsOf(values.length === 1 ? values[0]! : (values as Value)),
    )
  }
}
