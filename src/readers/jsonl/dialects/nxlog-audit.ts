// NXLog's im_linuxaudit: each record of a Linux audit event is an object of its own, its fields as the record's, in words where ids are
// resolved. Source: NXLog documentation, "Linux Audit System (im_linuxaudit)".
import type { Value } from '../../../base/record.ts'

import { recordType } from '../../auditd/record-types.ts'
import type { Fields } from '../../flat/fields.ts'
import { textOrEmpty } from '../../flat/written-by.ts'
import { readTime } from '../../written-time.ts'
import { at, type Dialect, type Names, type Values } from '../dialect.ts'

/** NXLog's own; the others are the record's. */
const own = new Set([
  'type',
  'time',
  'seq',
  'Hostname',
  'EventReceivedTime',
  'EventTime',
  'SourceModuleName',
  'SourceModuleType',
  'MessageSourceAddress',
])

export const nxlogAudit: Dialect = {
  name: 'NXLog audit JSON',
  recognises: (names) =>
    names.hasAll('type', 'seq', 'time') &&
    (names.has('SourceModuleType') || names.has('SourceModuleName')),
  plan: (names) => ({
    kind: 'expansion',
    expand: (values) => {
      const record = recordOf(names, values)
      return record && { inside: [record], beside: besideOf(names, values) }
    },
  }),
}

function recordOf(names: Names, values: Values) {
  const of = (name: string) => at(names.indexOf(name))(values)
  const serial = Number(of('seq'))
  const time = readTime(of('time'))
  const type = recordType(textOrEmpty(of('type')))
  if (!Number.isSafeInteger(serial) || time === undefined || !type)
    return undefined
  const text = names.list
    .flatMap((name, i) =>
      own.has(name) ? [] : [`${name}=${written(name, values[i] ?? null)}`],
    )
    .join(' ')
  return {
    kind: 'audit',
    text,
    header: {
      node: '',
      type,
      stamp: `${time}:${serial}`,
      time,
      serial,
      body: 0,
      interpreted: true,
    },
  } as const
}

/** The words of a socket stand in braces, as `ausearch -i` has them. */
function written(name: string, value: Value): string {
  const text = textOrEmpty(value)
  const isWords = name === 'saddr' && text.includes('fam=')
  return isWords && !text.startsWith('{') ? `{ ${text} }` : text
}

function besideOf(names: Names, values: Values): Fields {
  const beside: Fields = {}
  names.list.forEach((name, i) => {
    if (own.has(name) && !/^(?:type|time|seq)$/.test(name))
      beside[name] = values[i] ?? null
  })
  return beside
}
