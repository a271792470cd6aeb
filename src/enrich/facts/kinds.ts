// Which events give which facts, and what is kept of them? A new fact is a row here.
import type { EventShape } from '../../event/event.ts'
import { conflicts } from '../../event/log-source.ts'

import type { Demand } from '../../ir/demand.ts'

import type { FactName } from './fact.ts'

interface FactRow {
  /** What a gate is asked for; an event conflicts with no part of it, and its category is known. */
  readonly demand: Demand
  /** The shape has this field. */
  readonly has?: string
  /** Parted by blanks. */
  readonly fields: string
}

const actor =
  'Image CommandLine ProcessId ProcessGuid User UserId EffectiveUser EffectiveUserId LoginUserId LogonId ParentProcessId ParentProcessGuid ParentImage ParentCommandLine IntegrityLevel SigningId TeamId IsPlatformBinary EffectiveCapabilities'

/** What any event says of who acted. */
export const actorFields: readonly string[] = actor.split(' ')

const audited = 'SyscallName SyscallSuccess ExitCode'

function of(
  category: string,
  fields: string,
  service?: string,
): Pick<FactRow, 'demand' | 'fields'> {
  const logSource = { category, ...(service !== undefined && { service }) }
  return { demand: { logSource, fields: [] }, fields }
}

function ofSecurity(
  id: number,
  fields: string,
): Pick<FactRow, 'demand' | 'fields'> {
  const logSource = { product: 'windows', service: 'security' }
  return { demand: { logSource, eventIds: [id], fields: [] }, fields }
}

const ofAudit = {
  demand: { logSource: { product: 'linux', service: 'auditd' }, fields: [] },
} as const

const ofBus = {
  has: 'DbusMember',
  fields:
    'DbusInterface DbusMember DbusDestination DbusVerdict DbusSenderProcessId DbusSenderUserId DbusReceiverProcessId bus',
}

export const factRows: readonly (readonly [FactName, FactRow])[] = [
  [
    'start',
    of(
      'process_creation',
      `${actor} StartedProcessId ParentUser ScriptPath PreviousImage StdinType StdinPipeId StdoutType StdoutPipeId TokenElevationType SubjectUserSid TargetUserSid TargetUserName TerminalSessionId CurrentDirectory Signature CodeSigningFlags OriginalFileName SyscallName`,
    ),
  ],
  ['end', of('process_termination', 'Image ProcessId ProcessGuid')],
  ['end', ofSecurity(4689, 'ProcessName ProcessId')],
  ['fork', of('process_fork', `${actor} TargetProcessId TargetProcessGuid`)],
  ['pipe', of('pipe_created', `${actor} EventType PipeName PipeTemplate`)],
  [
    'share',
    ofSecurity(
      5145,
      'PipeName PipeTemplate User LogonId SourceIp SourcePort AccessRights',
    ),
  ],
  [
    'logon',
    ofSecurity(
      4624,
      'User LogonId LogonType SourceIp WorkstationName TargetLinkedLogonId ElevatedToken TargetUserSid',
    ),
  ],
  [
    'network',
    of(
      'network_connection',
      `${actor} Initiated SourceIp SourceHostname DestinationIp DestinationHostname SourcePort DestinationPort ${audited}`,
    ),
  ],
  [
    'access',
    of(
      'process_access',
      `${actor} SourceImage SourceProcessId SourceProcessGuid SourceUser TargetImage TargetProcessId TargetProcessGuid TargetProcessName TargetUser TargetUserId TargetEffectiveUserId TargetSigningId TargetTeamId TargetIsPlatformBinary GrantedAccess AccessRights PtraceRequest TaskAccess TargetFilename ${audited}`,
    ),
  ],
  [
    'thread',
    of(
      'create_remote_thread',
      `${actor} SourceImage SourceProcessId SourceProcessGuid SourceUser TargetImage TargetProcessId TargetProcessGuid TargetUser StartModule StartFunction`,
    ),
  ],
  [
    'connect',
    of(
      'socket_connect',
      `${actor} SocketPath SocketFamily FileOwnerId PeerProcessId PeerProcessGuid PeerImage PeerCommandLine PeerUserId ${audited}`,
    ),
  ],
  [
    'bind',
    of('socket_bind', `${actor} SocketPath SocketFamily FileMode ${audited}`),
  ],
  ['fifo', of('fifo_create', `${actor} TargetFilename FileMode ${audited}`)],
  [
    'open',
    {
      ...ofAudit,
      has: 'FileType',
      fields: `${actor} TargetFilename FileType FileAccess ${audited}`,
    },
  ],
  [
    'open',
    of(
      'fifo_open',
      `${actor} TargetFilename FileType FileAccess ${audited}`,
      'ipcwatch',
    ),
  ],
  [
    'memory',
    of(
      'shared_memory',
      `${actor} SharedMemoryKey SharedMemoryMode a0 a2 TargetUserId ouid ${audited}`,
    ),
  ],
  ['bus', { ...ofAudit, ...ofBus }],
  [
    'bus',
    {
      demand: {
        logSource: { product: 'linux', service: 'dbus' },
        fields: [],
      },
      ...ofBus,
    },
  ],
  ['xpc', of('xpc_connect', `${actor} XpcService XpcDomain`)],
  [
    'item',
    of(
      'launch_item_add',
      `${actor} LaunchItemType LaunchItemUrl LaunchItemExecutable`,
    ),
  ],
  [
    'item',
    of(
      'launch_item',
      'LaunchItemType LaunchItemUrl LaunchItemExecutable LaunchItemLabel LaunchItemServices LaunchItemUser',
    ),
  ],
  ['permission', of('tcc_modify', `${actor} TccService TccIdentity`)],
  [
    'service',
    {
      demand: {
        logSource: { product: 'windows' },
        eventIds: [7045, 4697],
        fields: [],
      },
      fields: 'ServiceName ServiceCommand',
    },
  ],
  // Of files only those at which a helper's act is told: see `isTelling` of the writer.
  [
    'file',
    {
      demand: {
        logSource: { product: 'macos', category: 'file_event' },
        fields: [],
      },
      fields: `${actor} TargetFilename`,
    },
  ],
  [
    'load',
    of('image_load', `${actor} ImageLoaded Signed Signature SignatureStatus`),
  ],
]

export function givesFact(row: FactRow, shape: EventShape): boolean {
  const { demand, has } = row
  const { logSource, provenance } = shape
  if (conflicts(demand.logSource, logSource)) return false
  if (has !== undefined) return shape.indexOf(has) >= 0
  if (demand.eventIds) return demand.eventIds.includes(Number(provenance.id))
  return logSource.category !== undefined
}

/** The rows of some facts; `product`: of events that may be of it alone. */
export function factRowsOf(
  asked: readonly FactName[],
  product: string | undefined,
): typeof factRows {
  const rows = factRows.filter(([kind]) => asked.includes(kind))
  if (product === undefined) return rows
  return rows.flatMap(([kind, row]) => {
    const { logSource } = row.demand
    if ((logSource.product ?? product) !== product) return []
    const demand = { ...row.demand, logSource: { ...logSource, product } }
    return [[kind, { ...row, demand }] as const]
  })
}
