// Edges: events that are made of what two processes did, and what lineage says of ordinary events.
import { type FieldRow, type FieldType, field, group } from './field.ts'

const made = 'edges'

/** Of each side: name, type, meaning without whose, example. */
const ofSide: readonly (readonly [
  string,
  FieldType,
  string,
  FieldRow['example'],
])[] = [
  ['Image', 'path', 'program of', 'C:\\Tools\\PrintSpoofer.exe'],
  ['CommandLine', 'text', 'how it was called,', 'psexec -s cmd'],
  ['ProcessId', 'number', 'pid of', 6760],
  [
    'ProcessGuid',
    'text',
    'identity of',
    '{747F3D96-B592-5EAD-0000-0010ECCBC200}',
  ],
  [
    'ParentImage',
    'path',
    'program of the parent of',
    'C:\\Windows\\explorer.exe',
  ],
  [
    'ParentCommandLine',
    'text',
    'how the parent was called, of',
    'explorer.exe',
  ],
  ['User', 'text', 'whose account it is, of', 'CORP\\ana'],
  [
    'Privilege',
    'text',
    'low, user, high, service, system or unknown, of',
    'user',
  ],
  [
    'PrivilegeReason',
    'text',
    'what says so of the privilege of',
    'integrity Medium',
  ],
  ['Integrity', 'text', 'Windows integrity level of', 'Medium'],
  ['Signer', 'text', 'code signature of', 'com.apple.zsh'],
  ['Team', 'text', 'developer team of', 'CKG9MXH72F'],
  ['IsPlatformBinary', 'boolean', 'part of macOS,', true],
  ['LogonId', 'text', 'login session of', '0x4a1c2'],
  ['UserId', 'number', 'id of the account of', 1000],
  ['Container', 'text', 'container of', '3f29ab0c11de'],
  ['Address', 'address', 'address of', '10.0.2.17'],
  ['Known', 'text', 'how it is known, or why not,', 'it opened the pipe'],
]

/** A record of WMI's has it too: it is told of there. */
const stated = new Set(['ClientProcessId'])

function side(of: 'Client' | 'Server', who: string) {
  return Object.fromEntries(
    ofSide
      .filter(([name]) => !stated.has(`${of}${name}`))
      .map(([name, type, meaning, example]) => [
        `${of}${name}`,
        field(type, `${meaning} ${who}`, example, made),
      ]),
  )
}

export const edgeFields: Readonly<Record<string, FieldRow>> = group('edge', {
  EdgeKind: field(
    'text',
    'through what one process reached another: named_pipe, com, office, xpc, unix_socket, dbus, fifo, pipe, process_access, remote_thread, shared_memory, apple_event',
    'named_pipe',
    made,
  ),
  EdgeId: field(
    'text',
    'the same for the same edge in every run',
    '5b0f3c1e9a7d2284',
    made,
  ),
  EdgeCount: field(
    'number',
    'how often the client did so within a minute',
    246,
    made,
  ),
  EdgeLast: field(
    'text',
    'when it did so last',
    '2026-01-31T12:00:00.000Z',
    made,
  ),
  EdgeAction: field(
    'text',
    'what was asked for: rights, a request, a member',
    'PTRACE_ATTACH',
    made,
  ),
  EdgeVerdict: field(
    'text',
    'where who passes it on said so: denied or granted',
    'denied',
    made,
  ),
  EdgeDelayMs: field(
    'number',
    'milliseconds since the server had offered the endpoint',
    6,
    made,
  ),
  EndpointName: field(
    'text',
    'the pipe, class, service, socket or document',
    '\\spoolss',
    made,
  ),
  EndpointTemplate: field(
    'text',
    'the name with what varies made equal',
    '\\msagent_#a',
    made,
  ),
  EndpointTitle: field('text', 'what the endpoint is called', 'Docker', made),
  EndpointOwner: field('text', 'whose the endpoint is, by id', '0', made),
  ...side('Client', 'who reached'),
  ...side('Server', 'who was reached'),
  UserDiffers: field(
    'text',
    'whether the two run as different accounts: yes, no or unknown',
    'yes',
    made,
  ),
  IntegrityDiffers: field(
    'text',
    'whether their integrity levels differ: yes, no or unknown',
    'yes',
    made,
  ),
  SignerDiffers: field(
    'text',
    'whether their code signatures differ: yes, no or unknown',
    'yes',
    made,
  ),
  SessionDiffers: field(
    'text',
    'whether their login sessions differ: yes, no or unknown',
    'no',
    made,
  ),
  HostDiffers: field(
    'text',
    'whether the client is of another host: yes, no or unknown',
    'no',
    made,
  ),
  Parentage: field(
    'text',
    'client_started_server, server_started_client, siblings, none or unknown',
    'none',
    made,
  ),
  OutcomeImage: field(
    'path',
    'what a side started soon after',
    'C:\\Windows\\System32\\cmd.exe',
    made,
  ),
  OutcomeCommandLine: field(
    'text',
    'how that was called',
    'cmd.exe /c whoami',
    made,
  ),
  OutcomeUser: field('text', 'whom that runs as', 'NT AUTHORITY\\SYSTEM', made),
  OutcomePrivilege: field('text', 'privilege of that', 'system', made),
  OutcomeOf: field(
    'text',
    'which side started it: client or server',
    'client',
    made,
  ),
  OutcomeDelayMs: field(
    'number',
    'milliseconds from the edge to that',
    3,
    made,
  ),
  OutcomeRecord: field('number', 'the record that tells of that', 110434, made),
  OutcomeFile: field(
    'path',
    'what the server wrote next, where code starts by itself or rights are given',
    '/Library/LaunchDaemons/com.acme.u.plist',
    made,
  ),
})

const lineage = 'lineage'

export const lineageFields = group('lineage', {
  ProcessPrivilege: field(
    'text',
    'low, user, high, service, system or unknown',
    'system',
    lineage,
  ),
  ProcessPrivilegeReason: field(
    'text',
    'what says so',
    'integrity System',
    lineage,
  ),
  ParentPrivilege: field('text', 'the same of the parent', 'user', lineage),
  ParentPrivilegeReason: field(
    'text',
    'what says so of the parent',
    'euid 1000',
    lineage,
  ),
  PrivilegeStep: field(
    'text',
    'from parent to process, or from client to server: up, down, same or unknown',
    'up',
    'lineage edges',
  ),
  StartedService: field(
    'text',
    'the service that was installed with the command that the process was started by',
    'PSEXESVC',
    lineage,
  ),
  GrandparentImage: field(
    'path',
    'program of the parent of the parent',
    '/usr/sbin/sshd',
    lineage,
  ),
  GrandparentCommandLine: field(
    'text',
    'how the parent of the parent was called',
    'sshd: ana',
    lineage,
  ),
  Ancestors: field(
    'list',
    'programs of all parents, the nearest first',
    '/bin/bash',
    lineage,
  ),
  InterpreterLineage: field(
    'text',
    'of an interpreter: who runs it, past the shells between them',
    'winword.exe > cmd.exe',
    lineage,
  ),
  SessionSourceIp: field(
    'address',
    'where the session logged on from',
    '10.0.2.17',
    lineage,
  ),
  SessionLogonType: field(
    'text',
    'how the session logged on: 2 here, 3 over the network',
    '3',
    lineage,
  ),
  SourcePrivilege: field(
    'text',
    'privilege of who reached into another process',
    'user',
    lineage,
  ),
  TargetPrivilege: field(
    'text',
    'privilege of who was reached into',
    'system',
    lineage,
  ),
})
