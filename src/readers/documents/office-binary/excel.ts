// A binary workbook (.xls; MS-XLS), wherever in a compound file it stands: conversations, other books, formulas that
// act, macro sheets, queries.
import type { Damage } from '../../../base/record.ts'

import { tellEncrypted } from '../encryption/encrypted-item.ts'
import { calling } from '../excel-binary/calling.ts'
import { decryptWorkbook } from '../excel-binary/decrypt.ts'
import { asExcel5, earlyVersion } from '../excel-binary/early-workbook.ts'
import type { Formula } from '../excel-binary/formula.ts'
import type {
  DefinedName,
  Sheet,
  SupportingBook,
} from '../excel-binary/globals.ts'
import { readTables } from '../excel-binary/sheet-tables.ts'
import {
  readWorkbook,
  type Workbook,
  type WorkbookVisitor,
} from '../excel-binary/workbook.ts'
import { ddeText } from '../dde.ts'
import { BookFormulas } from '../formula/book.ts'
import type { DocumentItem, ItemWriter } from '../item.ts'
import { SheetRows } from '../sheet-rows.ts'

import type { OpenedCompound } from './opened.ts'

export async function readExcel(
  { file, writer, passwords }: OpenedCompound,
  path: string,
): Promise<void> {
  await readBook(file.read(path), path, {
    writer,
    passwords,
    offsetOf: (stream, at) => file.offsetOf(stream, at),
  })
}

export interface BookReading {
  readonly writer: ItemWriter
  readonly passwords: readonly string[]
  offsetOf(stream: Buffer, at: number): number | undefined
}

export async function readBook(
  stream: Buffer,
  path: string,
  { writer, passwords, offsetOf }: BookReading,
): Promise<void> {
  const early = earlyVersion(stream)
  if (early) {
    const { stream: rewritten, originOf } = asExcel5(stream, early)
    const items = new BookItems(writer, path, (at) =>
      offsetOf(stream, originOf(at)),
    )
    const found = rewritten && readWorkbook(rewritten, items)
    if (!found) items.encrypted(false)
    await items.end(found?.cells)
    if (found) await readRows(rewritten, found.sheets, writer)
    return
  }
  const items = new BookItems(writer, path, (at) => offsetOf(stream, at))
  let found = readWorkbook(stream, items)
  const { password, version } = found
  let plain: Buffer | undefined = stream
  if (password) {
    plain = decryptWorkbook(stream, password, version, passwords)
    items.encrypted(plain !== undefined)
    if (plain) found = readWorkbook(plain, items)
  }
  await items.end(found.cells)
  if (plain) await readRows(plain, found.sheets, writer)
}

/** Sheets of events are read as sources of their own. */
async function readRows(
  stream: Buffer,
  sheets: readonly Sheet[],
  writer: ItemWriter,
): Promise<void> {
  const tables: SheetRows[] = []
  readTables(stream, sheets, {
    sheet({ name }) {
      const rows = new SheetRows(writer.options, name)
      tables.push(rows)
      return rows
    },
  })
  for (const rows of tables) await rows.end()
}

/** UTF-16 units of one macro sheet that are read as a script. */
const maxSheetText = 2 * 1024 * 1024

class BookItems implements WorkbookVisitor {
  readonly #writer: ItemWriter
  readonly #part: string
  readonly #offsetOf: (at: number) => number | undefined
  readonly #formulas = new BookFormulas()
  readonly #sheets = new Map<
    Sheet,
    { lines: string[]; length: number; isCut?: true }
  >()

  constructor(
    writer: ItemWriter,
    part: string,
    offsetOf: (at: number) => number | undefined,
  ) {
    this.#writer = writer
    this.#part = part
    this.#offsetOf = offsetOf
  }

