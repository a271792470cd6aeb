// What do the rows of a sheet say? Texts from the table of shared strings, numbers as they are, days as dates.
// ECMA-376 part 1, 18.3.1.4 (c), 22.9.2.19 (escapes in text).
import { momentOf } from '../../day-number.ts'
import type { Cells } from '../../sheet-records.ts'
import { SheetRows, tellingRows } from '../../sheet-rows.ts'
import {
  type Attributes,
  type PartVisitor,
  scanPart,
  type XmlText,
} from '../../xml.ts'
import type { Ooxml } from '../document.ts'
import { readSharedTexts } from './shared-texts.ts'
import { dateStyles } from './styles.ts'

/** What the cells of a workbook refer to. */
interface Referred {
  readonly texts: readonly string[]
  readonly dates: ReadonlySet<number>
  readonly from1904: boolean
}

/** Of a cell, in UTF-16 units; Excel takes 32,767. */
const maxText = 256 * 1024

export class SheetTables {
  readonly #document: Ooxml
  readonly #from1904: boolean
  #referred: Referred | undefined

  constructor(document: Ooxml, from1904: boolean) {
    this.#document = document
    this.#from1904 = from1904
  }

  /** Reads the rows as a source of their own, where its first ones are events. */
  async sheet(name: string, xml: XmlText): Promise<void> {
    const { writer } = this.#document
    const head = firstRows(xml.text)
    if (!head) return
    this.#referred ??= await this.#readReferred()
    const first = new SheetRows(writer.options, name)
    this.#read(head, xml, first)
    if (!first.areEvents) return
    const all = new SheetRows(writer.options, name)
    this.#read(xml.text, xml, all)
    await all.end()
  }

  async #readReferred(): Promise<Referred> {
    const texts: string[] = []
    await readSharedTexts(this.#document, (i, text) => {
      texts[i] = unescaped(text)
    })
    const dates = await dateStyles(this.#document)
    return { texts, dates, from1904: this.#from1904 }
  }

  // What is wrong with the XML is said where its formulas are read.
  #read(text: string, xml: XmlText, to: SheetRows) {
    const visitor = new TableVisitor(this.#referred!, to)
    scanPart({ ...xml, text }, visitor, () => {})
    visitor.end()
  }
}

/** The text up to so many rows as tell what they are; undefined: there are fewer than two. */
function firstRows(text: string): string | undefined {
  const rowEnd = /<\/(?:\w{1,32}:)?row>/g
  let end = 0
  let rows = 0
  while (rows < tellingRows && rowEnd.exec(text)) {
    end = rowEnd.lastIndex
    rows++
  }
  if (rows < 2) return undefined
  return rows < tellingRows ? text : text.slice(0, end)
}

class TableVisitor implements PartVisitor {
  readonly #referred: Referred
  readonly #to: SheetRows
  #cells: (string | undefined)[] | undefined
  #column = -1
  #type = ''
  #style = 0
  #value = ''
  #isValue = false
  #isPhonetic = false

  constructor(referred: Referred, to: SheetRows) {
    this.#referred = referred
    this.#to = to
  }

  open(name: string, attributes: Attributes): void {
    if (name === 'row') {
      this.end()
      this.#cells = []
      this.#column = -1
    } else if (name === 'c') {
      this.#column = columnOf(attributes.get('r')) ?? this.#column + 1
      this.#type = attributes.get('t') ?? ''
      this.#style = Number(attributes.get('s') ?? 0)
      this.#value = ''
    } else if (name === 'rPh') this.#isPhonetic = true
    else this.#isValue = name === 'v' || (name === 't' && !this.#isPhonetic)
  }

  text(text: string): void {
    if (this.#isValue && this.#value.length < maxText) this.#value += text
  }

  close(name: string): void {
    this.#isValue = false
    if (name === 'rPh') this.#isPhonetic = false
    else if (name === 'row') this.end()
    else if (name === 'c' && this.#cells && this.#value !== '') {
      this.#cells[this.#column] = this.#shown()
    }
  }

  /** What is there of a row that the text cuts off. */
  end(): void {
    const cells = this.#cells
    this.#cells = undefined
    if (cells?.length) this.#to.row(cells satisfies Cells)
  }

  #shown(): string {
    const { texts, dates, from1904 } = this.#referred
    switch (this.#type) {
      case 's':
        return texts[Number(this.#value)] ?? ''
      case 'str':
      case 'inlineStr':
        return unescaped(this.#value)
      case 'b':
        return this.#value === '1' ? 'true' : 'false'
      case '':
      case 'n':
        return dates.has(this.#style)
          ? momentOf(Number(this.#value), from1904)
          : this.#value
      default:
        return this.#value
    }
  }
}

/** Of a cell's name, from 0: `AB12` is 27. */
function columnOf(name: string | undefined): number | undefined {
  const letters = name && /^[A-Z]{1,3}(?=\d)/i.exec(name)?.[0].toUpperCase()
  if (!letters) return undefined
  let n = 0
  for (const letter of letters) n = n * 26 + letter.charCodeAt(0) - 64
  return n - 1
}

/** Characters that XML cannot hold, line breaks before others, are written by number. */
function unescaped(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([\dA-Fa-f]{4})_/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
}
