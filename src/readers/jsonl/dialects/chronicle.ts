// Events of Google SecOps (Chronicle) in its Unified Data Model, in the case of its API (`eventType`) or of its rules (`event_type`), alone or
// below `udm`, `event` and the like. Where the raw log is with them, it is what they were made of, and is read.
// Sources: Google Cloud, "Unified Data Model field list" and "UDM usage guide"; what the parser for Sysmon makes of its events: "Collect
// Microsoft Windows Sysmon data".
import { flatFields } from '../../inside/beside.ts'
import { decodedText } from '../../inside/encoded.ts'
import { eventsInText, type TextEvent } from '../../inside/event-text.ts'
import { pairsToObject } from '../../inside/plain-value.ts'
import type { Value } from '../../../base/record.ts'

import { addField } from '../../flat/fields.ts'
import { textOrEmpty } from '../../flat/written-by.ts'
import {
  type Dialect,
  type Expanded,
  Names,
  type Values,
  fieldsOf,
} from '../dialect.ts'
import type { HeaderReader } from '../../auditd/header.ts'
import { type Agent, agentEvent, type Rows } from './agent-event.ts'

const path = 'process.file.full_path'

/** Who acts is the principal. */
const acting: Rows = {
  Image: `principal.${path}`,
  ProcessId: 'principal.process.pid',
  CommandLine: 'principal.process.command_line',
}
/** One process acts on another. */
const onProcess: Rows = {
  SourceImage: `principal.${path}`,
  SourceProcessId: 'principal.process.pid',
  TargetImage: `target.${path}`,
  TargetProcessId: 'target.process.pid',
}

function started(who: string, parent: string): Rows {
  const own = `${who}.process.parent_process`
  return {
    Image: `${who}.${path}`,
    CommandLine: `${who}.process.command_line`,
    ProcessId: `${who}.process.pid`,
    ParentImage: `${own}.file.full_path ${parent}.file.full_path`,
    ParentCommandLine: `${own}.command_line ${parent}.command_line`,
    ParentProcessId: `${own}.pid ${parent}.pid`,
  }
}

const registry: Rows = {
  ...acting,
  TargetObject: 'target.registry.registry_key',
  Details: 'target.registry.registry_value_data',
}

const agent: Agent = {
  name: 'Google SecOps UDM JSON',
  recognises: (names) =>
    names.has('metadata.event_type') &&
    names.list.some((n) => /^(?:principal|target|src|network)\./.test(n)),
  kind(at) {
    const type = textOrEmpty(at('metadata.event_type'))
    const isPipe =
      textOrEmpty(at('target.resource.resource_type')) === 'PIPE' ||
      at('additional.PipeName') !== undefined
    if (isPipe) return 'PIPE'
    const isTold = [path, 'process.command_line'].some((n) => at(`target.${n}`))
    return type === 'PROCESS_LAUNCH' && !isTold ? 'PROCESS_LAUNCH alone' : type
  },
  system:
    'principal.platform target.platform principal.asset.platform_software.platform metadata.log_type metadata.product_name',
  any: {
    Computer: 'principal.hostname principal.asset.hostname target.hostname',
    timestamp: 'metadata.event_timestamp metadata.event_timestamp.seconds',
    User: 'principal.user.userid target.user.userid',
  },
  kinds: {
    PROCESS_LAUNCH: [
      'process_creation',
      started('target', 'principal.process'),
    ],
    'PROCESS_LAUNCH alone': [
      'process_creation',
      started('principal', 'principal.process.parent_process'),
    ],
    PROCESS_OPEN: [
      'process_access',
      {
        ...onProcess,
        GrantedAccess: 'additional.GrantedAccess target.process.access_mask',
      },
    ],
    PROCESS_INJECTION: ['create_remote_thread', onProcess],
    PROCESS_MODULE_LOAD: [
      'image_load',
      {
        ...acting,
        ImageLoaded: `target.file.full_path target.${path}`,
      },
    ],
    PIPE: [
      'pipe_created',
      { ...acting, PipeName: 'additional.PipeName target.resource.name' },
    ],
    FILE_CREATION: [
      'file_event',
      { ...acting, TargetFilename: 'target.file.full_path' },
    ],
    FILE_DELETION: [
      'file_delete',
      { ...acting, TargetFilename: 'target.file.full_path' },
    ],
    REGISTRY_CREATION: ['registry_add', registry],
    REGISTRY_MODIFICATION: ['registry_set', registry],
    REGISTRY_DELETION: ['registry_delete', registry],
    NETWORK_CONNECTION: [
      'network_connection',
      {
        ...acting,
        SourceIp: 'principal.ip src.ip',
        SourcePort: 'principal.port src.port',
        DestinationIp: 'target.ip',
        DestinationPort: 'target.port',
        DestinationHostname: 'target.hostname',
        Protocol: 'network.ip_protocol',
      },
    ],
  },
}