  book({ kind, at, path, service, topic, names }: SupportingBook): void {
    if (kind === 'book') {
      this.#add(at, {
        kind: 'relation',
        relation: 'externalLinkPath',
        text: path,
        target: path,
        targetMode: 'external',
      })
      return
    }
    const objects = names.some((n) => n.isObject)
    if (objects) {
      this.#add(at, {
        kind: 'link',
        relation: 'oleLink',
        text: `${service}|${topic}`,
        progId: service,
        target: topic,
        targetMode: 'external',
      })
      return
    }
    const items = names.filter((n) => n.name !== 'StdDocumentName')
    for (const item of items.length ? items : [undefined]) {
      const dde = { service, topic, ...(item && { item: item.name }) }
      this.#add(item?.at ?? at, { kind: 'link', text: ddeText(dde), dde })
    }
  }

  name(name: DefinedName, formula: Formula): void {
    this.#formulas.name(name.name, formula.text)
    if (!/^auto_?(?:open|close|activate|deactivate)/i.test(name.name)) {
      this.#called(name, formula)
      return
    }
    this.#add(name.at, {
      kind: 'macro',
      position: name.name,
      macroName: name.name,
      text: `${name.name}: ${formula.text}`,
      obfuscation: name.isHidden ? ['hidden'] : [],
    })
  }

  /** Functions of macro sheets may stand in a name, which cells of any sheet use. */
  #called(name: DefinedName, formula: Formula): void {
    const acts = calling(formula, true)
    if (!acts) return
    const isFolded = formula.folded !== formula.text
    this.#add(name.at, {
      kind: 'formula',
      position: name.name,
      text: `=${formula.folded}`,
      source: `=${formula.text}`,
      ...acts,
      ...(acts.target && { targetMode: 'external' }),
      obfuscation: [
        ...(isFolded ? ['concatenation'] : []),
        ...(name.isHidden ? ['hidden'] : []),
      ],
    })
  }

  formula(
    { sheet, cell, at }: { sheet: Sheet; cell: string; at: number },
    formula: Formula,
  ): void {
    const obfuscation = sheet.hidden === 'no' ? [] : [sheet.hidden]
    if (sheet.kind !== 'macro') {
      const written = { sheet: String(sheet.at) }
      this.#formulas.add(formula.text, written, () => {
        const offset = this.#offsetOf(at)
        return {
          part: this.#part,
          position: `${sheet.name}!${cell}`,
          obfuscation,
          ...(offset !== undefined && { offset }),
        }
      })
      return
    }
    this.#line(sheet, cell, formula)
    const text = `=${formula.folded}`
    const acts = calling(formula, true)
    if (!acts) return
    this.#add(at, {
      kind: 'formula',
      position: `${sheet.name}!${cell}`,
      text,
      source: `=${formula.text}`,
      ...acts,
      ...(acts.target && { targetMode: 'external' }),
      obfuscation: [
        ...(formula.folded === formula.text ? [] : ['concatenation']),
        ...obfuscation,
      ],
    })
  }

  hyperlink(link: {
    sheet: string
    cell: string
    at: number
    target: string
  }): void {
    this.#add(link.at, {
      kind: 'link',
      relation: 'hyperlink',
      position: `${link.sheet}!${link.cell}`,
      text: link.target,
      target: link.target,
      targetMode: 'external',
    })
  }

  query(at: number, text: string): void {
    if (!/[\\/;=]/.test(text)) return
    const target = /(?:https?|ftp|file):[^\s;"]+|\\\\[^\s;"]+/i.exec(text)?.[0]
    this.#add(at, {
      kind: 'connection',
      text,
      ...(target && { target, targetMode: 'external' }),
    })
  }

  encrypted(isOpened: boolean): void {
    tellEncrypted(this.#writer, this.#part, isOpened)
  }

  damaged(damage: Damage): void {
    const offset = this.#offsetOf(damage.offset) ?? 0
    this.#writer.tell({ ...damage, offset }, this.#part)
  }

  /** Macro sheets are told as a whole, when all of them is there. */
  async end(cells: Workbook['cells']): Promise<void> {
    if (cells) await this.#formulas.tell(this.#writer, cells)
    for (const [sheet, { lines }] of this.#sheets) {
      const text = lines.join('\n')
      this.#add(sheet.at, {
        kind: 'macro',
        position: sheet.name,
        macroName: sheet.name,
        text,
        obfuscation: sheet.hidden === 'no' ? [] : [sheet.hidden],
      })
      // What it does is told as of any script.
      const name = `${this.#part}/${sheet.name || sheet.at}.xlm`
      await this.#writer.inside(name, Buffer.from(text))
    }
  }

  #line(sheet: Sheet, cell: string, formula: Formula): void {
    let told = this.#sheets.get(sheet)
    if (!told) this.#sheets.set(sheet, (told = { lines: [], length: 0 }))
    if (told.length > maxSheetText) {
      if (!told.isCut)
        this.#writer.bound(
          `over ${maxSheetText} characters of formulas; the rest is not read as a script`,
          `${this.#part}/${sheet.name}`,
        )
      told.isCut = true
      return
    }
    const line = `${cell}: =${formula.folded}`
    told.lines.push(line)
    told.length += line.length + 1
  }

  #add(at: number, item: Omit<DocumentItem, 'part'>): void {
    const offset = this.#offsetOf(at)
    this.#writer.add({
      part: this.#part,
      ...(offset !== undefined && { offset }),
      ...item,
    })
  }
}
