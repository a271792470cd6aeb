// osquery's result log: one row a line, its columns (all text) below `columns`; or many rows in one object, as a snapshot
// or as the differences of a run.
// Source: osquery documentation, "Logging", results log.
import type { Fields } from '../../flat/fields.ts'
import type { JsonObject } from '../../flat/json-value.ts'
import { writtenBy } from '../../flat/written-by.ts'
import { addBeside, flatFields } from '../../inside/beside.ts'
import type { TextEvent } from '../../inside/event-text.ts'
import { asIs, at, type Dialect, type Names, provenanceBy } from '../dialect.ts'

export const osquery: Dialect = {
  name: 'osquery results JSON',
  recognises: (names) =>
    names.has('hostIdentifier') &&
    names.under('columns.') &&
    (names.has('action') || names.has('name')),
  plan: (names) => ({
    kind: 'mapping',
    columns: asIs(names),
    provenance: provenanceBy(
      'osquery',
      at(names.indexOf('name')),
      () => '',
      at(names.indexOf('action')),
    ),
  }),
}

/**
 * A row alone, as `osqueryi --json`, a live query of a fleet and the answers to one give it. It is told by columns that only
 * these tables have together.
 */
export const osqueryRow: Dialect = {
  name: 'osquery row',
  recognises: (names) =>
    names.hasAll('pid', 'path', 'cmdline', 'parent') ||
    names.hasAll('pid', 'remote_address', 'remote_port', 'local_address'),
  plan: (names) => ({
    kind: 'mapping',
    columns: asIs(names),
    provenance: provenanceBy(
      'osquery',
      at(names.indexOf('name')),
      () => '',
      () => '',
    ),
  }),
}

/** Many rows in one object: each is a record, with what the object says of all beside it. */
export const osqueryRows: Dialect = {
  name: 'osquery rows',
  recognises: (names) => isLog(names) || isAnswer(names),
  plan: (names) => ({
    kind: 'expansion',
    expand: (_, object) => {
      const { snapshot, diffResults, rows, ...outer } = object
      const inside = rowsIn(names).flatMap(([name, action]) =>
        listAt(object, name).map((row) =>
          rowEvent(row, flatFields({ action, ...outer })),
        ),
      )
      return { inside, beside: {} }
    },
  }),
}

/** A row of a log's table is an event of that log; other rows are osquery's own. */
function rowEvent(row: JsonObject, outer: Fields): TextEvent {
  const isWindows = 'eventid' in row && 'data' in row
  if (isWindows) return { kind: 'json', value: { ...outer, columns: row } }
  const fields = flatFields(row)
  addBeside(fields, outer)
  return {
    kind: 'fields',
    fields,
    provenance: writtenBy('osquery', outer.name, '', outer.action),
  }
}

function isLog(names: Names): boolean {
  return (
    names.has('hostIdentifier') && names.has('name') && rowsIn(names).length > 0
  )
}

/** Of a live query: rows of a host that a server of a fleet handed on. Source: Fleet, "REST API", results of a query. */
function isAnswer(names: Names): boolean {
  const isOfHost = names.under('host.') || names.has('host_id')
  const isOfQuery = names.list.some((n) =>
    /^(?:query|distributed_query)/.test(n),
  )
  return names.has('rows') && isOfHost && isOfQuery
}

const places: readonly (readonly [name: string, action: string])[] = [
  ['snapshot', 'snapshot'],
  ['rows', 'snapshot'],
  ['diffResults.added', 'added'],
  ['diffResults.removed', 'removed'],
]

function rowsIn(names: Names) {
  return places.filter(([name]) => names.has(name))
}

function listAt(object: JsonObject, name: string): readonly JsonObject[] {
  const [first, second] = name.split('.') as [string, string | undefined]
  const outer = object[first]
  const value =
    second === undefined ? outer : (outer as JsonObject | null)?.[second]
  return Array.isArray(value)
    ? value.filter((row) => typeof row === 'object' && row !== null)
    : []
}
