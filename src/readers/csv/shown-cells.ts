// Tables of what people were shown: Kibana writes `-` where an event lacks a field, and numbers and times as its pages show them
// (`10,446`, `Sep 27, 2020 @ 13:42:00.726`). Elsewhere `-` is a value: Windows writes it into fields of its events.
// Source: Kibana Guide, "Advanced Settings" (dateFormat, format:number:defaultPattern); src/plugins/field_formats, asPrettyString.

import { asIsoTime } from '../written-time.ts'

/** Cells of a row that must lack something, where its times do not tell. */
const minLacking = 3

const shownTime = /^[A-Z][a-z]{2} \d{1,2}, \d{4} @ \d\d:\d\d:\d\d\.\d{3,9}$/
const dotted = /^[\w@-]+(?:\.[\w@-]+)+$/

/** Do its first rows look so? */
export function isShownTable(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): boolean {
  if (rows.some((row) => row.some((cell) => shownTime.test(cell)))) return true
  const isOfElastic =
    columns.includes('@timestamp') && columns.some((name) => dotted.test(name))
  return isOfElastic && rows.length > 0 && rows.every(lacksByDash)
}

/** What has no value is said to have none, and never left empty. */
function lacksByDash(row: readonly string[]): boolean {
  const dashes = row.filter((cell) => cell === '-').length
  return dashes >= minLacking && !row.includes('')
}

/** What an event said before it was shown. */
export function saidOf(cell: string): string {
  if (shownTime.test(cell)) return String(asIsoTime(cell))
  return /^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(cell)
    ? cell.replaceAll(',', '')
    : cell
}
