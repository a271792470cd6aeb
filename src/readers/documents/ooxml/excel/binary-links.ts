// Links of a binary workbook: which sheets of which books its formulas mean, and which of them are programs.
// [MS-XLSB] 2.4.303 (BrtBeginSupBook), 2.4.822 (BrtSupNameStart), 2.4.667 (BrtExternSheet).
import { Cursor } from '../../binary/cursor.ts'
import type { Ooxml } from '../document.ts'
import { recordsOf, wideString } from './records.ts'

const SUP_BOOK_SOURCE = 355
const SUP_SELF = 357
const SUP_SAME = 358
const SUP_ADD_IN = 667
const EXTERN_SHEET = 362
const BEGIN_SUP_BOOK = 360
const SUP_NAME_START = 577

/** 2.5.157: what a link is to. */
const DDE = 1
const OLE = 2

interface Source {
  /** '' where it is no part: the book itself, add-ins. */
  readonly part: string
  kind: number
  service: string
  topic: string
  readonly names: string[]
}

const maxNames = 10_000
const maxSheets = 65_536

export class BookLinks {
  readonly #parts: ReadonlyMap<string, string>
  readonly #sources: Source[] = []
  readonly #sheets: { readonly source: number; readonly first: number }[] = []

  /** `parts`: by the id of the relation. */
  constructor(parts: ReadonlyMap<string, string>) {
    this.#parts = parts
  }

  take(id: number, cursor: Cursor): void {
    if (id === SUP_BOOK_SOURCE) {
      this.#add(this.#parts.get(wideString(cursor)) ?? '')
    } else if (id === SUP_SELF || id === SUP_SAME || id === SUP_ADD_IN) {
      this.#add('')
    } else if (id === EXTERN_SHEET) {
      const count = Math.min(
        cursor.u32(),
        maxSheets,
        Math.floor(cursor.left / 12),
      )
      for (let i = 0; i < count; i++) {
        this.#sheets.push({ source: cursor.u32(), first: cursor.u32() })
        cursor.skip(4)
      }
    }
  }

  #add(part: string) {
    this.#sources.push({ part, kind: 0, service: '', topic: '', names: [] })
  }

  /** Parts that the workbook does not list are read as well. */
  async read({ opened, writer }: Ooxml): Promise<void> {
    const listed = new Set(this.#sources.map((s) => s.part))
    for (const { name, contentType } of opened.parts) {
      if (/externalLink$/i.test(contentType) && !listed.has(name))
        this.#add(name)
    }
    for (const source of this.#sources) {
      const bytes = source.part && (await opened.bytes(source.part))
      if (!bytes) continue
      const told = (p: string) => writer.damaged(p, source.part)
      for (const { id, data } of recordsOf(bytes, told)) {
        const cursor = new Cursor(data)
        if (id === BEGIN_SUP_BOOK) {
          source.kind = cursor.u16()
          source.service = wideString(cursor)
          source.topic = wideString(cursor)
        } else if (id === SUP_NAME_START && source.names.length < maxNames) {
          source.names.push(wideString(cursor))
        }
      }
    }
  }

  firstSheet(index: number): number {
    return this.#sheets[index]?.first ?? -1
  }

  nameOf(sheet: number, index: number): string | undefined {
    const at = this.#sheets[sheet]?.source ?? -1
    const name = this.#sources[at]?.names[index - 1]
    return name === undefined ? undefined : `[${at + 1}]!${name}`
  }

  tell({ writer, relations }: Ooxml): void {
    for (const { kind, part, service, topic, names } of this.#sources) {
      const item = names.find((n) => n !== 'StdDocumentName')
      if (kind === DDE) {
        writer.add({
          kind: 'link',
          part,
          text: `${service}|'${topic}'!${item ?? ''}`,
          dde: { service, topic, ...(item && { item }) },
          relation: 'ddeLink',
        })
      } else if (kind === OLE) {
        const target = relations.get(part)?.[0]?.target
        writer.add({
          kind: 'link',
          part,
          text: ['oleLink', topic, target].filter(Boolean).join(' '),
          relation: 'oleLink',
          targetMode: 'external',
          ...(topic && { progId: topic }),
          ...(target && { target }),
        })
      }
    }
  }
}
