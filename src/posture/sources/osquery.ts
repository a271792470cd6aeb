// Results of osquery: `osqueryi --json`, and the log of a daemon (snapshots, and rows that were added). A table is told by its columns.
import { registryKey } from './reg-export.ts'
import {
  isJsonMap,
  jsonOf,
  type JsonMap,
  listAt,
  rowsOf,
  textAt,
} from './json-dumps.ts'
import { fileOf, type Reading, type Source } from './source.ts'

type Row = JsonMap

interface Table {
  readonly columns: readonly string[]
  read(row: Row, dump: Reading): void
}

const text = (row: Row, name: string) =>
  textAt(row, name) ?? String(row[name] ?? '')

const tables: readonly Table[] = [
  {
    columns: ['key', 'path', 'name', 'type', 'data'],
    read(row, dump) {
      dump.facts.of('windows')
      const key = registryKey(text(row, 'key'))
      const type = text(row, 'type')
      const data = text(row, 'data')
      if (type === 'subkey') {
        dump.facts.addKey(`${key}\\${text(row, 'name')}`)
        return
      }
      dump.facts.add(
        key,
        text(row, 'name'),
        dataOf(type, data),
        fileOf(dump),
        type,
      )
    },
  },
  {
    columns: ['name', 'oid', 'subsystem', 'current_value'],
    read(row, dump) {
      dump.facts.of('linux')
      dump.facts.cover('sysctl', dump.name)
      dump.facts.add(
        'sysctl',
        text(row, 'name'),
        text(row, 'current_value'),
        fileOf(dump),
      )
    },
  },
  {
    columns: ['device', 'path', 'type', 'flags'],
    read(row, dump) {
      dump.facts.of('linux')
      dump.facts.cover('mount', dump.name)
      const options = text(row, 'flags').split(',')
      dump.facts.add(
        `mount\\${text(row, 'path')}`,
        'options',
        options,
        fileOf(dump),
      )
    },
  },
  {
    columns: ['id', 'load_state', 'active_state', 'unit_file_state'],
    read(row, dump) {
      dump.facts.of('linux')
      dump.facts.cover('unit', dump.name)
      const key = `unit\\${text(row, 'id')}`
      for (const [column, name] of unitNames) {
        dump.facts.add(key, name, text(row, column), fileOf(dump))
      }
    },
  },
  {
    columns: ['config_flag', 'enabled'],
    read(row, dump) {
      if (text(row, 'config_flag') !== 'sip') return
      dump.facts.of('macos')
      dump.facts.add('macos', 'sip', text(row, 'enabled'), fileOf(dump))
    },
  },
  {
    columns: ['assessments_enabled'],
    read(row, dump) {
      dump.facts.of('macos')
      dump.facts.add(
        'macos',
        'gatekeeper',
        text(row, 'assessments_enabled'),
        fileOf(dump),
      )
    },
  },
  {
    columns: ['scope', 'key', 'value'],
    read(row, dump) {
      dump.facts.of('linux')
      if (
        text(row, 'key') !== 'selinux_state' &&
        text(row, 'key') !== 'enforce'
      )
        return
      const value = /^(1|enforcing)$/i.test(text(row, 'value'))
        ? 'enforcing'
        : 'permissive'
      dump.facts.add('lsm', 'selinux', value, fileOf(dump))
    },
  },
  {
    columns: ['path', 'name', 'attach', 'mode'],
    read(row, dump) {
      dump.facts.of('linux')
      const mode = text(row, 'mode')
      dump.facts.extend(
        'lsm',
        'apparmor profiles that enforce',
        mode === 'enforce' ? [text(row, 'name')] : [],
        fileOf(dump),
      )
      dump.facts.extend(
        'lsm',
        'apparmor profiles that complain',
        mode === 'complain' ? [text(row, 'name')] : [],
        fileOf(dump),
      )
    },
  },
  {
    columns: ['id', 'type', 'source', 'destination'],
    read(row, dump) {
      dump.facts.of('linux')
      dump.facts.cover('container', dump.name)
      dump.facts.extend(
        `container\\${text(row, 'id')}`,
        'mounts',
        [text(row, 'source')],
        fileOf(dump),
      )
    },
  },
  {
    columns: ['path', 'identifier', 'signed', 'entitlements'],
    read(row, dump) {
      dump.facts.of('macos')
      const key = `code\\${text(row, 'path')}`
      dump.facts.add(
        key,
        'get-task-allow',
        /get-task-allow<\/key>\s*<true/.test(text(row, 'entitlements')),
        fileOf(dump),
      )
    },
  },
  {
    columns: ['groupname', 'username'],
    read(row, dump) {
      const platform = /^[A-Z]:|\\/.test(text(row, 'directory'))
        ? 'windows'
        : 'linux'
      dump.facts.of(platform)
      dump.facts.extend(
        `group\\${text(row, 'groupname')}`,
        'members',
        [text(row, 'username')],
        fileOf(dump),
      )
    },
  },
]

const unitNames = [
  ['load_state', 'LoadState'],
  ['active_state', 'ActiveState'],
  ['unit_file_state', 'UnitFileState'],
] as const

export const osquery: Source = {
  what: 'osquery results',
  recognises: (dump) => allRows(jsonOf(dump)).some((row) => tableOf(row)),
  read(dump) {
    let strange = 0
    for (const row of allRows(jsonOf(dump))) {
      const table = tableOf(row)
      if (table) table.read(row, dump)
      else strange++
    }
    if (strange) dump.note(`${strange} rows are of no table that checks ask`)
  },
}

function tableOf(row: Row): Table | undefined {
  return tables.find((t) => t.columns.every((c) => c in row))
}

/** Rows themselves, or below `columns` and `snapshot` as the daemon logs them. What was removed is no more. */
function allRows(value: unknown): readonly Row[] {
  return rowsOf(value).flatMap((row) => {
    if (row.action === 'removed') return []
    const rows = [...rowsOf(listAt(row, 'snapshot'))]
    if (isJsonMap(row.columns)) rows.push(row.columns)
    return rows.length ? rows : [row]
  })
}

function dataOf(type: string, data: string) {
  if (type === 'REG_DWORD' || type === 'REG_QWORD') return Number(data)
  if (type === 'REG_MULTI_SZ') return data.split(',').filter((p) => p !== '')
  if (type === 'REG_BINARY') return Buffer.from(data, 'hex')
  return data
}