/** What stands before the members of an event. */
const prefix =
  /^((?:(?:udm|event|idm|read_?only_?udm)\.)*)metadata\.event_?type$/i

export const chronicle: Dialect = {
  name: agent.name,
  recognises: (names) => agent.recognises(canonical(names)),
  plan(names) {
    const own = canonical(names)
    const raw = names.list.flatMap((name, i) => (rawLog.test(name) ? [i] : []))
    return {
      kind: 'expansion',
      expand(values, _, headers) {
        return rawEvents(own, raw, values, headers) ?? modelled(own, values)
      },
    }
  },
}

/** Names as rules of SecOps write them; what products add of their own keeps theirs. */
function canonical(names: Names): Names {
  const before = names.list
    .map((n) => prefix.exec(n)?.[1])
    .find((p) => p !== undefined)
  return new Names(
    names.list.map((name) => {
      const own = name.startsWith(before ?? '')
        ? name.slice(before?.length)
        : name
      const added = additional.exec(own)
      return added
        ? `additional.${added[1]!}`
        : own.replaceAll(/[a-z][A-Z]/g, ([a, b]) => `${a}_${b!.toLowerCase()}`)
    }),
  )
}

/** A free value, as it is or with its type: `additional.PipeName`, `additional.fields.PipeName.stringValue`. */
const additional =
  /^additional\.(?:fields\.)?([\w-]{1,64}?)(?:\.(?:string|number|bool)_?value)?$/i

const rawLog = /(?:^|\.)(?:raw_?log|log_?text)(?:\.(?:data|raw_?log))?$/i

/** Events of the raw log, in base64 or not, with the model's members beside. */
function rawEvents(
  names: Names,
  raw: readonly number[],
  values: Values,
  headers: HeaderReader,
): Expanded | undefined {
  const inside: TextEvent[] = []
  for (const i of raw) {
    const text = textOrEmpty(values[i])
    const plain = /^[\w+/=-]+$/.test(text) ? decodedText(text, () => {}) : text
    for (const event of eventsInText(plain ?? '', headers)) inside.push(event)
  }
  if (!inside.length) return undefined
  const beside = fieldsOf(names, values, (_, i) => !raw.includes(i))
  return { inside, beside }
}

function modelled(names: Names, values: Values): Expanded {
  const event = agentEvent(agent, names, values)
  const { fields } = event
  const { GrantedAccess, TargetObject } = fields
  if (/^\d{1,10}$/.test(textOrEmpty(GrantedAccess)))
    fields.GrantedAccess = `0x${Number(GrantedAccess).toString(16)}`
  const value = textOrEmpty(
    values[names.indexOf('target.registry.registry_value_name')],
  )
  const key = textOrEmpty(TargetObject)
  if (key && value && !key.endsWith(`\\${value}`))
    fields.TargetObject = `${key}\\${value}`
  for (const [name, value] of added(names, values)) {
    if (!Object.hasOwn(fields, name)) addField(fields, name, value)
  }
  return event
}

/** What a product says besides, by its own names: as members, or as a list of keys and values. */
function added(names: Names, values: Values): [string, Value][] {
  return names.list.flatMap((name, i): [string, Value][] => {
    if (!name.startsWith('additional.')) return []
    const value = values[i]!
    const pairs = name === 'additional.fields' ? listOf(value) : undefined
    if (!pairs) return [[name.slice('additional.'.length), value]]
    return Object.entries(flatFields(pairsToObject(pairs)))
  })
}

function listOf(value: Value): readonly unknown[] | undefined {
  if (typeof value !== 'string' || !value.startsWith('[')) return undefined
  try {
    const list: unknown = JSON.parse(value)
    return Array.isArray(list) ? list : undefined
  } catch {
    return undefined
  }
}
