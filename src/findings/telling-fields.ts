// Which fields does a finding show of an event where its rule names none? Who did it, what it was, and to what or where it went.
import type { EventShape } from '../event/event.ts'

const byCategory: readonly (readonly [RegExp, readonly string[]])[] = [
  [
    /^ipc_edge$/,
    [
      'EdgeKind',
      'ClientImage',
      'ClientAddress',
      'ClientUser',
      'ClientPrivilege',
      'EndpointName',
      'ServerImage',
      'ServerPrivilege',
      'OutcomeImage',
    ],
  ],
  [/^process_creation$/, ['User', 'Image', 'CommandLine', 'ParentImage']],
  [
    /^(process_access|create_remote_thread|process_tampering|raw_access_thread)$/,
    [
      'SourceUser',
      'User',
      'SourceImage',
      'Image',
      'TargetImage',
      'AccessRights',
    ],
  ],
  [/^(image|driver)_load$/, ['User', 'Image', 'ImageLoaded']],
  [
    /^(pipe_created|fifo_create)$/,
    ['User', 'Image', 'PipeName', 'TargetFilename'],
  ],
  [/^dns/, ['User', 'Image', 'QueryName']],
  [
    /^(network_connection|firewall|socket_)/,
    [
      'User',
      'Image',
      'SocketPath',
      'DestinationIp',
      'DestinationHostname',
      'DestinationPort',
    ],
  ],
  [/^(file_|create_stream_hash)/, ['User', 'Image', 'TargetFilename']],
  [/^registry_/, ['User', 'Image', 'TargetObject', 'Details']],
  [/^ps_/, ['User', 'ScriptName', 'CommandName', 'HostApplication']],
  [/^xpc_/, ['User', 'Image', 'XpcService']],
  [/^launch_item_/, ['User', 'InstigatorImage', 'LaunchItemExecutable']],
  [/^wmi_event$/, ['User', 'Query', 'Consumer']],
  [/^shared_memory$/, ['User', 'Image', 'SharedMemoryKey']],
  [
    /^document_item$/,
    ['DocumentName', 'ItemKind', 'DdeCommand', 'Target', 'ItemText'],
  ],
  [
    /^script_action$/,
    ['ScriptPath', 'ActionKind', 'ActionTarget', 'ActionHost'],
  ],
]

/** Where the category is none of these, or not known: the first of them that the event has. */
const others = [
  'User',
  'TargetUserName',
  'Image',
  'CommandLine',
  'ServiceName',
  'ServiceCommand',
  'TaskCommand',
  'PipeName',
  'XpcService',
  'DbusInterface',
  'SocketPath',
  'TargetImage',
  'TargetObject',
  'TargetFilename',
  'SourceIp',
  'DestinationIp',
  'DestinationPort',
]
const mostOthers = 6

/** Positions in the shape. */
export function tellingFields(shape: EventShape): readonly number[] {
  const categories = shape.logSource.category ?? []
  const known = byCategory.find(([is]) => categories.some((c) => is.test(c)))
  const there = (names: readonly string[]) =>
    names.map((name) => shape.indexOf(name)).filter((i) => i >= 0)
  const own = there(known?.[1] ?? [])
  return own.length ? own : there(others).slice(0, mostOthers)
}

/** What a finding shows whatever its rule names: of which file it speaks, and what that held when it was read. */
const always: readonly (readonly [string, readonly string[]])[] = [
  ['script_action', ['ScriptPath', 'ScriptHash']],
]

export function alwaysTold(shape: EventShape): readonly string[] {
  const categories = shape.logSource.category ?? []
  return always.flatMap(([category, names]) =>
    categories.includes(category)
      ? names.filter((n) => shape.indexOf(n) >= 0)
      : [],
  )
}

export const tellingNames: ReadonlySet<string> = new Set([
  ...byCategory.flatMap(([, names]) => names),
  ...others,
  ...always.flatMap(([, names]) => names),
])
