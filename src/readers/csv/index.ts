// Tables as text: comma, semicolon, tab or bar between cells, which may be quoted and hold line breaks. A row is what an
// object is in JSON, so that the same dialects know it, and a cell that holds an event is opened as a member is.
import { looksLikeEvent } from '../jsonl/records.ts'
import type { StreamFormat } from '../reader.ts'
import { CsvReader, rowObject } from './csv-reader.ts'
import { firstRows, tableLayout } from './layout.ts'

/** Rows that are looked at to tell telemetry from other tables. */
const triedRows = 4

export const csv: StreamFormat = {
  name: 'csv',
  read: 'stream',
  detect(head, name) {
    const text = head.toString('utf8')
    if (/^[\s\ufeff]*[{[<]/.test(text)) return 0
    const layout = tableLayout(text, false) ?? tableLayout(text, true)
    if (!layout) return 0
    const { delimiter, skippedRows, columns } = layout
    const rows = firstRows(text, delimiter, skippedRows + triedRows)
    const isTelemetry = rows
      .slice(skippedRows)
      .some((row) => looksLikeEvent(rowObject(columns, row)))
    if (isTelemetry) return 3
    return /\.(?:csv|tsv)$/i.test(name) ? 2 : 0
  },
  open: (options) => new CsvReader(options),
}
