// What `ausearch --format csv` says of an event: who did what to what, already interpreted.
// Source: ausearch(8); auparse's normaliser.
import type { HeaderReader } from '../../auditd/header.ts'
import { formatTime } from '../../../base/time.ts'
import type { Value } from '../../../base/record.ts'
import { provenance } from '../../../base/record.ts'

import { addField, type Fields } from '../../flat/fields.ts'
import { textOrEmpty } from '../../flat/written-by.ts'
import { numberOf } from '../../system-part.ts'
import { asIsoTime } from '../../written-time.ts'
import {
  type Dialect,
  type Expanded,
  type Names,
  fieldsOf,
} from '../dialect.ts'

export const ausearchCsv: Dialect = {
  name: 'ausearch table (without command lines and parents; --format raw has them)',
  recognises: (names) => names.hasAll('EVENT', 'SERIAL_NUM', 'EVENT_KIND'),
  plan: (names) => ({
    kind: 'expansion',
    expand: (values, _, headers) => expand(names, values, headers),
  }),
}

/** The audit log's own names of what the columns say. */
const columns: readonly (readonly [column: string, name: string])[] = [
  ['NODE', 'node'],
  ['SUBJ_PRIME', 'AUID'],
  ['SUBJ_SEC', 'UID'],
  ['SESSION', 'ses'],
  ['OBJ_PRIME', 'name'],
  ['HOW', 'exe'],
]

/** auparse's words for syscalls, where one stands for one. */
const calls: Readonly<Record<string, string>> = {
  executed: 'execve',
  'connected-to': 'connect',
  'opened-file': 'open',
  deleted: 'unlink',
  renamed: 'rename',
}

function expand(
  names: Names,
  values: readonly Value[],
  headers: HeaderReader,
): Expanded {
  const row = fieldsOf(names, values)
  const type = textOrEmpty(row.EVENT)
  const fields: Fields = { type: [type], serial: numberOf(row.SERIAL_NUM!) }
  const written = `${textOrEmpty(row.DATE)} ${textOrEmpty(row.TIME)}`.trim()
  const time = headers.readLocal(written)
  if (time !== undefined) fields.timestamp = formatTime(time)
  else if (written) fields.timestamp = asIsoTime(written)!
  for (const [column, name] of columns) {
    if (row[column] !== undefined) addField(fields, name, row[column])
  }
  const call = calls[textOrEmpty(row.ACTION)]
  if (call) fields.SYSCALL = call
  if (row.RESULT !== undefined) {
    fields.success = row.RESULT === 'success' ? 'yes' : 'no'
  }
  for (const name of Object.keys(row)) addField(fields, name, row[name]!)
  return { fields, provenance: provenance('linux-audit', '', '', type) }
}
