// What several Windows dialects share: a table from a collector's names to Sigma's names of the System part.
import { entryOf } from '../../../base/entry.ts'
import type { Value } from '../../../base/record.ts'

import { besideData } from '../../inside/beside-names.ts'
import type { Column, Derive } from '../../flat/shapes.ts'
import { isRewritten, systemValue } from '../../system-part.ts'
import { at, type Mapping, type Names, provenanceBy } from '../dialect.ts'

/** The System part of a Windows event, as Sigma names it. */
export type SystemName =
  | 'Provider_Name'
  | 'Provider_Guid'
  | 'EventID'
  | 'Qualifiers'
  | 'Version'
  | 'Level'
  | 'Task'
  | 'Opcode'
  | 'Keywords'
  | 'TimeCreated_SystemTime'
  | 'EventRecordID'
  | 'Correlation_ActivityID'
  | 'Correlation_RelatedActivityID'
  | 'Execution_ProcessID'
  | 'Execution_ThreadID'
  | 'Channel'
  | 'Computer'
  | 'Security_UserID'

export interface WindowsTable {
  /** The collector's name of each System field; of several the first that a record has. */
  readonly system: Partial<Record<SystemName, string | readonly string[]>>
  /** Columns instead of a name's own; an empty list drops it. */
  readonly instead?: (names: Names) => ReadonlyMap<string, readonly Column[]>
  /** Event data hide below this prefix, which falls away (`event_data.`). */
  readonly data?: readonly string[]
}

/** The mapping of a Windows dialect: System fields first, then everything else under its own name. */
export function windowsMapping(names: Names, table: WindowsTable): Mapping {
  const instead = table.instead?.(names)
  const taken = new Set<number>()
  const columns: Column[] = []
  const system = new Map<string, Derive>()
  for (const [name, from] of Object.entries(table.system)) {
    const i = names.firstOf(...[from].flat())
    if (i < 0) continue
    taken.add(i)
    const made = instead?.get(names.list[i]!)
    if (made) continue
    columns.push({ name, from: systemSource(name, i) })
  }
  for (const made of instead?.values() ?? [])
    for (const column of made) columns.push(column)
  for (const c of columns) {
    if (!system.has(c.name)) {
      system.set(c.name, typeof c.from === 'number' ? at(c.from) : c.from)
    }
  }
  // Event data come before the collector's own fields, so that in a clash of names the event's keeps the name.
  const rest = names.list
    .map((name, i) => ({ own: dataName(name, table.data), name, i }))
    .filter(({ name, i }) => !taken.has(i) && !instead?.has(name))
  for (const { own, i } of rest) {
    if (own !== undefined) columns.push({ name: own, from: i })
  }
  for (const { own, name, i } of rest) {
    if (own === undefined) columns.push({ name, from: i })
  }
  return {
    kind: 'mapping',
    columns,
    provenance: windowsProvenance(system),
  }
}

function systemSource(name: string, i: number): number | Derive {
  return isRewritten(name) ? (values) => systemValue(name, values.at(i)) : i
}

/** From the columns that hold provider, channel and event id. */
export function windowsProvenance(system: ReadonlyMap<string, Derive>) {
  const none: Derive = () => undefined
  return provenanceBy(
    'windows',
    system.get('Provider_Name') ?? none,
    system.get('Channel') ?? none,
    system.get('EventID') ?? none,
  )
}

function dataName(
  name: string,
  prefixes: readonly string[] | undefined,
): string | undefined {
  for (const prefix of prefixes ?? []) {
    if (name.startsWith(prefix)) {
      return name.slice(prefix.length).replaceAll(' ', '')
    }
  }
  return undefined
}

/** Renderers write a provider's display name, which for some is not its name. */
const displayNames: Readonly<Record<string, string>> = {
  'Microsoft Windows security auditing.': 'Microsoft-Windows-Security-Auditing',
  'Microsoft-Windows-Service Control Manager': 'Service Control Manager',
}

export function providerName(value: Value): Value {
  return typeof value === 'string'
    ? (entryOf(displayNames, value) ?? value)
    : value
}

/** Somebody dropped the data of a flat event: what is left of them stands in its message. */
export function hasMessageAlone(names: Names): boolean {
  return names.has('Message') && names.list.every((n) => besideData.has(n))
}
