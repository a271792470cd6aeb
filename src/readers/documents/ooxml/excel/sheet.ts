// A sheet: its formulas, and what of it is an object or starts something. Cells are only read for what formulas ask for.
// ECMA-376 part 1, 18.3.
import type { DocumentItem } from '../../item.ts'
import { elementsNamed } from '../../../../base/xml.ts'
import {
  type Attributes,
  type PartVisitor,
  tagAttributes,
  type XmlText,
} from '../../xml.ts'

export interface CellFormula {
  readonly part: string
  /** `A1`; of rules and names of a sheet what they are. */
  readonly cell: string
  readonly formula: string
}

export interface SheetFound {
  /** Does it matter? Of a formula that does not, hundreds of thousands of which a sheet may have, the cell is not looked up. */
  matters(formula: string): boolean
  formula(found: CellFormula): void
  item(item: DocumentItem): void
}

/** Of a formula, in UTF-16 units; Excel takes 8,192. */
const maxFormula = 32 * 1024

const formulas = [
  'f',
  'formula',
  'formula1',
  'formula2',
  'calculatedColumnFormula',
]
const formulaElements = new Set(formulas)

/** Of these attributes are read; of a cell only where its formula matters. */
const others = ['oleObject', 'conditionalFormatting', 'dataValidation']
const asked = new Set(others)

const among = elementsNamed(...formulas, ...others)

/** Of a cell, from its tag to that of its formula, in UTF-16 units. */
const maxCellTag = 4096
const cellTag = /<(?:[\w.-]{1,64}:)?c[\s>]/g

export class SheetFormulas implements PartVisitor {
  readonly #part: string
  readonly #xml: XmlText
  readonly #found: SheetFound
  readonly among = among
  /** Where its tag begins, if that was shown; -1: it was not. */
  #cell = -1
  /** Where the formula begins. */
  #at = 0
  /** Of what is no cell. */
  #place: string | undefined
  #formula: string | undefined

  constructor(part: string, xml: XmlText, found: SheetFound) {
    this.#part = part
    this.#xml = xml
    this.#found = found
  }

  asks(name: string): boolean {
    return asked.has(name)
  }

  open(name: string, attributes: Attributes, at: number): void {
    if (name === 'c') this.#cell = at
    else if (formulaElements.has(name)) {
      this.#formula = ''
      this.#at = at
      if (name === 'f') this.#place = undefined
    } else if (name === 'oleObject') this.#object(attributes)
    else if (asked.has(name)) {
      this.#place = attributes.get('sqref') ?? name
    }
  }

  text(text: string): void {
    if (this.#formula !== undefined && this.#formula.length < maxFormula) {
      this.#formula += text
    }
  }

  close(name: string): void {
    if (this.#formula === undefined || !formulaElements.has(name)) return
    const formula = this.#formula
    this.#formula = undefined
    if (!formula || !this.#found.matters(formula)) return
    const cell = this.#cellName()
    this.#found.formula({ part: this.#part, cell, formula })
  }

  #cellName(): string {
    if (this.#place !== undefined) return this.#place
    const cell = this.#cell >= 0 ? this.#cell : this.#cellBefore()
    return cell < 0 ? '' : (tagAttributes(this.#xml, cell).get('r') ?? '')
  }

  /** The last one that begins before the formula. */
  #cellBefore(): number {
    const { text } = this.#xml
    cellTag.lastIndex = Math.max(0, this.#at - maxCellTag)
    let found = -1
    for (
      let m = cellTag.exec(text);
      m && m.index < this.#at;
      m = cellTag.exec(text)
    ) {
      found = m.index
    }
    return found
  }

  #object(attributes: Attributes) {
    const progId = attributes.get('progId')
    const link = attributes.get('link')
    const update = attributes.get('oleUpdate')
    this.#found.item({
      kind: 'object',
      part: this.#part,
      text: [link ? 'Link' : 'Embed', progId, link, update]
        .filter(Boolean)
        .join(' '),
      ...(progId && { progId }),
    })
  }
}

export interface CellsFound {
  text(cell: string, text: string, isShared: boolean): void
  formula(cell: string, formula: string): void
}

/** What the cells hold that are asked for. */
export class SheetCells implements PartVisitor {
  readonly #wanted: Pick<Set<string>, 'has'>
  readonly #found: CellsFound
  #cell = ''
  #type = ''
  #value: string | undefined

  constructor(wanted: Pick<Set<string>, 'has'>, found: CellsFound) {
    this.#wanted = wanted
    this.#found = found
  }

  open(name: string, attributes: Attributes): void {
    if (name === 'c') {
      this.#cell = attributes.get('r') ?? ''
      this.#type = attributes.get('t') ?? ''
    } else if (cellContents.has(name)) {
      this.#value = this.#wanted.has(this.#cell) ? '' : undefined
    }
  }

  text(text: string): void {
    if (this.#value !== undefined && this.#value.length < maxFormula) {
      this.#value += text
    }
  }

  close(name: string): void {
    const value = this.#value
    if (value === undefined || !cellContents.has(name)) return
    this.#value = undefined
    if (name !== 'f') this.#found.text(this.#cell, value, this.#type === 's')
    else if (value) this.#found.formula(this.#cell, value)
  }
}

/** A value, a text, a formula. */
const cellContents: ReadonlySet<string> = new Set(['v', 't', 'f'])
