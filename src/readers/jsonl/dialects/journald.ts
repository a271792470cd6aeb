// What `journalctl -o json` gives of the audit transport: one object a record, the event's serial in a member of its own.
// Source: systemd.journal-fields(7); journald's audit transport begins MESSAGE with the record's type.
import type { Value } from '../../../base/record.ts'
import { parseTime } from '../../../base/time.ts'

import type { Header } from '../../auditd/header.ts'
import { recordType } from '../../auditd/record-types.ts'
import type { Fields } from '../../flat/fields.ts'
import { textOrEmpty } from '../../flat/written-by.ts'
import {
  type Dialect,
  type Expanded,
  type Names,
  type Values,
  fieldsOf,
} from '../dialect.ts'

export const journald: Dialect = {
  name: 'journald JSON',
  recognises: (names) => names.hasAll('MESSAGE', '_AUDIT_ID'),
  plan: (names) => ({
    kind: 'expansion',
    expand: (values) => expand(names, values),
  }),
}

function expand(names: Names, values: Values): Expanded | undefined {
  const beside = fieldsOf(names, values, (name) => name !== 'MESSAGE')
  const text = messageOf(values[names.indexOf('MESSAGE')])
  const header = headerOf(beside, text)
  return header && { inside: [{ kind: 'audit', header, text }], beside }
}

function headerOf(fields: Fields, text: string): Header | undefined {
  const word = /^([A-Z][A-Z0-9_]{1,39}|UNKNOWN\[\d{1,6}\])(?: |$)/.exec(text)
  const named =
    textOrEmpty(fields._AUDIT_TYPE_NAME) || textOrEmpty(fields._AUDIT_TYPE)
  const type = word?.[1] ?? named
  const serial = Number(textOrEmpty(fields._AUDIT_ID))
  if (type === '' || !Number.isSafeInteger(serial)) return undefined
  const time = parseTime(
    textOrEmpty(fields._SOURCE_REALTIME_TIMESTAMP) ||
      textOrEmpty(fields.__REALTIME_TIMESTAMP),
  )
  return {
    node: textOrEmpty(fields._HOSTNAME),
    type: recordType(type),
    stamp: `${time}:${serial}`,
    time,
    serial,
    body: word?.[0].length ?? 0,
    interpreted: false,
  }
}

/** Text that is no UTF-8, or holds control characters, comes as a list of its bytes. */
function messageOf(value: Value | undefined): string {
  return Array.isArray(value)
    ? Buffer.from(value.map(Number)).toString('utf8')
    : textOrEmpty(value)
}
