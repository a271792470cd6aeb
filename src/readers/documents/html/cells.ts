// The cells of a page that Excel opens: each cell of a table, and each block of text besides. One that begins as a formula is one, as is what
// Excel itself writes beside the value that the formula had.
import { BookFormulas } from '../formula/book.ts'
import { cellName } from '../cell-name.ts'
import { isFormulaCell } from '../formula/items.ts'
import type { ItemWriter } from '../item.ts'
import type { PagePlace } from './place.ts'
import { attributeOf, decodedHtml, type Tag, tagsOf } from './tags.ts'

/** Of a cell, in UTF-16 units. */
const maxText = 32 * 1024
/** Cells of one page. */
const maxCells = 1_000_000
/** Columns that one cell may have. */
const maxSpan = 1000
/** A page is one sheet, whatever it is called. */
const sheet = 'page'

interface PageCell {
  readonly cell: string
  readonly at: number
  readonly text: string
  /** As Excel keeps it. */
  readonly formula: string | undefined
}

export async function tellCells(
  html: string,
  writer: ItemWriter,
  { part, offset }: PagePlace,
): Promise<void> {
  const formulas = new BookFormulas()
  let count = 0
  for (const { cell, at, text, formula } of cellsOf(html)) {
    if (++count > maxCells) {
      writer.bound(`over ${maxCells} cells; the rest was not read`, part)
      break
    }
    const written = formula ?? (isFormulaCell(text) ? text.trim() : undefined)
    if (written === undefined) continue
    formulas.add(written, { sheet }, () => ({
      part,
      position: `cell ${cell}`,
      offset: offset ?? at,
    }))
  }
  await formulas.tell(writer, {
    sheets: new Map([['', sheet]]),
    read(wanted, found) {
      const asked = wanted.get(sheet)
      for (const { cell, text, formula } of cellsOf(html)) {
        if (!asked?.has(cell)) continue
        found.text(sheet, cell, text)
        const own = formula ?? (/^\s*=/.test(text) ? text : undefined)
        if (own) found.formula(sheet, cell, own)
      }
    },
  })
}

/** Begin or end a block, and with it a cell. */
const blocks =
  /^(?:table|thead|tbody|tr|td|th|caption|p|div|li|ul|ol|h[1-6]|br|hr|pre|body|center|blockquote|form|address)$/
/** What is in them is no text of the page. */
const hiding = /^(?:script|style|title|xml|head)$/

function* cellsOf(html: string): Generator<PageCell> {
  const reading = new CellReading()
  let from = 0
  for (const tag of tagsOf(html)) {
    reading.text(html.slice(from, tag.at))
    from = tag.end
    const done = reading.tag(tag)
    if (done) yield done
  }
  reading.text(html.slice(from))
  const last = reading.end()
  if (last) yield last
}

class CellReading {
  #row = 0
  #column = 0
  /** Columns of the last cell. */
  #span = 1
  #at = 0
  #pieces: string[] = []
  #units = 0
  #formula: string | undefined
  #isCell = false
  #hidden: string | undefined

  text(html: string): void {
    if (this.#hidden !== undefined || this.#units > maxText) return
    // What is left of a comment with a condition.
    const text = decodedHtml(html.replaceAll(/<![^<>]{0,256}>|-->/g, ''))
    this.#units += text.length
    if (text) this.#pieces.push(text)
  }

  /** The cell that it ends. */
  tag(tag: Tag): PageCell | undefined {
    const { name, isEnd } = tag
    if (this.#hidden !== undefined) {
      if (isEnd && name === this.#hidden) this.#hidden = undefined
      return undefined
    }
    if (hiding.test(name)) {
      if (!isEnd) this.#hidden = name
      return undefined
    }
    if (!blocks.test(name)) return undefined
    const done = this.end()
    this.#at = tag.end
    if (name === 'tr' && !isEnd) {
      this.#row++
      this.#column = 0
      this.#span = 1
    } else if (name === 'td' || name === 'th') this.#cell(tag)
    return done
  }

  end(): PageCell | undefined {
    const text = this.#pieces.join('').replaceAll(/\s+/g, ' ')
    const formula = this.#formula
    this.#pieces = []
    this.#units = 0
    this.#formula = undefined
    if (!text.trim() && formula === undefined) return undefined
    // Text outside of tables stands in the first column, below.
    if (!this.#isCell) {
      this.#row++
      this.#column = 1
    }
    const cell = cellName(Math.max(1, this.#row), Math.max(1, this.#column))
    return { cell, at: this.#at, text, formula }
  }

  #cell(tag: Tag) {
    this.#isCell = !tag.isEnd
    if (tag.isEnd) return
    this.#column += this.#span
    const span = Number(attributeOf(tag, 'colspan') ?? 1)
    this.#span = span >= 1 && span <= maxSpan ? Math.trunc(span) : 1
    this.#formula = attributeOf(tag, 'x:fmla')
  }
}
