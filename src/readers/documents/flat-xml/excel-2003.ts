// Excel's XML of 2003: formulas in attributes, links as "supporting books".
// Office 2003 XML Reference Schemas, SpreadsheetML.
import { cellName } from '../cell-name.ts'
import type { Dde } from '../dde.ts'
import type { CellsFound, Wanted } from '../formula/book-cells.ts'
import { BookFormulas } from '../formula/book.ts'
import { ofNumbers } from '../formula/written.ts'
import type { ItemWriter } from '../item.ts'
import { SheetRows } from '../sheet-rows.ts'
import {
  type Attributes,
  type PartVisitor,
  scanPart,
  type XmlText,
} from '../xml.ts'

export async function readExcel2003(
  xml: XmlText,
  writer: ItemWriter,
): Promise<void> {
  const book = new Excel2003(xml, writer)
  scanPart(xml, book, (p) => writer.damaged(p, ''))
  await book.tellFormulas()
  for (const rows of book.tables) await rows.end()
}

/** Of the text of an element that is kept, in UTF-16 units. */
const maxText = 32 * 1024
/** Columns of a sheet. */
const maxColumns = 16_384

/** Elements whose text says something. */
const told = new Set([
  'Path',
  'Name',
  'Connection',
  'URL',
  'CommandText',
  'Formula',
  'Data',
  'URLString',
  // Of conditions and rules of cells.
  'Value',
  'Value1',
  'Value2',
  'Min',
  'Max',
])
const rules = new Set(['Formula', 'Value', 'Value1', 'Value2', 'Min', 'Max'])
const connections = new Set(['Connection', 'URL', 'URLString'])

class Excel2003 implements PartVisitor {
  readonly #xml: XmlText
  readonly #writer: ItemWriter
  readonly tables: SheetRows[] = []
  readonly #formulas = new BookFormulas()
  readonly #sheets = new Map<string, string>()
  #cells: string[] = []
  #sheet = ''
  #row = 0
  #column = 0
  #at = 0
  #text: string | undefined
  /** The supporting book that is open. */
  #book: { path: string; items: string[] } | undefined

  constructor(xml: XmlText, writer: ItemWriter) {
    this.#xml = xml
    this.#writer = writer
  }

