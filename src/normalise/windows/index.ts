// Windows events, whatever file they came in: which log source they are, and Sigma's names beside the provider's own.
import { entryOf } from '../../base/entry.ts'
import type { Shape, SourceRecord } from '../../base/record.ts'

import {
  type LogSource,
  logSource,
  unknownLogSource,
} from '../../event/log-source.ts'
import { hintedWindows, hintNames } from '../../event/sources/hints.ts'
import {
  eventKinds,
  type WriterName,
  writerCalled,
  writerOf,
} from '../../event/sources/windows.ts'

import type { ProviderNormaliser } from '../provider.ts'
import { firstText } from '../read-first.ts'

import { ownOfEcs } from './ecs-names.ts'
import { defenderRows } from './defender.ts'
import { logSourceOfWindows } from './log-source.ts'
import { powershellClassicRows, powershellRows } from './powershell.ts'
import type { Row } from '../row.ts'
import { addedTo, additionsOf, additionsUpon } from '../row.ts'
import { whenAndWhere } from '../when-where.ts'
import { serviceControlRows } from './service.ts'
import { distributedComRows } from './system.ts'
import { sysmonRows } from './sysmon.ts'
import { securityRows } from './windows-security.ts'
import { wmiRows } from './wmi-activity.ts'

export { logSourceOfWindows, logSourcesOfEventId } from './log-source.ts'

type RowTables = Readonly<
  Partial<Record<WriterName, Readonly<Record<string, readonly Row[]>>>>
>

/** What is added to the events of each writer, by event id. */
export const rowTables = {
  sysmon: sysmonRows,
  security: securityRows,
  powershell: powershellRows,
  'powershell-classic': powershellClassicRows,
  'distributed-com': distributedComRows,
  'service-control': serviceControlRows,
  wmi: wmiRows,
  windefend: defenderRows,
} as const satisfies RowTables

/** Family `windows`: provider, channel and event id of the Windows event log, from whatever file. */
export const windows: ProviderNormaliser = {
  applies: (p) => p.family === 'windows',
  eventId: (p) => p.id,
  plan(shape, { provider, channel, id }) {
    const writer = writerOf(provider, channel)
    const change =
      writer === 'sysmon' && id === '12' ? registryChange(shape) : undefined
    return {
      add: additionsUpon(
        ownOfEcs(writer, id, shape),
        rowsOf(writer, id),
        shape,
      ),
      logSource: logSourceOfWindows(provider, channel, id),
      ...(change && {
        logSourceOf: (record) =>
          logSourceOfWindows(provider, channel, id, change(record)),
      }),
      ...whenAndWhere(shape),
    }
  },
}

/**
 * Family `hinted-windows`: as `windows`, where the record also names its log source. What it names holds; a part that it leaves out is
 * not known.
 */
export const hintedWindowsLog: ProviderNormaliser = {
  applies: (p) => p.family === hintedWindows,
  plan(shape, { provider, channel, id }) {
    const add = additionsOf(rowsOf(writerOf(provider, channel), id), shape)
    return {
      add,
      aside: [...hintNames, ...addedTo(shape, add)],
      logSource: unknownLogSource,
      logSourceOf: hintedSource(
        shape,
        logSourceOfWindows(provider, channel, id),
      ),
      ...whenAndWhere(shape),
    }
  },
}

/** `own`: of its channel and number, which hold where what looks like hints are none. */
function hintedSource(
  shape: Shape,
  own: LogSource,
): (record: SourceRecord) => LogSource {
  const positions = hintNames.map((name) => shape.indexOf(name))
  const there = positions.filter((i) => i >= 0)
  const known = new Map<string, LogSource>()
  // Neighbours mostly name the same.
  let last: readonly unknown[] = []
  let lastSource: LogSource | undefined
  return (record) => {
    if (lastSource && there.every((p, i) => record.value(p) === last[i])) {
      return lastSource
    }
    last = there.map((i) => record.value(i))
    const [product = '', category = '', service = ''] = positions.map((i) => {
      const hint = i < 0 ? undefined : record.value(i)
      return typeof hint === 'string' ? hint : ''
    })
    const key = `${product}\0${category}\0${service}`
    let source = known.get(key)
    if (!source) {
      if (known.size >= maxHinted) known.clear()
      source = areHints(product, category, service)
        ? logSource(
            product || undefined,
            category ? [category] : undefined,
            service ? [service] : undefined,
          )
        : own
      known.set(key, source)
    }
    lastSource = source
    return source
  }
}

/** A log has columns of these names too: what a program is part of, the task of a record. */
function areHints(...of: readonly string[]): boolean {
  return of.every((hint) => asNamed.test(hint))
}

const asNamed = /^(?:[a-z][a-z0-9_.-]*)?$/

/** Hints come from input; over so many of a shape, they are looked up anew. */
const maxHinted = 1_024

/** What a record gets that names its log source and no event id: the rows of all events that it can be. */
export function rowsOfHints(
  product: string,
  category: string,
  service: string,
): readonly Row[] {
  if (product && product !== 'windows') return []
  const wanted = writerCalled(service) ?? 'sysmon'
  const rows: Row[] = []
  for (const { writer, id, of } of eventKinds()) {
    if (writer !== wanted || !of.categories.includes(category)) continue
    for (const row of rowsOf(writer, id)) rows.push(row)
  }
  return rows
}

/** Names that an event gets beside its own, where it has what they are made of. */
export function addedFields(writer: WriterName, id: string): string[] {
  return rowsOf(writer, id).map((row) => row.name)
}

function rowsOf(writer: WriterName | undefined, id: string): readonly Row[] {
  const tables: RowTables = rowTables
  const table = writer && tables[writer]
  return (table && entryOf(table, id)) ?? []
}

// NXLog overwrites EventType with its own, so a value that Sysmon does not know says nothing.
function registryChange(shape: Shape) {
  return firstText(shape, ['EventType'])
}
