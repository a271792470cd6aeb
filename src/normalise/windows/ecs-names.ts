// Winlogbeat's modules for Sysmon and for the audit of Windows move an event's data to the names of Elastic's common schema. Back to the
// event's own names, where these are not there. Source: Elastic, "Winlogbeat Reference" (modules Sysmon, Security), "ECS Field Reference".
import type { Shape } from '../../base/record.ts'

import { ownFields, type WriterName } from '../../event/sources/windows.ts'

import { ecsRows } from '../ecs.ts'
import type { Addition } from '../provider.ts'
import { textOf } from '../read-first.ts'
import { additionsOf, alias, derived, type Row } from '../row.ts'

const ofUser: readonly Row[] = [
  alias('SubjectUserName', 'user.name'),
  alias('SubjectDomainName', 'user.domain'),
  alias('SubjectUserSid', 'user.id'),
]

const asSource: readonly Row[] = [
  alias('SourceImage', 'process.executable'),
  alias('SourceProcessId', 'process.pid'),
]

const library: readonly Row[] = [
  alias('ImageLoaded', 'dll.path', 'file.path'),
  alias(
    'Signature',
    'dll.code_signature.subject_name',
    'file.code_signature.subject_name',
  ),
  alias(
    'SignatureStatus',
    'dll.code_signature.status',
    'file.code_signature.status',
  ),
]

const pipe: readonly Row[] = [alias('PipeName', 'file.path', 'file.name')]

/** What an event calls otherwise than most. */
const special: Readonly<
  Partial<Record<WriterName, Readonly<Record<string, readonly Row[]>>>>
> = {
  sysmon: {
    3: [
      derived('Initiated', ['network.direction'], (direction) => {
        const way = textOf(direction)?.toLowerCase()
        if (way === 'egress' || way === 'outbound') return 'true'
        return way === 'ingress' || way === 'inbound' ? 'false' : undefined
      }),
    ],
    6: library,
    7: library,
    8: [...asSource, alias('SourceProcessGuid', 'process.entity_id')],
    10: [...asSource, alias('SourceProcessGUID', 'process.entity_id')],
    17: pipe,
    18: pipe,
  },
  security: {
    4688: [
      ...ofUser,
      alias('NewProcessName', 'process.executable'),
      alias('NewProcessId', 'process.pid'),
      alias('ParentProcessName', 'process.parent.executable'),
      alias('ProcessId', 'process.parent.pid'),
    ],
    4697: [...ofUser, alias('ServiceName', 'service.name')],
    5145: [
      ...ofUser,
      alias('IpAddress', 'source.ip'),
      alias('IpPort', 'source.port'),
    ],
  },
}

/** Names of Elastic's schema under which data stand. */
const mayHold =
  /^(?:process|file|dll|registry|source|destination|dns|network|user|service|related|powershell)\./

/** The event's own names, as far as a shape has Elastic's of them. */
export function ownOfEcs(
  writer: WriterName | undefined,
  id: string,
  shape: Shape,
): readonly Addition[] {
  if (!writer || !shape.names.some((name) => mayHold.test(name))) return []
  const own = new Set(ownFields(writer, id) ?? [])
  const rows = [
    ...(special[writer]?.[id] ?? []),
    ...ecsRows.filter((row) => own.has(row.name) && writer !== 'security'),
    ...ecsRows.filter(
      (row) => row.name === 'CommandLine' && own.has('CommandLine'),
    ),
  ]
  return additionsOf(rows, shape)
}
