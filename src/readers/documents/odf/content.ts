// What a part of an OpenDocument holds that acts or reaches outside: DDE, formulas, links, objects, event listeners.
// OASIS OpenDocument 1.3 part 3: 6.6.10 and 7.7.9 (DDE), 9.4.5 (table:dde-links), 14.4 (scripts), 19.642 (formulas).
import type { Dde } from '../dde.ts'
import { BookFormulas } from '../formula/book.ts'
import { ofOpenFormula } from '../formula/written.ts'
import type { DocumentItem, ItemWriter } from '../item.ts'
import { OdfCells } from './cells.ts'
import type { OdfMacros } from './macros.ts'
import { TablePlace } from './table-place.ts'
import { TableRows } from './table-rows.ts'
import {
  type Attributes,
  type PartVisitor,
  scanPart,
  type XmlText,
} from '../xml.ts'

/** Of the text of a script, in UTF-16 units. */
const maxScript = 256 * 1024

export class OdfContent implements PartVisitor {
  readonly #part: string
  readonly #writer: ItemWriter
  readonly #macros: OdfMacros
  readonly #xml: XmlText
  readonly #table = new TablePlace()
  readonly #formulas = new BookFormulas()
  readonly #sheets = new Map<string, string>()
  #paragraph = 0
  #at = 0
  readonly #tables: TableRows
  /** Text documents have tables, too, which are laid out rather than filled. */
  #isSpreadsheet = false
  #script: { readonly language: string; text: string } | undefined

  constructor(
    part: string,
    xml: XmlText,
    writer: ItemWriter,
    macros: OdfMacros,
  ) {
    this.#part = part
    this.#writer = writer
    this.#macros = macros
    this.#xml = xml
    this.#tables = new TableRows(writer)
  }

  async read(): Promise<void> {
    scanPart(this.#xml, this, (p) => this.#writer.damaged(p, this.#part))
    await this.#formulas.tell(this.#writer, {
      sheets: this.#sheets,
      read: (wanted, found) => {
        scanPart(this.#xml, new OdfCells(wanted, found), () => {})
      },
    })
    await this.#tables.end()
  }

