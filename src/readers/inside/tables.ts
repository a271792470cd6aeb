// Tables as objects: a list of columns beside a list of rows, under whatever names an API gives them.
import type { JsonObject } from '../flat/json-value.ts'

/** Columns of a table. */
const maxColumns = 4096
/** Rows that are looked at to tell a table. */
const triedRows = 8

export interface Table {
  readonly rows: readonly JsonObject[]
  /** The members that made it. */
  readonly members: readonly string[]
}

/** undefined: the object is none. */
export function tableOf(object: JsonObject): Table | undefined {
  const columnLists: (readonly [string, readonly string[]])[] = []
  for (const key in object) {
    const names = columnNames(object[key])
    if (names) columnLists.push([key, names])
  }
  for (const [columns, names] of columnLists) {
    for (const key in object) {
      if (key === columns) continue
      const rows =
        rowsOf(object[key], names) ?? rowsOfColumns(key, object[key], names)
      if (rows) return { rows, members: [columns, key] }
    }
  }
  return undefined
}

function columnNames(value: unknown): readonly string[] | undefined {
  const inner = isObject(value) ? (value as JsonObject).fields : value
  if (!Array.isArray(inner)) return undefined
  if (inner.length < 2 || inner.length > maxColumns) return undefined
  const names = inner.map(nameOf)
  const isNames = names.every((n) => n !== undefined && n !== '')
  return isNames && new Set(names).size === names.length
    ? (names as string[])
    : undefined
}

function nameOf(column: unknown): string | undefined {
  if (typeof column === 'string') return column
  if (!isObject(column)) return undefined
  const cell = column as JsonObject
  // A name with a value beside it is a cell.
  if ('value' in cell || 'Value' in cell) return undefined
  const { name, Name, columnName, ColumnName, field, id, text } = cell
  const found = [name, Name, columnName, ColumnName, field, id, text].find(
    (n) => typeof n === 'string',
  )
  return found as string | undefined
}

function rowsOf(
  value: unknown,
  names: readonly string[],
): JsonObject[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined
  const cells = value.map(cellsOf)
  const isTable = cells
    .slice(0, triedRows)
    .every((row) => row?.length === names.length)
  if (!isTable) return undefined
  return cells
    .filter((row) => row !== undefined)
    .map((row) => asObject(names, row))
}

/** A row is a list; BigQuery's is `{"f": [{"v": …}]}`, Athena's and Timestream's `{"Data": [{"VarCharValue": …}]}`. */
function cellsOf(row: unknown): readonly unknown[] | undefined {
  if (Array.isArray(row)) return row
  const { f, Data } = isObject(row) ? (row as JsonObject) : {}
  if (Array.isArray(f)) return f.map((c) => (c as JsonObject | null)?.v)
  return Array.isArray(Data) ? Data.map(dataCell) : undefined
}

/**
 * Rows of which the first names the columns, or the names and a list of rows. undefined: the list is none. Of plain lists who asks has to see whether their cells are what their
 * columns say: lists of pairs look alike.
 */
export function rowsUnderHeading(
  list: readonly unknown[],
): JsonObject[] | undefined {
  const heading = cellsOf(list[0])
  const names = heading && columnNames(heading)
  if (!names) return undefined
  const [, rows] = list
  const isApart = list.length === 2 && Array.isArray(rows)
  return (isApart && rowsOf(rows, names)) || rowsOf(list.slice(1), names)
}

/** Rows that come one by one, each a list, under the first, which names the columns. */
export class HeadedRows {
  #heading: readonly string[] | undefined
  #hasRows = false