  open(name: string, attributes: Attributes, at: number): void {
    this.#at = at
    this.#text = told.has(name) ? '' : undefined
    switch (name) {
      case 'Worksheet':
        this.#sheet = attributes.get('Name') ?? ''
        this.#row = 0
        this.#sheets.set(this.#sheet.toLowerCase(), this.#sheet)
        this.tables.push(new SheetRows(this.#writer.options, this.#sheet))
        break
      case 'Row':
        this.#row = Number(attributes.get('Index') ?? this.#row + 1)
        this.#column = 0
        break
      case 'Cell':
        this.#cell(attributes)
        break
      case 'NamedRange':
        this.#name(attributes)
        break
      case 'SupBook':
        this.#book = { path: '', items: [] }
        break
    }
  }

  text(text: string): void {
    if (this.#text !== undefined && this.#text.length < maxText) {
      this.#text += text
    }
  }

  close(name: string): void {
    const text = this.#text ?? ''
    this.#text = undefined
    if (name === 'Data') this.#value(text)
    else if (name === 'Row') {
      if (this.#cells.length) this.tables.at(-1)?.row(this.#cells)
      this.#cells = []
    } else if (name === 'SupBook') this.#closeBook()
    else if (name === 'Path' && this.#book) this.#book.path = text
    else if (name === 'Name') this.#book?.items.push(text)
    else if (rules.has(name)) this.#formula(text, 'rule')
    else if (text && connections.has(name)) {
      this.#writer.add({
        kind: 'connection',
        position: this.#sheet,
        text: `${name} ${text}`,
        target: text,
        targetMode: 'external',
      })
    }
  }

  #cell(attributes: Attributes) {
    this.#column = Number(attributes.get('Index') ?? this.#column + 1)
    const position = `${this.#sheet}!${cellName(this.#row, this.#column)}`
    this.#formula(attributes.get('Formula'), position)
    const target = attributes.get('HRef')
    if (!target) return
    this.#writer.add({
      kind: 'link',
      position,
      offset: this.#xml.offsetOf(this.#at),
      text: `hyperlink ${target}`,
      target,
      targetMode: 'external',
      relation: 'hyperlink',
    })
  }

  #value(text: string) {
    const column = this.#column - 1
    if (column >= 0 && column < maxColumns) this.#cells[column] = text
  }

  /** Told when all sheets are there, whose cells it may name. */
  async tellFormulas(): Promise<void> {
    await this.#formulas.tell(this.#writer, {
      sheets: this.#sheets,
      read: (wanted, found) => {
        scanPart(this.#xml, new Cells2003(wanted, found), () => {})
      },
    })
  }

  #name(attributes: Attributes) {
    const name = attributes.get('Name') ?? 'name'
    const formula = attributes.get('RefersTo')
    if (!formula) return
    this.#formulas.name(name, ofNumbers(formula, 1, 1))
    this.#formula(formula, name)
  }

  #formula(written: string | undefined, position: string) {
    if (!written) return
    const [row, column] = [Math.max(1, this.#row), Math.max(1, this.#column)]
    const formula = ofNumbers(written, row, column)
    this.#formulas.add(formula, { sheet: this.#sheet, written }, () => ({
      position,
      offset: this.#xml.offsetOf(this.#at),
    }))
  }

  /** `service|topic`; the path of an ordinary workbook has no bar. */
  #closeBook() {
    const book = this.#book
    this.#book = undefined
    const bar = book?.path.indexOf('|') ?? -1
    if (!book || bar < 0) return
    const item = book.items.find((i) => i !== 'StdDocumentName')
    const dde: Dde = {
      service: book.path.slice(0, bar),
      topic: book.path.slice(bar + 1),
      ...(item && { item }),
    }
    this.#writer.add({
      kind: 'link',
      position: 'SupBook',
      offset: this.#xml.offsetOf(this.#at),
      text: `${dde.service}|'${dde.topic}'!${item ?? ''}`,
      dde,
      relation: 'ddeLink',
    })
  }
}

/** What the cells hold that formulas ask for. */
class Cells2003 implements PartVisitor {
  readonly #wanted: ReadonlyMap<string, Wanted>
  readonly #found: CellsFound
  #sheet = ''
  #row = 0
  #column = 0
  #text: string | undefined

  constructor(wanted: ReadonlyMap<string, Wanted>, found: CellsFound) {
    this.#wanted = wanted
    this.#found = found
  }

  open(name: string, attributes: Attributes): void {
    switch (name) {
      case 'Worksheet':
        this.#sheet = attributes.get('Name') ?? ''
        this.#row = 0
        break
      case 'Row':
        this.#row = Number(attributes.get('Index') ?? this.#row + 1)
        this.#column = 0
        break
      case 'Cell':
        this.#column = Number(attributes.get('Index') ?? this.#column + 1)
        this.#formula(attributes.get('Formula'))
        break
      case 'Data':
        this.#text = this.#asked() ? '' : undefined
        break
    }
  }

  text(text: string): void {
    if (this.#text !== undefined && this.#text.length < maxText)
      this.#text += text
  }

  close(name: string): void {
    if (name !== 'Data' || this.#text === undefined) return
    const cell = this.#asked()
    if (cell) this.#found.text(this.#sheet, cell, this.#text)
    this.#text = undefined
  }

  #formula(written: string | undefined) {
    const cell = written && this.#asked()
    if (!cell) return
    const formula = ofNumbers(written, this.#row, this.#column)
    this.#found.formula(this.#sheet, cell, formula)
  }

  #asked(): string | undefined {
    const cells = this.#wanted.get(this.#sheet)
    const cell = cells && cellName(this.#row, this.#column)
    return cell && cells.has(cell) ? cell : undefined
  }
}