  open(name: string, attributes: Attributes, at: number): void {
    this.#at = at
    this.#table.open(name, attributes)
    if (name === 'p' || name === 'h') this.#paragraph++
    if (name === 'table') {
      const own = attributes.get('name') ?? ''
      this.#sheets.set(own.toLowerCase(), own)
    }
    if (name === 'spreadsheet') this.#isSpreadsheet = true
    if (this.#isSpreadsheet) this.#tables.open(name, attributes)
    this.#formula(name, attributes)
    switch (name) {
      case 'dde-connection-decl':
      case 'dde-source':
        this.#dde(attributes)
        break
      case 'event-listener':
      case 'execute-macro':
        this.#listener(name, attributes)
        break
      case 'script':
        this.#script = { language: attributes.get('language') ?? '', text: '' }
        if (attributes.get('href')) this.#link(name, attributes)
        break
      default:
        this.#link(name, attributes)
    }
  }

  text(text: string): void {
    this.#tables.text(text)
    if (this.#script && this.#script.text.length < maxScript) {
      this.#script.text += text
    }
  }

  close(name: string): void {
    this.#table.close(name)
    this.#tables.close(name)
    const script = name === 'script' ? this.#script : undefined
    if (!script) return
    this.#script = undefined
    const text = script.text.trim()
    if (!text) return
    if (/basic/i.test(script.language)) {
      this.#macros.module(this.#part, script.language, text)
      return
    }
    this.#add({ kind: 'macro', text, macroName: script.language })
  }

  #formula(name: string, attributes: Attributes) {
    const other = Object.hasOwn(expressions, name) ? expressions[name] : ''
    const written =
      attributes.get('formula') ?? (other ? attributes.get(other) : undefined)
    if (!written) return
    const plain = other ? written.replaceAll(condition, '') : written
    const formula = ofOpenFormula(plain)
    if (name === 'named-expression')
      this.#formulas.name(attributes.get('name') ?? '', formula)
    this.#formulas.add(formula, { sheet: this.#table.name, written }, () => ({
      ...this.#place(),
      ...(this.#part && { part: this.#part }),
    }))
  }

  #dde(attributes: Attributes) {
    const item = attributes.get('dde-item')
    const dde: Dde = {
      service: attributes.get('dde-application') ?? '',
      topic: attributes.get('dde-topic') ?? '',
      ...(item && { item }),
    }
    this.#add({
      kind: 'link',
      text: `${dde.service}|'${dde.topic}'!${item ?? ''}`,
      dde,
      relation: 'ddeLink',
    })
  }

  /** Of a presentation, what is done may be to start a program. */
  #listener(name: string, attributes: Attributes) {
    const target = attributes.get('href') ?? ''
    const macroName = attributes.get('macro-name') ?? target
    const event = attributes.get('event-name') ?? name
    if (!macroName) return
    this.#macros.event(event, macroName)
    const does = attributes.get('action')
    const how = does && does !== 'run-macro' ? does : undefined
    this.#add({
      kind: 'action',
      text: [how, event, macroName].filter(Boolean).join(' '),
      macroName,
      relation: event,
      ...(target && { target }),
    })
  }

  #link(name: string, attributes: Attributes) {
    const target = attributes.get('href') ?? commandOf(attributes)
    if (!target || !isOutside(target)) return
    if (startsMacro.test(target)) {
      this.#add({
        kind: 'action',
        text: `${name} ${target}`,
        macroName: target,
        relation: name,
        target,
      })
      return
    }
    const filter = attributes.get('filter-name')
    const text = [name, target, filter].filter(Boolean).join(' ')
    const outside = { text, target, targetMode: 'external' as const }
    if (name === 'a')
      this.#add({ kind: 'link', ...outside, relation: 'hyperlink' })
    else if (connections.has(name))
      this.#add({ kind: 'connection', ...outside, relation: name })
    else {
      const known = Object.hasOwn(relations, name) ? relations[name] : undefined
      this.#add({ kind: 'relation', ...outside, relation: known ?? name })
    }
  }

  #add(item: DocumentItem) {
    const part = this.#part && { part: this.#part }
    this.#writer.add({ ...this.#place(), ...part, ...item })
  }

  #place() {
    const offset = this.#xml.offsetOf(this.#at)
    const { name, cell } = this.#table
    const position = name
      ? `${name}!${cell}`
      : `paragraph ${Math.max(1, this.#paragraph)}, byte ${offset}`
    return { position, ...(!this.#part && { offset }) }
  }
}

/** By the element: which attribute has a formula, of names and of rules of cells and styles. */
const expressions: Readonly<Record<string, string>> = {
  'named-expression': 'expression',
  condition: 'value',
  map: 'condition',
  'content-validation': 'condition',
}

/** What such a rule asks of the formula in it: `is-true-formula(…)`. */
const condition = /\b[a-z]{1,32}(?:-[a-z]{1,32}){1,8}(?=\()/g

/** What an element loads, as other documents call it. */
const relations: Readonly<Record<string, string>> = {
  template: 'attachedTemplate',
  'section-source': 'subDocument',
}

/** Elements by which a sheet takes data from elsewhere. */
const connections = new Set([
  'table-source',
  'cell-range-source',
  'connection-resource',
])

/** Menus, keys, links and buttons may start one. */
const startsMacro = /^(?:vnd\.sun\.star\.script|macro|service):/i

/** Where menus, buttons and keys have what they do. */
function commandOf(attributes: Attributes): string | undefined {
  return ['id', 'command', 'target-url']
    .map((name) => attributes.get(name))
    .find((value) => value !== undefined && startsMacro.test(value))
}

/** What lies in the package is named without a scheme. */
function isOutside(target: string): boolean {
  return /^(?:[a-z][a-z\d+.-]*:|\/\/|\\\\|\.\.\/\.\.|\/)/i.test(target)
}
