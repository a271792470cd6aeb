// The rows of the tables of an OpenDocument spreadsheet, as they are shown. OASIS OpenDocument 1.3 part 3: 9.1 (tables),
// 19.369 to 19.388 (values of cells).
import type { ItemWriter } from '../item.ts'
import { SheetRows } from '../sheet-rows.ts'
import type { Attributes } from '../xml.ts'

/** Of a cell, in UTF-16 units. */
const maxText = 256 * 1024
/** Cells of one row that one may stand for. */
const maxColumns = 1024

/** Told of the elements of a part in their order. */
export class TableRows {
  readonly #writer: ItemWriter
  readonly #tables: SheetRows[] = []
  #rows: SheetRows | undefined
  #cells: string[] = []
  #column = 0
  #repeated = 1
  #value: string | undefined
  #text = ''
  #isText = false
  /** Comments of a cell are no part of it. */
  #isComment = false

  constructor(writer: ItemWriter) {
    this.#writer = writer
  }

  open(name: string, attributes: Attributes): void {
    switch (name) {
      case 'table':
        this.#rows = new SheetRows(
          this.#writer.options,
          attributes.get('name') ?? '',
        )
        this.#tables.push(this.#rows)
        break
      case 'table-row':
        this.#cells = []
        this.#column = 0
        break
      case 'table-cell':
      case 'covered-table-cell':
        this.#value = statedValue(attributes)
        this.#text = ''
        this.#repeated = Number(attributes.get('number-columns-repeated') ?? 1)
        break
      case 'annotation':
        this.#isComment = true
        break
      case 'p':
        if (this.#text) this.text('\n')
        this.#isText = true
        break
      // Blanks beyond the first are elements.
      case 's':
        this.text(' '.repeat(Math.min(Number(attributes.get('c') ?? 1), 64)))
        break
      case 'tab':
        this.text('\t')
        break
      case 'line-break':
        this.text('\n')
    }
  }

  text(text: string): void {
    if (this.#isComment || !this.#rows) return
    const isBetween = text === '\n' || this.#isText
    if (isBetween && this.#text.length < maxText) this.#text += text
  }

  close(name: string): void {
    switch (name) {
      case 'table':
        this.#rows = undefined
        break
      // One that stands for several says the same of them, which is one event.
      case 'table-row':
        if (this.#cells.length) this.#rows?.row(this.#cells)
        this.#cells = []
        break
      case 'table-cell':
      case 'covered-table-cell':
        this.#cell(this.#value ?? this.#text)
        break
      case 'annotation':
        this.#isComment = false
        break
      case 'p':
        this.#isText = false
    }
  }

  /** Tables of events are read as sources of their own. */
  async end(): Promise<void> {
    for (const rows of this.#tables) await rows.end()
  }

  #cell(value: string) {
    const times = Math.max(1, Math.floor(this.#repeated) || 1)
    if (value !== '') {
      const end = Math.min(this.#column + times, maxColumns)
      for (let i = this.#column; i < end; i++) this.#cells[i] = value
    }
    this.#column += times
  }
}

export function statedValue(attributes: Attributes): string | undefined {
  switch (attributes.get('value-type')) {
    case 'float':
      return attributes.get('value')
    case 'date':
      return attributes.get('date-value')
    case 'boolean':
      return attributes.get('boolean-value')
    case 'string':
      return attributes.get('string-value')
    default:
      return undefined
  }
}
