// What acts in a page that Office opens: fields of Word, cells of Excel, its template, and what it loads from elsewhere.
import { decodeEntities } from '../../../base/xml.ts'

import type { ReaderOptions } from '../../reader.ts'
import { formulaItems, isFormulaCell } from '../formula/items.ts'
import { ItemWriter } from '../item.ts'
import { tellFields } from '../mail/html-fields.ts'
import { tellLinks } from '../mail/read.ts'
import { decodeXml } from '../xml.ts'

/** Of a cell and of a tag, in UTF-16 units. */
const maxCell = 8_192
const maxTag = 4_096
const maxOpenTags = 256
/** Cells of one page. */
const maxCells = 1_000_000

const ofExcel = /urn:schemas-microsoft-com:office:excel\b|\bx:fmla\b/i

export function readPage(bytes: Buffer, options: ReaderOptions): void {
  const { text } = decodeXml(bytes)
  const isBook = ofExcel.test(text) || /\.xl[stw]$/i.test(options.file ?? '')
  const writer = new ItemWriter(isBook ? 'excel-html' : 'word-html', options)
  tellFields(text, writer, { part: 'page' })
  tellLinks(text, { writer, part: 'page' })
  tellLoaded(text, writer)
  if (isBook) tellCells(text, writer)
}

/** A formula stands in the cell, or beside the value that it had. */
function tellCells(text: string, writer: ItemWriter): void {
  let cells = 0
  const cut = (what: string) => writer.bound(what, 'page')
  const starts = /<t[dh](?=[\s>])/gi
  for (const { at, tag, behind } of tagsNamed(text, starts, cut)) {
    if (++cells > maxCells) {
      cut(`over ${maxCells} cells; the rest was not read`)
      return
    }
    const formula = attribute(tag, 'x:fmla')
    const content = plainText(behind)
    const place = { position: `cell ${cells}`, offset: at }
    if (formula)
      for (const item of formulaItems(formula, place)) writer.add(item)
    else if (isFormulaCell(content))
      for (const item of formulaItems(content.trim(), place)) writer.add(item)
  }
}

const loading: Readonly<Record<string, readonly [string, string]>> = {
  iframe: ['frame', 'src'],
  frame: ['frame', 'src'],
  object: ['oleObject', 'data'],
  embed: ['oleObject', 'src'],
  link: ['attachedTemplate', 'href'],
  'w:attachedtemplate': ['attachedTemplate', 'href'],
}
const elsewhere =
  /^(?:https?|ftp|file|mhtml|ms-its|mk|script|scriptlet|search-ms|ms-\w+):|^\\\\/i

function tellLoaded(text: string, writer: ItemWriter): void {
  const names = /<(iframe|frame|object|embed|link|w:attachedtemplate)(?=\s)/gi
  const cut = (what: string) => writer.bound(what, 'page')
  for (const { at, tag, name } of tagsNamed(text, names, cut)) {
    const [relation, from] = loading[name]!
    if (
      name === 'link' &&
      !/rel\s{0,8}=\s{0,8}["']?attached-?template/i.test(tag)
    )
      continue
    const target = attribute(tag, from)?.trim() ?? ''
    if (!elsewhere.test(target)) continue
    writer.add({
      kind: 'relation',
      part: 'page',
      position: `character ${at}`,
      text: `${relation} ${target}`,
      target,
      targetMode: 'external',
      relation,
    })
  }
}

/** With what stands behind each, up to a bound; `cut` hears of one that does not end, in words. */
function* tagsNamed(text: string, start: RegExp, cut: (what: string) => void) {
  let open = 0
  for (let found = start.exec(text); found; found = start.exec(text)) {
    const at = found.index
    const head = text.slice(at, at + maxTag)
    const end = head.indexOf('>')
    if (end < 0 && ++open > maxOpenTags) {
      cut(`over ${maxOpenTags} tags that do not end; the rest was not read`)
      return
    }
    const tag = end < 0 ? head : head.slice(0, end)
    if (end >= 0) start.lastIndex = at + end
    const behind = text.slice(at + tag.length + 1, at + tag.length + maxCell)
    yield { at, tag, name: (found[1] ?? '').toLowerCase(), behind }
  }
}

function attribute(tag: string, name: string): string | undefined {
  const found = new RegExp(
    `\\s${name}\\s{0,8}=\\s{0,8}(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`,
    'i',
  ).exec(tag)
  const value = found?.[1] ?? found?.[2] ?? found?.[3]
  return value === undefined ? undefined : decodeEntities(value)
}

/** Of a cell: up to its end, without the tags in it. */
function plainText(behind: string): string {
  const end = behind.search(/<\/?t[dhr]\b|<\/table\b/i)
  const inner = end < 0 ? behind : behind.slice(0, end)
  return decodeEntities(inner.replaceAll(/<[^<>]*(?:>|$)/g, '')).replaceAll(
    /\s+/g,
    ' ',
  )
}
