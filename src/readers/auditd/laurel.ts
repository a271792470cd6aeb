// laurel's JSON: one object an event, a member for each record type, bytes beyond printable ASCII percent-encoded. Takes
// the parsed object, gives the fields under auditd's own names.
import type { Scalar, Value } from '../../base/record.ts'
import { provenance } from '../../base/record.ts'
import { formatTime } from '../../base/time.ts'

import { titleText } from './encoding.ts'
import { addCommand, merge } from './ready-fields.ts'
import type { AuditEvent } from './ready-record.ts'
import { rankOf } from './record-types.ts'

type Json = { readonly [key: string]: unknown }

const eventId = /^(\d{1,12})\.(\d{1,9}):(\d{1,15})$/

/** Does an object with these members look like laurel's? */
export function isLaurel(object: Json): boolean {
  return (
    typeof object.ID === 'string' &&
    eventId.test(object.ID) &&
    Object.entries(object).some(([k, v]) => isRecord(k, v))
  )
}

/** undefined where the object is none of laurel's. */
export function laurelEvent(object: Json): AuditEvent | undefined {
  const id = eventId.exec(String(object.ID))
  if (!id || !isLaurel(object)) return undefined
  const seconds = Number(id[1])
  const time = seconds * 1000 + Number(id[2]) / 10 ** (id[2]!.length - 3)
  const serial = Number(id[3])
  const types = Object.entries(object)
    .filter(([k, v]) => isRecord(k, v))
    .map(([k]) => k)
    .sort((a, b) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1))
  const fields = new Map<string, Value>([
    ['type', types],
    ['timestamp', formatTime(time)],
    ['serial', serial],
  ])
  if (typeof object.NODE === 'string') fields.set('node', object.NODE)
  for (const type of types) addRecord(fields, type, object[type])
  addParent(fields, object)
  return {
    fields: Object.fromEntries(fields),
    provenance: provenance('linux-audit', '', '', types.join('+')),
    serial,
    time,
  }
}

/** Members that laurel adds about other events. */
const context = new Set(['PARENT_INFO', 'PPID', 'PID', 'CONTAINER_INFO'])

function isRecord(key: string, value: unknown): boolean {
  return (
    /^[A-Z][A-Z0-9_]{1,39}$/.test(key) &&
    typeof value === 'object' &&
    value !== null &&
    !context.has(key)
  )
}

function addRecord(fields: Map<string, Value>, type: string, value: unknown) {
  const items = (Array.isArray(value) ? value : [value])
    .filter(isObject)
    .map((item) => (type === 'SOCKADDR' ? withAddress(item) : item))
  const names = new Set(items.flatMap((item) => Object.keys(item)))
  for (const name of names) {
    // One item for each record, null where it lacks the name: the lists of a PATH correspond.
    const values = items.map((item) => fieldOf(type, name, item[name]))
    if (name === 'ARGV') addArguments(fields, type, items[0]!.ARGV)
    else if (name === 'ARGV_STR') addText(fields, type, items[0]![name])
    else if (name === 'PPID' || name === 'PID') continue
    else if (name === 'msg' && isObject(items[0]!.msg)) {
      addMessage(fields, type, items[0]!.msg)
    } else merge(fields, name, values.length === 1 ? values[0]! : values.flat())
  }
}

/** An address whose parts are members, in place of the hex or beside it: as auditd's ENRICHED format writes it. */
function withAddress(item: Json): Json {
  const { SADDR, ...rest } = item
  // As ausearch shows it.
  const words = typeof SADDR === 'string' ? /^\{(.*)\}$/.exec(SADDR) : null
  if (words) return { ...rest, SADDR: words[1]!.trim() }
  const parts = isObject(SADDR) ? SADDR : item
  const { saddr_fam: family, fam = family, ...others } = parts
  if (typeof fam !== 'string') return item
  const said = ['path', 'laddr', 'lport', 'addr', 'port', 'serv']
    .filter((name) => others[name] !== undefined)
    .map((name) => `${name}=${others[name]}`)
  return { ...rest, SADDR: [`saddr_fam=${fam}`, ...said].join(' ') }
}

// What a program wrote into `msg='…'` has fields of its own.
function addMessage(fields: Map<string, Value>, type: string, message: Json) {
  for (const name of Object.keys(message)) {
    merge(fields, name, fieldOf(type, name, message[name]))
  }
}

function fieldOf(type: string, name: string, value: unknown): Value {
  if (value === undefined || value === null) return null
  // A family's second byte is zero, which is never written as it is: without a percent sign it is hex already.
  if (name === 'saddr')
    return /^(?:[0-9a-f]{2})+$/i.test(String(value))
      ? String(value)
      : hexOf(String(value))
  if (typeof value === 'string') {
    const text = percentDecode(value)
    return name === 'mode' && type === 'PATH' ? text.replace(/^0o/, '0') : text
  }
  if (typeof value === 'number' || typeof value === 'boolean') return value
  if (Array.isArray(value)) return value.map((v) => percentDecode(String(v)))
  return JSON.stringify(value)
}

function addArguments(
  fields: Map<string, Value>,
  type: string,
  value: unknown,
) {
  if (!Array.isArray(value)) return
  const args = value.map((v) => percentDecode(String(v)))
  if (type === 'SYSCALL') {
    args.slice(0, 6).forEach((a, i) => {
      merge(fields, `a${i}`, a.replace(/^0x/, ''))
    })
  } else if (type === 'EXECVE') {
    addCommand(fields, args)
  } else if (type === 'PROCTITLE') {
    fields.set('proctitle', args.join(' '))
  }
}

function addText(fields: Map<string, Value>, type: string, value: unknown) {
  const text = titleText(percentDecode(String(value)))
  if (type === 'PROCTITLE') fields.set('proctitle', text)
  else if (type === 'EXECVE') fields.set('cmdline', text)
}

// Who started the process, as laurel remembers it from earlier events.
function addParent(fields: Map<string, Value>, object: Json) {
  const syscall = isObject(object.SYSCALL) ? object.SYSCALL : {}
  const parent = [object.PARENT_INFO, syscall.PPID, object.PPID]
    .filter(isObject)
    .at(0)
  if (!parent) return
  for (const [from, to] of [
    ['comm', 'ppid_comm'],
    ['exe', 'ppid_exe'],
  ] as const) {
    const value = parent[from]
    if (typeof value === 'string') fields.set(to, percentDecode(value))
  }
  const argv = parent.ARGV
  if (Array.isArray(argv)) {
    const args: readonly Scalar[] = argv.map((v) => percentDecode(String(v)))
    fields.set('ppid_cmdline', args.join(' '))
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function percentBytes(text: string): Buffer {
  const parts = text.match(/(?:%[0-9A-Fa-f]{2})+|[^%]+|%/g) ?? []
  return Buffer.concat(
    parts.map((part) =>
      part.length > 2 && part.startsWith('%')
        ? Buffer.from(part.replaceAll('%', ''), 'hex')
        : Buffer.from(part),
    ),
  )
}

function percentDecode(text: string): string {
  return text.includes('%') ? percentBytes(text).toString('utf8') : text
}

function hexOf(text: string): string {
  return percentBytes(text).toString('hex').toUpperCase()
}
