// Rows of a database that its client prints one below another: `\x` of psql (`-[ RECORD 1 ]-`, `name | value`), `\G` of MySQL
// (`*** 1. row ***`, `name: value`), `.mode line` of SQLite and osqueryi (`name = value`, a blank line between rows).
// Sources: PostgreSQL, psql, "expanded"; MySQL reference, "mysql Client Commands"; SQLite, "Command Line Shell", line mode.
import { looksLikeEvent } from '../jsonl/known.ts'
import type { JsonObject } from '../flat/json-value.ts'
import type { TextForm } from './block-reader.ts'

const heading =
  /^(?:-\[ RECORD \d{1,10} \][-+]*|-RECORD \d{1,10}-*|\*{3,64} \d{1,10}\. row \*{3,64})\s*$/
/** Blanks stand before a short name, or behind it: what parts it from the value is in one column. */
const pair =
  /^ {0,128}[\p{L}_@#$][\w@#$.() -]{0,127}?(?: {0,128} \||:| =)(?= |$)/u
/** In UTF-16 units. */
const maxName = 128

export const recordsDownForm: TextForm = {
  name: 'records-down',
  looksLike: (text) =>
    (text.includes('RECORD ') || text.includes('. row *')) &&
    /^(?:-\[? ?RECORD \d|\*{3,64} \d{1,10}\. row \*)/m.test(text),
  begins: (line) => heading.test(line),
  object: (lines) => rowOf(lines.slice(1)),
  isAround: (line) => !heading.test(line),
}

/** Lines of a row that tell that they are of an event. */
const toldLines = 128

export const lineModeForm: TextForm = {
  name: 'line-mode',
  looksLike(text) {
    if (!text.includes(' = ')) return false
    if (!/^ {0,64}[A-Za-z_]\w{0,63} = /m.test(text)) return false
    const lines = text.split('\n', toldLines)
    const first = lines.findIndex((line) => lineMode.test(line))
    if (first < 0) return false
    const end = lines.findIndex((line, i) => i > first && line.trim() === '')
    const row = lines.slice(first, end < 0 ? undefined : end)
    const isRow = row.every((line) => lineMode.test(line))
    return isRow && looksLikeEvent(rowOf(row) ?? {})
  },
  begins(line, open) {
    const name = lineMode.exec(line)?.[1]
    return name !== undefined && lineMode.exec(open[0]!)?.[1] === name
  },
  object: (lines) => rowOf(lines),
  isAround: (line) => !lineMode.test(line),
}

const lineMode = /^ {0,64}([A-Za-z_][\w.]{0,63}) = /

function rowOf(lines: readonly string[]): JsonObject | undefined {
  const first = pair.exec(lines[0] ?? '')?.[0]
  if (first === undefined) return undefined
  const mark = first.at(-1)!
  const column = first.length - 1
  const row = new Map<string, string>()
  let name = ''
  for (const line of lines) {
    const isAtMark = line[column] === mark && column <= 2 * maxName
    const found = isAtMark ? line.slice(0, column).trim() : ''
    const value = isAtMark ? line.slice(column + 2) : line
    if (found !== '' && !row.has(found)) {
      name = found
      row.set(name, value)
    } else if (isEnd(line)) break
    else row.set(name, `${withoutMark(row.get(name)!)}\n${value}`)
  }
  const filled = [...row]
    .map(([n, v]) => [n, v.trim()] as const)
    .filter(([, v]) => v !== '' && v !== 'NULL')
  return filled.length > 0 ? Object.fromEntries(filled) : undefined
}

/** psql marks a line that goes on in the next. */
function withoutMark(text: string): string {
  return text.endsWith('+') ? text.slice(0, -1).trimEnd() : text
}

function isEnd(line: string): boolean {
  return (
    line.trim() === '' ||
    /^\(?\d{1,12} rows?\b/.test(line) ||
    /^\S{1,64}[>#] /.test(line)
  )
}
