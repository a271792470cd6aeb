// Tables as text: comma, semicolon, tab or bar between cells, which may be quoted and hold line breaks. A row is what an
// object is in JSON, so that the same dialects know it, and a cell that holds an event is opened as a member is.
import type { StreamFormat } from '../reader.ts'
import { CsvReader, holdsEvents } from './csv-reader.ts'
import { tableLayout } from './layout.ts'

/** Of the beginning in which a binary file has a zero. */
const toldBytes = 512

export const csv: StreamFormat = {
  name: 'csv',
  read: 'stream',
  detect(head, name) {
    // Trying whether bytes are rows is dear, and most binary files show at once that they are none.
    if (head.subarray(0, toldBytes).includes(0)) return 0
    const text = head.toString('utf8')
    if (/^[\s\ufeff]*[{[<]/.test(text)) return 0
    const layout = tableLayout(text, false) ?? tableLayout(text, true)
    if (!layout) return 0
    if (holdsEvents(text, layout)) return 3
    return /\.(?:csv|tsv)$/i.test(name) ? 2 : 0
  },
  open: (options) => new CsvReader(options),
}
