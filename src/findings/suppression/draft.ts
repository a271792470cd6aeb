// What would silence a finding: an entry as it stands in a file, but for what only people can say.
import type { Value } from '../../base/record.ts'
import { shownJson } from '../../base/shown.ts'

import type { Finding } from '../finding.ts'

/** UTF-16 units of a value; what is longer is asked for by its beginning. */
const maxUnits = 200
/** Of one field. */
const maxValues = 8

/**
 * Lines of YAML, of at most so many columns: one item of a list. `until`, `owner` and `reason` are left empty, and it is refused until
 * somebody fills them in.
 */
export function draftOf(finding: Finding, width = Infinity): string[] {
  const { rule, host } = finding
  const conditions = conditionsOf(finding)
  return [
    `- rule: ${rule.id}`,
    ...(host === null ? [] : [`  hosts: ${quoted(escapedGlob(host))}`]),
    ...(conditions.length ? ['  when:'] : []),
    ...conditions.flatMap(([field, values]) => linesOf(field, values, width)),
    '  until:',
    '  owner:',
    '  reason:',
  ]
}

/** The same in a line: which rule (whole: many a rule begins as another does), where, and which fields must say what they say here. */
export function draftInWords(finding: Finding): string {
  const { rule, host } = finding
  const fields = conditionsOf(finding).map(([field]) => field)
  const same = fields.length ? `, the same ${fields.join(', ')}` : ''
  const where = host === null ? '' : ` on ${host}`
  return `rule ${rule.id}${where}${same}: "ipcwatch suppressions draft" writes the entry`
}

/** Of each field the values, any of which may be there. */
function conditionsOf({
  explanation,
  evidence,
}: Finding): (readonly [field: string, values: readonly string[]])[] {
  const records = [
    ...evidence.map((e) => e.fields),
    (explanation.row ?? {}) as Readonly<Record<string, Value>>,
  ]
  return fieldsOf(explanation, records[0]!).flatMap((field) => {
    const told = records.flatMap((r) =>
      isTold(r[field]) ? textOf(r[field]) : [],
    )
    const values = [...new Set(told)]
    return values.length && values.length <= maxValues
      ? [[field, values] as const]
      : []
  })
}

function linesOf(
  field: string,
  values: readonly string[],
  width: number,
): readonly string[] {
  const name = `    ${key(field)}:`
  const [first] = values
  const one = `${name} ${quoted(first!)}`
  if (values.length === 1 && one.length <= width) return [one]
  return values.length === 1
    ? [name, ...folded(first!, '      ', width)]
    : [
        name,
        ...values.flatMap((v) => {
          const item = `      - ${quoted(v)}`
          return item.length <= width
            ? [item]
            : ['      -', ...folded(v, '        ', width)]
        }),
      ]
}

/** A double-quoted scalar of YAML over several lines: a backslash at the end of a line joins it with the next. */
function folded(text: string, indent: string, width: number): string[] {
  const room = Math.max(leastRoom, width - indent.length - 3)
  const parts = shownJson(JSON.stringify(text)).match(/\\u[0-9a-f]{4}|\\.|./gs)
  const lines: string[] = []
  let line = ''
  for (const part of parts ?? []) {
    if (line.length + part.length > room) {
      lines.push(`${indent}${line}\\`)
      // What is blank at the beginning of a line would be passed over.
      line = part === ' ' ? '\\ ' : part
    } else line += part
  }
  return [...lines, `${indent}${line}`]
}

/** Columns. */
const leastRoom = 20

/** Who did it, and to whom: an entry that does not say so would silence others too. */
const sides = [
  'User',
  'Image',
  'ParentImage',
  'SourceImage',
  'TargetImage',
  'ClientAddress',
  'ClientUser',
  'ClientImage',
  'EndpointName',
  'ServerImage',
]

/** The same thing has another one each time; or the rule says it already. */
const passing =
  /^(?:EventID|Provider_Name|EventType|.*(?:ProcessId|ProcessGuid|LogonId|Port|Hash|Hashes))$/

function fieldsOf(
  { silence }: Finding['explanation'],
  first: Readonly<Record<string, unknown>>,
): readonly string[] {
  const own = silence.filter((field) => !passing.test(field))
  return [...new Set([...own, ...sides.filter((s) => s in first)])]
}

function isTold(value: unknown): boolean {
  return [value].flat().some((v) => v !== undefined && v !== null && v !== '')
}

/** As a value of Sigma: what has a meaning there is escaped. */
function textOf(value: unknown): string {
  const one = [value].flat().find((v) => isTold(v))
  const text = typeof one === 'string' ? one : JSON.stringify(one)
  const own = text.slice(0, maxUnits)
  const escaped = own.replace(/\\+(?=[*?]|$)|\\{2,}|[*?]/g, (found) =>
    found.replace(/./g, '\\$&'),
  )
  return text.length > own.length ? `${escaped}*` : escaped
}

/** A glob knows no escape: a host called so is any host that looks so. */
function escapedGlob(host: string): string {
  return host.replaceAll('*', '?')
}

/** A field's name as a key: as it is where YAML takes it so. */
function key(name: string): string {
  return /^[A-Za-z_][\w.-]*$/.test(name) ? name : quoted(name)
}

/** A YAML scalar in quotes: single ones say what they hold as it is. */
function quoted(text: string): string {
  const isPlain =
    /^[A-Za-z0-9][\w.@/-]*$/.test(text) && !/^[\d.e_+-]+$/i.test(text)
  if (isPlain && !/^(?:true|false|null|yes|no|on|off)$/i.test(text)) return text
  const json = shownJson(JSON.stringify(text))
  return /[\u0000-\u001f]|\\u/.test(text + json)
    ? json
    : `'${text.replaceAll("'", "''")}'`
}
