// What Wazuh's decoder of audit logs says of an event: the records of one as an object below `data.audit`, some under names of its own.
// Source: Wazuh, ruleset/decoders/0040-auditd_decoders.xml; documentation, "Monitoring system calls".
import type { Value } from '../../base/record.ts'
import { provenance } from '../../base/record.ts'
import { formatTime, parseTime } from '../../base/time.ts'

import { addCommand } from './ready-fields.ts'
import type { AuditEvent } from './ready-record.ts'
import { recordType } from './record-types.ts'

/** Where the decoder's name is not the record's. */
const names: Readonly<Record<string, string>> = {
  command: 'comm',
  session: 'ses',
  'file.name': 'name',
  'file.inode': 'inode',
  'file.mode': 'mode',
}

const below = 'data.audit.'

/** `flat`: the object with its names flattened. */
export function wazuhAuditEvent(
  flat: Readonly<Record<string, Value>>,
): AuditEvent | undefined {
  const time = parseTime(flat.timestamp ?? flat['@timestamp'])
  const serial = Number(flat[`${below}id`])
  if (time === undefined || !Number.isSafeInteger(serial)) return undefined
  const fields = new Map<string, Value>()
  const args: string[] = []
  for (const [name, value] of Object.entries(flat)) {
    if (!name.startsWith(below)) continue
    const short = name.slice(below.length)
    const argument = /^execve\.a(\d{1,4})$/.exec(short)
    if (argument) args[Number(argument[1])] = String(value)
    else if (!/^(?:type|id|directory\..*|file\.inode)$/.test(short))
      fields.set(Object.hasOwn(names, short) ? names[short]! : short, value)
  }
  const types = [
    recordType(String(flat[`${below}type`] ?? 'SYSCALL')),
    ...(args.length ? ['EXECVE'] : []),
    ...(fields.has('name') ? ['PATH'] : []),
  ]
  if (args.length)
    addCommand(
      fields,
      Array.from(args, (a) => a ?? ''),
    )
  const node = flat['agent.name'] ?? flat['predecoder.hostname']
  return {
    fields: {
      ...flat,
      ...Object.fromEntries(fields),
      type: types,
      timestamp: formatTime(time),
      serial,
      ...(node !== undefined && { node }),
    },
    provenance: provenance('linux-audit', '', '', types.join('+')),
    serial,
    time,
  }
}
