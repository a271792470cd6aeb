// Tables of text without a row that names their columns, down to a single cell: read for formulas only. A table of telemetry
// is none of these.
import { LineSplitter } from '../../lines.ts'
import type { Reader, ReaderOptions, StreamFormat } from '../../reader.ts'
import {
  halfWidth,
  isFormulaCell,
  isLinkCell,
  mayHoldFormula,
} from '../formula/items.ts'
import { cellsOfLine } from '../../csv/cells.ts'
import { separatorNamed } from '../../csv/layout.ts'
import { FormulaCells } from './formula-cells.ts'

/** Of a row, in bytes. */
const maxRowBytes = 1024 * 1024
/** Of one row. */
const maxCells = 16_384

// Blanks are bounded: each of them may also begin a cell.
/** A formula with a link or a call, where a cell begins. */
const formula =
  /(?:^|[\n,;\t])[\s"']{0,64}[=+\-@][^\n"',;|(]{0,64}[|(]['"]?[^\n]{0,256}[!)]/

/** Such a link as no other text has. */
const link =
  /(?:^|[\n,;\t])[\s"]{0,64}[=+\-@](?:[^\n|]{0,256}\|\s{0,64}'[^\n]{0,1024}|\s{0,64}'[^'\n|]{1,256}\|[^'\n]{1,1024})'\s{0,64}!/

export const separated: StreamFormat = {
  name: 'csv-text',
  read: 'stream',
  detect(head, name) {
    const text = textOf(head)
    if (/^[\s\ufeff]*[{[<]/.test(text)) return 0
    if (tableName.test(name) || namesSeparator.test(text) || link.test(text))
      return 1
    return asText.test(name) && formula.test(text) ? 1 : 0
  },
  open(options) {
    options.sink.shapeSeen('table of text')
    return new SeparatedReader(options)
  },
}

/** Byte by byte, but for forms that look like ASCII. */
function textOf(head: Buffer): string {
  const text = head.toString('latin1').replaceAll('\0', '')
  return /\xef[\xbc\xbd]/.test(text) ? halfWidth(head.toString('utf8')) : text
}

/** A line that every spreadsheet takes for itself. */
const namesSeparator = /^(?:\ufeff|\xef\xbb\xbf)?"?sep=[^"\r\n]{1,4}"?\r?\n/i

const tableName = /\.(?:csv|tsv|tab)$/i
/** Text that a spreadsheet opens, asked or not. */
const asText = /\.(?:txt|prn|dat|asc|xl[stw])$/i

/** What a spreadsheet would take as a link in a source that is read as something else; undefined: none would open it. */
export function linksBeside(options: ReaderOptions): Reader | undefined {
  return tableName.test(options.file ?? '')
    ? new SeparatedReader(options, isLinkCell)
    : undefined
}

class SeparatedReader implements Reader {
  readonly #lines: LineSplitter
  /** The first line may name it. */
  #separator: string | undefined
  #cells: FormulaCells | undefined

  constructor(options: ReaderOptions, isOne = isFormulaCell) {
    const { start = 0, sink } = options
    this.#lines = new LineSplitter(
      {
        line: (buffer, from, to, line, offset) => {
          const text = buffer.toString('utf8', from, to)
          if (line === 1) this.#separator = separatorNamed(text)
          const mayAct = mayHoldFormula(text)
          if (!mayAct && (isOne === isLinkCell || this.#cells?.isFull)) return
          const cells = this.#cellsOf(text)
          const format = text.includes('\t') ? 'tsv' : 'csv'
          this.#cells ??= new FormulaCells(format, options, isOne)
          this.#cells.passed(cells, line)
          if (mayAct) this.#cells.row(cells, line, offset - start)
        },
        damaged: (d) => sink.damaged(d),
      },
      { ...options, maxBytes: maxRowBytes },
    )
  }

  #cellsOf(line: string): readonly string[] {
    const by = this.#separator
    if (by === undefined) return cellsOf(line)
    return (cellsOfLine(line, by) ?? line.split(by)).slice(0, maxCells)
  }

  push(block: Buffer): void {
    this.#lines.push(block)
  }

  end(): void {
    this.#lines.end()
    this.#cells?.end()
  }
}

/** By whichever of comma, semicolon and tab the line has, outside of quotes: a topic between apostrophes keeps its commas. */
export function cellsOf(line: string): readonly string[] {
  const cells: string[] = []
  const marks = /["',;\t]/g
  let from = 0
  let quote = ''
  for (let m = marks.exec(line); m; m = marks.exec(line)) {
    const c = m[0]
    if (quote) {
      if (c === quote) quote = ''
    } else if (c === '"') quote = c
    else if (c === "'") {
      // An apostrophe in prose begins nothing; one behind `|` a topic.
      if (line[m.index - 1] === '|') quote = c
    } else if (cells.length < maxCells) {
      cells.push(unquoted(line.slice(from, m.index)))
      from = m.index + 1
    }
  }
  cells.push(unquoted(line.slice(from)))
  return cells
}

function unquoted(cell: string): string {
  const match = /^\s*"(.*)"\s*$/s.exec(cell)
  return match ? match[1]!.replaceAll('""', '"') : cell
}
