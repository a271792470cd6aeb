// What a carrier says of itself stays beside the event that it carries; a host that it names is the event's where the
// event names none.
import type { Value } from '../../base/record.ts'
import { addField, type Fields } from '../flat/fields.ts'
import {
  isEmpty,
  type JsonObject,
  listOrText,
  maxDepth,
} from '../flat/json-value.ts'

/** Adds the carrier's own fields. Where the event has the name itself, the carrier's value goes by `name.2`. */
export function addBeside(fields: Fields, beside: Fields): void {
  for (const name of Object.keys(beside)) {
    const value = beside[name]!
    if (!Object.hasOwn(fields, name)) addField(fields, name, value)
    else if (!isSame(fields[name]!, value)) addField(fields, `${name}.2`, value)
  }
}

function isSame(a: Value, b: Value): boolean {
  return a === b || String(a) === String(b)
}

/** `{a: {b: 1}}` has the name `a.b`. */
export function flatFields(object: JsonObject): Fields {
  const fields: Fields = {}
  collect(object, '', 0, fields)
  return fields
}

function collect(
  object: JsonObject,
  prefix: string,
  depth: number,
  into: Fields,
) {
  for (const key in object) {
    const value = object[key]
    const name = prefix + key
    if (typeof value !== 'object' || value === null) {
      addField(into, name, (value ?? null) as Value)
    } else if (
      Array.isArray(value) ||
      depth >= maxDepth ||
      isEmpty(value as JsonObject)
    ) {
      addField(into, name, listOrText(value))
    } else collect(value as JsonObject, `${name}.`, depth + 1, into)
  }
}

/** Where collectors write the machine that an event is of, the most certain first. */
const hostNames: readonly string[] = [
  'Computer',
  'computer',
  'computer_name',
  'ComputerName',
  'hostIdentifier',
  '_HOSTNAME',
  'host.name',
  'host.hostname',
  'Hostname',
  'hostname',
  'HostName',
  'MachineName',
  'DeviceName',
  'host',
  'stream.host',
  'stream.hostname',
  'stream.instance',
  'labels.host',
  'labels.hostname',
  'agent.name',
  'agent.hostname',
  'beat.hostname',
  'kubernetes.node_name',
  'kubernetes.host',
  'resource.attributes.host.name',
  'attributes.host.name',
  '_sourcehost',
  '_sourceHost',
  'nodename',
  'node_name',
  'node',
  'HOST',
  'host_name',
  'source_host',
  'SyslogHostname',
  'sysloghost',
  'syslog_hostname',
  'logsource',
  'fromhost',
  'jsonPayload.hostname',
  'jsonPayload._HOSTNAME',
  'resource.host.name',
  'labels.compute.googleapis.com/resource_name',
]

export function isHostName(name: string): boolean {
  return hostNames.includes(name)
}

export function hostOf(fields: Fields): string | undefined {
  for (const name of hostNames) {
    const value = fields[name]
    if (typeof value === 'string' && isHost(value)) return value
  }
  const { source } = fields
  const isFromGraylog =
    typeof source === 'string' && 'gl2_source_input' in fields
  return isFromGraylog && isHost(source) ? source : undefined
}

function isHost(text: string): boolean {
  return /^[A-Za-z0-9][\w.:-]{0,254}$/.test(text)
}
