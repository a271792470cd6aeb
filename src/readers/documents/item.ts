// What does a document hold that acts, or reaches outside of it? One item each; a record has its parts under the names of
// the schema of events (group "document item").
import { baseName } from '../../base/base-name.ts'
import {
  type Damage,
  type Provenance,
  provenance,
  type Value,
} from '../../base/record.ts'

import { FlatRecord } from '../flat/flat-record.ts'
import type { ReaderOptions } from '../reader.ts'
import { ddeCommand, type Dde } from './dde.ts'
import { type DocumentFormat, familyOf } from './formats.ts'
import { tricksIn } from './tricks.ts'

export type ItemKind =
  /** The document itself: the first of its items. */
  | 'document'
  | 'field'
  | 'link'
  | 'object'
  | 'relation'
  | 'formula'
  | 'connection'
  | 'macro'
  | 'action'
  | 'attachment'
  | 'encrypted'
  | 'damage'

export interface DocumentItem {
  readonly kind: ItemKind
  /** The part of a package, or the stream of a compound file. */
  readonly part?: string
  /** Where in the part, in words: `paragraph 3`, `Sheet1!B4`. */
  readonly position?: string
  /** In the source's bytes, where it has them as they are; 0 by default. */
  readonly offset?: number
  /** Of a source of lines, where all that stands there has this number; elsewhere items are numbered one by one. */
  readonly line?: number
  /** As a user would read it. */
  readonly text: string
  /** As it is written; left out where that is the same. */
  readonly source?: string
  readonly around?: string
  readonly dde?: Dde
  /** URL, UNC or other path. */
  readonly target?: string
  /** `external` or `internal`. */
  readonly targetMode?: string
  /** The kind of a relation: `attachedTemplate`. */
  readonly relation?: string
  readonly classId?: string
  readonly progId?: string
  readonly fileName?: string
  readonly macroName?: string
  /** Of a formula: `WEBSERVICE`. */
  readonly functionName?: string
  /** Of a formula: where it has its server started. */
  readonly serverHost?: string
  /** Of a formula: cells whose values it sends behind an address. */
  readonly sentCells?: readonly string[]
  readonly obfuscation?: readonly string[]
  /** Of a formula that is kept as text: what stands before it. */
  readonly cellMark?: 'apostrophe'
}

/** Of a text that is handed on, in UTF-16 units; a command line has at most 32,767. */
export const maxItemUnits = 32_768
/** Of the text around, in UTF-16 units. */
export const maxAroundUnits = 512
/** Of names, in UTF-16 units. */
const maxNameUnits = 1024
/** Items of one document. */
const maxItems = 200_000

const names = {
  format: 'DocumentFormat',
  path: 'DocumentName',
  kind: 'ItemKind',
  part: 'DocumentPart',
  position: 'DocumentPosition',
  text: 'ItemText',
  source: 'ItemSource',
  around: 'ItemAround',
  ddeService: 'DdeService',
  ddeTopic: 'DdeTopic',
  ddeItem: 'DdeItem',
  ddeCommand: 'DdeCommand',
  target: 'Target',
  targetMode: 'TargetMode',
  relation: 'RelationType',
  classId: 'ClassId',
  progId: 'ProgId',
  fileName: 'EmbeddedName',
  macroName: 'MacroName',
  functionName: 'FunctionName',
  serverHost: 'ServerHost',
  sentCells: 'SentCells',
  obfuscation: 'Obfuscation',
  cellMark: 'CellMark',
} as const

export class ItemWriter {
  readonly format: DocumentFormat
  readonly #options: ReaderOptions
  readonly #record = new FlatRecord()
  readonly #wanted = new Map<ItemKind, Provenance | undefined>()
  #items = 0

  /** `about`: what the document is, in words. */
  constructor(format: DocumentFormat, options: ReaderOptions, about = '') {
    this.format = format
    this.#options = options
    options.sink.shapeSeen(`${format} document`)
    this.add({ kind: 'document', text: about || format })
  }

  /** Things that it was told to have, the document itself among them. */
  get items(): number {
    return this.#items
  }

  get options(): ReaderOptions {
    return this.#options
  }

