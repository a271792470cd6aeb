// aushape's JSON: an object an event, a member for each type of record, and each field as what it means and, where that differs, what the
// kernel wrote: `"uid": ["root", "0"]`. Takes the parsed object, gives the fields under auditd's own names and in the kernel's values.
// Source: Scribery/aushape, aushape.schema.json and field.c.
import type { Value } from '../../base/record.ts'
import { provenance } from '../../base/record.ts'
import { formatTime, parseTime } from '../../base/time.ts'

import { addCommand, merge } from './ready-fields.ts'
import type { AuditEvent } from './ready-record.ts'
import { rankOf } from './record-types.ts'

type Json = { readonly [key: string]: unknown }

/** undefined where the object is none of aushape's. */
export function aushapeEvent(object: Json): AuditEvent | undefined {
  const { serial, node, data } = object
  const time = parseTime(object.time as string)
  if (!Number.isSafeInteger(serial) || !isObject(data)) return undefined
  if (time === undefined) return undefined
  const records = Object.entries(data)
    .map(([name, record]) => [name.toUpperCase(), record] as const)
    .filter(([type]) => /^[A-Z][A-Z0-9_]{1,39}$/.test(type))
    .sort(([a], [b]) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1))
  const types = records.map(([type]) => type)
  const fields = new Map<string, Value>([
    ['type', types],
    ['timestamp', formatTime(time)],
    ['serial', serial as number],
  ])
  if (typeof node === 'string') fields.set('node', node)
  for (const [type, record] of records) addRecord(fields, type, record)
  return {
    fields: Object.fromEntries(fields),
    provenance: provenance('linux-audit', '', '', types.join('+')),
    serial: serial as number,
    time,
  }
}

function addRecord(fields: Map<string, Value>, type: string, record: unknown) {
  if (type === 'EXECVE' && Array.isArray(record)) {
    addCommand(fields, record.map(String))
    return
  }
  for (const one of [record].flat()) {
    if (!isObject(one)) continue
    for (const [name, field] of Object.entries(one)) {
      const value = kernelValue(field)
      if (value !== undefined) merge(fields, name, value)
    }
  }
}

function kernelValue(field: unknown): string | undefined {
  const value = Array.isArray(field) ? (field[1] ?? field[0]) : undefined
  return typeof value === 'string' ? value : undefined
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
