// Functions that choose among the values of a range or a list, or make another of it. ECMA-376 part 1, 18.17.7; those of later versions of Excel.
import type { TextList, Texts } from './texts.ts'

type ListFunction = (args: readonly Texts[]) => Texts

/** Values of one list, and UTF-16 units of them; of what is over nothing is known. */
const maxValues = 4096
const maxUnits = 256 * 1024

/** Of a range or list: row by row, with its width. */
export function gridOf(values: readonly (string | undefined)[], width: number) {
  let units = 0
  const kept = values.slice(0, maxValues).map((value) => {
    units += value?.length ?? 0
    return units > maxUnits ? undefined : value
  })
  return Object.assign(kept, { width: Math.max(1, width) })
}

const listOf = (value: Texts): TextList =>
  typeof value === 'object' ? value : [value]
const widthOf = (list: TextList) => list.width ?? 1
const single = (value: Texts) => listOf(value)[0]
const whole = (value: Texts, other: number) => {
  const n = Math.trunc(Number(single(value) ?? other))
  return Number.isFinite(n) ? n : other
}

function rowsOf(value: Texts): (string | undefined)[][] {
  const list = listOf(value)
  const width = widthOf(list)
  const rows: (string | undefined)[][] = []
  for (let i = 0; i < list.length; i += width)
    rows.push(list.slice(i, i + width))
  return rows
}

const ofRows = (rows: readonly (readonly (string | undefined)[])[]) =>
  rows.length === 0 ? undefined : gridOf(rows.flat(), rows[0]!.length)

function turned(value: Texts): Texts {
  const rows = rowsOf(value)
  const width = rows[0]?.length ?? 0
  return ofRows(Array.from({ length: width }, (_, c) => rows.map((r) => r[c])))
}

/** From 0; -1: none. What is asked for is compared as a sheet does, in whatever case. */
function placeOf(asked: Texts, list: TextList, isSorted: boolean): number {
  const text = single(asked)?.toLowerCase()
  if (text === undefined) return -1
  const at = list.findIndex((v) => v?.toLowerCase() === text)
  if (at >= 0 || !isSorted) return at
  const n = Number(text)
  return list.findLastIndex((v) => v !== undefined && Number(v) <= n)
}

const isExact = (given: Texts) => /^(?:false|0)$/i.test(single(given) ?? '')

function taken(value: Texts, rows: number, columns: number): Texts {
  const part = <T>(of: readonly T[], n: number) =>
    n >= 0 ? of.slice(0, n) : of.slice(n)
  return ofRows(part(rowsOf(value), rows).map((r) => part(r, columns)))
}

const maxSplit = 1024
const all = Number.MAX_SAFE_INTEGER

export const listFunctions: Readonly<Record<string, ListFunction>> = {
  INDEX: ([value, row, column]) => {
    if (typeof value !== 'object') return value
    const width = widthOf(value)
    const [r, c] = [whole(row, 1), whole(column, 1)]
    // Of one row or column the only number counts along it.
    if (column === undefined && (width === 1 || value.length === width))
      return value[Math.max(1, r) - 1]
    return value[(Math.max(1, r) - 1) * width + Math.max(1, c) - 1]
  },
  VLOOKUP: ([asked, table, column, sorted]) => {
    const rows = rowsOf(table)
    const keys = rows.map((r) => r[0])
    const at = placeOf(asked, keys, !isExact(sorted))
    return rows[at]?.[whole(column, 1) - 1]
  },
  HLOOKUP: ([asked, table, row, sorted]) => {
    const rows = rowsOf(table)
    const at = placeOf(asked, rows[0] ?? [], !isExact(sorted))
    return rows[whole(row, 1) - 1]?.[at]
  },
  XLOOKUP: ([asked, keys, values, other]) => {
    const at = placeOf(asked, listOf(keys), false)
    return at < 0 ? other : listOf(values)[at]
  },
  LOOKUP: ([asked, keys, values]) => {
    if (values !== undefined)
      return listOf(values)[placeOf(asked, listOf(keys), true)]
    const rows = rowsOf(keys)
    const at = placeOf(
      asked,
      rows.map((r) => r[0]),
      true,
    )
    return rows[at]?.at(-1)
  },
  MATCH: ([asked, keys, how]) => {
    const at = placeOf(asked, listOf(keys), whole(how, 1) === 1)
    return at < 0 ? undefined : String(at + 1)
  },
  XMATCH: ([asked, keys]) => {
    const at = placeOf(asked, listOf(keys), false)
    return at < 0 ? undefined : String(at + 1)
  },
  ROWS: ([value]) => String(rowsOf(value).length),
  COLUMNS: ([value]) => String(widthOf(listOf(value))),
  TRANSPOSE: ([value]) => turned(value),
  TOROW: ([value]) => gridOf(listOf(value), listOf(value).length),
  TOCOL: ([value]) => gridOf(listOf(value), 1),
  TAKE: ([value, rows, columns]) =>
    taken(value, whole(rows, all), whole(columns, all)),
  DROP: ([value, rows, columns]) => {
    const [r, c] = [whole(rows, 0), whole(columns, 0)]
    const rest = <T>(of: readonly T[], n: number) =>
      n >= 0 ? of.slice(n) : of.slice(0, n)
    return ofRows(rest(rowsOf(value), r).map((row) => rest(row, c)))
  },
  CHOOSEROWS: ([value, ...which]) => {
    const rows = rowsOf(value)
    return ofRows(which.flatMap((w) => rows.slice(whole(w, 1) - 1).slice(0, 1)))
  },
  CHOOSECOLS: ([value, ...which]) =>
    ofRows(rowsOf(value).map((r) => which.map((w) => r[whole(w, 1) - 1]))),
  HSTACK: (args) => {
    const parts = args.map(rowsOf)
    const rows = parts.reduce((most, p) => Math.max(most, p.length), 0)
    return ofRows(
      Array.from({ length: rows }, (_, i) => parts.flatMap((p) => p[i] ?? [])),
    )
  },
  VSTACK: (args) => ofRows(args.flatMap(rowsOf)),
  SORT: ([value]) =>
    ofRows(
      rowsOf(value).sort((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1)),
    ),
  UNIQUE: ([value]) => {
    const seen = new Set<string>()
    const isNew = (row: readonly unknown[]) => {
      const key = row.join('\0')
      return !seen.has(key) && seen.add(key)
    }
    return ofRows(rowsOf(value).filter(isNew))
  },
  FILTER: ([value, keep]) => {
    const kept = listOf(keep)
    return ofRows(
      rowsOf(value).filter((_, i) => !/^(?:false|0|)$/i.test(kept[i] ?? '')),
    )
  },
  ARRAYTOTEXT: ([value]) =>
    listOf(value)
      .map((v) => v ?? '…')
      .join(', '),
  TEXTSPLIT: ([value, by]) => {
    const [text, mark] = [single(value), single(by)]
    if (text === undefined || !mark) return undefined
    const parts = text.split(mark, maxSplit)
    return gridOf(parts, parts.length)
  },
  SINGLE: ([value]) => single(value),
  CELL: ([, value]) => value,
}
