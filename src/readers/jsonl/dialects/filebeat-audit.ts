// Filebeat's module auditd, behind its ingest pipeline: each record of a Linux audit event is an object of its own, its fields partly under the
// common schema's names. Where the line itself is kept beside it (`event.original`), that is read instead.
// Source: elastic/beats, filebeat/module/auditd/log/ingest/pipeline.yml.
import type { Value } from '../../../base/record.ts'
import { parseTime } from '../../../base/time.ts'

import { recordType } from '../../auditd/record-types.ts'
import type { Fields } from '../../flat/fields.ts'
import { textOrEmpty } from '../../flat/written-by.ts'
import { flatFields } from '../../inside/beside.ts'
import type { Dialect } from '../dialect.ts'

const below = 'auditd.log.'

/** The record's names of what the pipeline calls otherwise. */
const renamed: readonly (readonly [name: string, ...of: string[]])[] = [
  ['acct', 'user.name'],
  ['uid', 'user.id'],
  ['gid', 'user.group.id'],
  ['auid', 'user.audit.id'],
  ['agid', 'user.audit.group.id'],
  ['euid', 'user.effective.id'],
  ['egid', 'user.effective.group.id'],
  ['suid', 'user.saved.id'],
  ['sgid', 'user.saved.group.id'],
  ['fsuid', 'user.filesystem.id'],
  ['fsgid', 'user.filesystem.group.id'],
  ['ouid', 'user.owner.id'],
  ['ogid', 'user.owner.group.id'],
  ['comm', 'process.name'],
  ['pid', 'process.pid'],
  ['ppid', 'process.ppid', 'process.parent.pid'],
  ['exit', 'process.exit_code'],
  ['cwd', 'process.working_directory'],
  ['terminal', 'user.terminal'],
  ['res', 'event.outcome'],
]

/** What the pipeline decodes and takes out of quotes. */
const texts = new Set(
  'exe cmd data path comm file name watch cwd acct dir vm device cgroup ocomm proctitle'.split(
    ' ',
  ),
)

const notOfRecord = new Set(['record_type', 'sequence', 'node', 'argc'])

export const filebeatAudit: Dialect = {
  name: 'Filebeat audit JSON',
  recognises: (names) =>
    names.hasAll('@timestamp', 'auditd.log.sequence') &&
    !names.has('event.original'),
  plan: () => ({
    kind: 'expansion',
    expand(_, object) {
      const flat = flatFields(object)
      const record = recordOf(flat)
      return record && { inside: [record], beside: { ...flat } }
    },
  }),
}

function recordOf(flat: Fields) {
  const serial = Number(flat['auditd.log.sequence'])
  const time = parseTime(flat['@timestamp'])
  const told = flat['auditd.log.record_type'] ?? flat['event.action']
  const type = recordType(textOrEmpty([told ?? ''].flat()[0]).toUpperCase())
  if (!Number.isSafeInteger(serial) || time === undefined || !type)
    return undefined
  const node = textOrEmpty(flat['auditd.log.node'])
  return {
    kind: 'audit',
    text: textOf(flat, type),
    header: {
      node,
      type,
      stamp: `${time}:${serial}`,
      time,
      serial,
      body: 0,
      interpreted: false,
    },
  } as const
}

function textOf(flat: Fields, type: string): string {
  const isCommand = type === 'EXECVE'
  const parts = isCommand ? commandOf(flat['process.args']) : []
  for (const [at, value] of Object.entries(flat)) {
    const name = at.startsWith(below) ? at.slice(below.length) : ''
    if (!name || notOfRecord.has(name)) continue
    parts.push(written(name, value, isCommand && /^a\d/.test(name)))
  }
  for (const [name, ...of] of renamed) {
    const value = of.map((at) => flat[at]).find((v) => v !== undefined)
    if (value !== undefined) parts.push(written(name, value))
  }
  if (isCommand) return parts.join(' ')
  const { 'process.executable': exe, 'process.args': args } = flat
  const { 'host.architecture': arch } = flat
  if (exe !== undefined) parts.push(written('exe', exe))
  if (args !== undefined)
    parts.push(written('cmd', [args].flat().map(textOrEmpty).join(' ')))
  // The one that the pipeline gives a name.
  if (type === 'SYSCALL' && arch !== undefined)
    parts.push(`arch=${arch === 'x86_64' ? 'c000003e' : textOrEmpty(arch)}`)
  return parts.join(' ')
}

/** The arguments; a list that was cut says how many stood before. */
function commandOf(value: Value | undefined): string[] {
  if (!Array.isArray(value)) return []
  const cut = /^\[\.\.\. (\d{1,5}) truncated arguments/.exec(
    textOrEmpty(value[0]),
  )
  const args = cut ? value.slice(1) : value
  const from = cut ? Number(cut[1]) : 0
  const parts = args.map((arg, i) => written(`a${from + i}`, arg, true))
  return cut ? parts : [`argc=${args.length}`, ...parts]
}

/** As the kernel writes it: text in quotes, or in hex where it has some itself; all else bare. */
function written(name: string, value: Value, isText = texts.has(name)): string {
  // auditd's own names stand behind a mark of theirs, at which the pipeline does not split.
  const text = textOrEmpty(value)
  if (!isText && !/[\s"]/.test(text.replaceAll('\x1d', '')))
    return `${name}=${text}`
  const own = name === 'proctitle' ? text.replaceAll('^@', '\0') : text
  return /["\x00-\x1f\x7f]/.test(own)
    ? `${name}=${Buffer.from(own).toString('hex').toUpperCase()}`
    : `${name}="${own}"`
}