  /** Its rows, where the list is one or holds some; `heading`: it names the columns; undefined: neither. */
  take(
    list: readonly unknown[],
  ): readonly JsonObject[] | 'heading' | undefined {
    if (this.#heading) {
      const rows = rowsOf(list, this.#heading) ?? rowsOf([list], this.#heading)
      if (rows) {
        this.#hasRows = true
        return rows
      }
    }
    const names = columnNames(list)
    if (!names?.every(isColumnName)) return undefined
    this.#heading = names
    this.#hasRows = false
    return 'heading'
  }

  /** A list that was taken for a heading, and under which no row came. */
  get unused(): readonly string[] | undefined {
    return this.#hasRows ? undefined : this.#heading
  }
}

/** Of a column, in UTF-16 units. */
const maxColumnName = 128

function isColumnName(text: string): boolean {
  return text.length <= maxColumnName && /^[\p{L}_@#*$][^=<>{}]*$/u.test(text)
}

/** Columns that are needed where nothing but their equal length says that they are a table. */
const minColumns = 3

/** A list of values under each name: `{"EventID": [1, 3], "Image": ["…", "…"]}`. undefined: the object is none. */
export function rowsOfLists(object: JsonObject): JsonObject[] | undefined {
  // Of most objects the first member tells that they are none.
  for (const key in object) {
    if (!Array.isArray(object[key])) return undefined
  }
  const names = Object.keys(object)
  const lists = names.map((name) => object[name] as unknown[])
  const isTable =
    names.length >= minColumns &&
    names.length <= maxColumns &&
    lists.every(
      (l) => Array.isArray(l) && l.length === (lists[0] as unknown[]).length,
    )
  if (!isTable) return undefined
  const columns = lists as unknown[][]
  return columns[0]!.map((_, row) =>
    asObject(
      names,
      columns.map((c) => c[row]),
    ),
  )
}

/** Splunk's `json_cols`: a list for each column. */
function rowsOfColumns(
  key: string,
  value: unknown,
  names: readonly string[],
): JsonObject[] | undefined {
  if (key !== 'columns' || !Array.isArray(value)) return undefined
  const isTable =
    value.length === names.length && value.every((c) => Array.isArray(c))
  if (!isTable) return undefined
  const columns = value as unknown[][]
  return columns[0]!.map((_, row) =>
    asObject(
      names,
      columns.map((c) => c[row]),
    ),
  )
}

function dataCell(cell: unknown): unknown {
  const { VarCharValue, ScalarValue } = (cell ?? {}) as JsonObject
  return VarCharValue ?? ScalarValue
}

/** Values by the number of their row under each name, as pandas writes a table: `{"EventID": {"0": 1, "1": 3}}`. undefined: it is none. */
export function rowsByNumber(object: JsonObject): JsonObject[] | undefined {
  const names = Object.keys(object)
  if (names.length < minColumns || names.length > maxColumns) return undefined
  const first = object[names[0]!]
  if (!isObject(first)) return undefined
  const numbers = Object.keys(first as JsonObject)
  const isTable =
    numbers.length > 0 &&
    numbers.every((n) => /^\d{1,10}$/.test(n)) &&
    names.every((name) => {
      const column = object[name]
      return (
        isObject(column) &&
        numbers.every((n) => Object.hasOwn(column as JsonObject, n))
      )
    })
  if (!isTable) return undefined
  return numbers.map((n) =>
    Object.fromEntries(
      names.map((name) => [name, (object[name] as JsonObject)[n] ?? null]),
    ),
  )
}

function asObject(
  names: readonly string[],
  row: readonly unknown[],
): JsonObject {
  return Object.fromEntries(names.map((name, i) => [name, row[i] ?? null]))
}

/** Objects in objects, each a list of its members. */
const maxPairDepth = 8

/** `[{"field": "@message", "value": "…"}, …]`, a row of an API that names each cell. undefined: the list is none. */
export function rowOfPairs(
  list: readonly unknown[],
  depth = 0,
): JsonObject | undefined {
  if (list.length === 0 || list.length > maxColumns) return undefined
  const entries: [string, unknown][] = []
  for (const item of list) {
    if (!isObject(item)) return undefined
    const {
      field,
      name,
      key,
      Name,
      Value,
      value = Value,
      ...rest
    } = item as JsonObject
    const label = field ?? name ?? key ?? Name
    if (typeof label !== 'string' || value === undefined) return undefined
    for (const _ in rest) return undefined
    const isList = Array.isArray(value) && depth < maxPairDepth
    entries.push([
      label,
      isList ? (rowOfPairs(value, depth + 1) ?? value) : value,
    ])
  }
  return Object.fromEntries(entries)
}

/** An object whose values all are lists of one item, as Kibana gives its fields. undefined: it is none. */
export function withoutLists(object: JsonObject): JsonObject | undefined {
  const entries = Object.entries(object)
  if (entries.length < 2) return undefined
  const isListed = entries.every(
    ([, v]) => Array.isArray(v) && v.length > 0 && v.length <= maxColumns,
  )
  if (!isListed) return undefined
  if (!entries.some(([, v]) => (v as unknown[]).length === 1)) return undefined
  return Object.fromEntries(
    entries.map(([k, v]) => [
      k,
      (v as unknown[]).length === 1 ? (v as unknown[])[0] : v,
    ]),
  )
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