  add(item: DocumentItem): void {
    const { sink, start = 0 } = this.#options
    if (++this.#items > maxItems) {
      if (this.#items === maxItems + 1) {
        this.bound(`over ${maxItems} items; the rest is not told`, '')
      }
      return
    }
    const writer = this.#writerOf(item.kind)
    if (!writer) {
      sink.skipped(1)
      return
    }
    const fields = this.#fieldsOf(item)
    const offset = start + (item.offset ?? 0)
    const number = item.line ?? this.#items
    sink.record(this.#record.showFields(fields, writer, number, offset))
  }

  /** Reads bytes that lie within as a source of their own; where nobody does, nothing happens. */
  async inside(name: string, bytes: Buffer): Promise<void> {
    await this.#options.inside?.(name, bytes)
  }

  /** Text of the document's own, in which somebody may have pasted records. */
  async spareText(name: string, text: string): Promise<void> {
    if (text.trim())
      await this.#options.inside?.(name, Buffer.from(text), 'spare')
  }

  damaged(message: string, part: string, offset = 0): void {
    this.tell({ message, offset }, part)
  }

  /** A named bound was reached: what is behind it is not told. */
  bound(message: string, part: string, offset = 0): void {
    this.tell({ message, offset, isBound: true }, part)
  }

  tell(
    {
      message,
      offset,
      isBound,
    }: Pick<Damage, 'message' | 'offset' | 'isBound'>,
    part: string,
  ): void {
    const { sink, start = 0 } = this.#options
    sink.damaged({
      what: part || this.format,
      offset: start + offset,
      message,
      ...(isBound && { isBound }),
    })
  }

  /** undefined: no rule in force wants items of this kind. */
  #writerOf(kind: ItemKind): Provenance | undefined {
    if (this.#wanted.has(kind)) return this.#wanted.get(kind)
    const { format } = this
    const made = provenance('document', format, familyOf(format), kind)
    const isWanted = this.#options.gate?.wants(made) ?? true
    this.#wanted.set(kind, isWanted ? made : undefined)
    return isWanted ? made : undefined
  }

  #fieldsOf(item: DocumentItem): { [name: string]: Value } {
    const { dde, source } = item
    const obfuscation = [
      ...(item.obfuscation ?? []),
      ...tricksIn(actingText(item)),
    ]
    const values: { [K in keyof typeof names]?: Value | undefined } = {
      format: this.format,
      // Its folder is no part of what it is: ids must not change when it is moved.
      path: this.#options.file && baseName(this.#options.file),
      kind: item.kind,
      part: item.part?.slice(0, maxNameUnits),
      position: item.position?.slice(0, maxNameUnits),
      text: item.text.slice(0, maxItemUnits),
      source: source === item.text ? undefined : source?.slice(0, maxItemUnits),
      around: item.around?.slice(0, maxAroundUnits),
      ddeService: dde?.service.slice(0, maxItemUnits),
      ddeTopic: dde?.topic.slice(0, maxItemUnits),
      ddeItem: dde?.item?.slice(0, maxItemUnits),
      ddeCommand: dde && ddeCommand(dde).slice(0, maxItemUnits),
      target: item.target?.slice(0, maxItemUnits),
      targetMode: item.targetMode,
      relation: item.relation?.slice(0, maxNameUnits),
      classId: item.classId?.slice(0, maxNameUnits),
      progId: item.progId?.slice(0, maxNameUnits),
      fileName: item.fileName?.slice(0, maxNameUnits),
      macroName: item.macroName?.slice(0, maxNameUnits),
      functionName: item.functionName,
      serverHost: item.serverHost?.slice(0, maxNameUnits),
      sentCells: item.sentCells,
      cellMark: item.cellMark,
      obfuscation: obfuscation.length ? [...new Set(obfuscation)] : undefined,
    }
    const fields: { [name: string]: Value } = {}
    for (const [key, value] of Object.entries(values)) {
      if (value === undefined || value === '') continue
      fields[names[key as keyof typeof names]] = value
    }
    return fields
  }
}

/** What is run or reached; where it is neither, ordinary text is no trick. */
function actingText({ dde, target }: DocumentItem): string {
  if (dde) return `${dde.service} ${dde.topic}`.slice(0, maxItemUnits)
  return target?.slice(0, maxItemUnits) ?? ''
}
