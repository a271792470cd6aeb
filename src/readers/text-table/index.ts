// Tables drawn as text, as they are pasted into tickets and printed by clients: a row is an event as a row of CSV is. What stands around them is
// text for people.
import type { JsonObject } from '../flat/json-value.ts'
import { looksLikeEvent } from '../jsonl/known.ts'
import { RecordMaker } from '../jsonl/records.ts'
import { LineSplitter } from '../lines.ts'
import type { Reader, ReaderOptions, StreamFormat } from '../reader.ts'
import { TableRows } from './rows.ts'

/** Rows of the beginning of a source that are looked at. */
const triedRows = 64

export const textTable: StreamFormat = {
  name: 'text-table',
  read: 'stream',
  detect(head) {
    // Most sources have no line that is a rule, which is cheap to see.
    if (
      !hasRule.test(head.toString('latin1')) &&
      !hasWikiHeading.test(head.toString('latin1', 0, 4096))
    )
      return 0
    return holdsEvents(head.toString('utf8')) ? 3 : 0
  },
  open: (options) => new TextTableReader(options),
}

const hasRule =
  /^[ \t]{0,64}(?:[|+:=-]|\xe2[\x94-\x95][\x80-\xbf])(?:[ |+:=-]|\xe2[\x94-\x95][\x80-\xbf]){2,}\r?$/m
const hasWikiHeading = /^\s{0,64}\|\|[^|\n]{1,128}\|\|/m

function holdsEvents(text: string): boolean {
  let tried = 0
  let found = false
  const rows = new TableRows({
    row(object) {
      found ||= tried++ < triedRows && looksLikeEvent(object)
    },
    odd: () => {},
  })
  const lines = text.split(/\r?\n/)
  for (const [i, line] of lines.entries()) {
    rows.take(line, { line: i + 1, offset: 0 })
    if (found || tried >= triedRows) return found
  }
  rows.end()
  return found
}

class TextTableReader implements Reader {
  readonly #records: RecordMaker
  readonly #lines: LineSplitter
  readonly #rows: TableRows

  constructor({ sink, gate, start = 0, linesBefore = 0 }: ReaderOptions) {
    this.#records = new RecordMaker(sink, gate)
    this.#rows = new TableRows({
      row: (object: JsonObject, { line, offset }) =>
        this.#records.take(object, line, offset),
      odd: (what, { line, offset }) => {
        const message = `line ${line}: ${what}`
        sink.damaged({ what: 'table', offset, message, lost: 0 })
      },
    })
    this.#lines = new LineSplitter(
      {
        line: (buffer, from, to, line, offset) =>
          this.#rows.take(buffer.toString('utf8', from, to), { line, offset }),
        damaged: (damage) => sink.damaged(damage),
      },
      { start, linesBefore },
    )
    sink.shapeSeen('table of text')
  }

  push(block: Buffer): void {
    this.#lines.push(block)
  }

  end(): void {
    this.#lines.end()
    this.#rows.end()
    this.#records.end()
  }
}
