// What acts in a page of Office, whatever it lies in: a file, a web archive, a message, a chunk of another document.
import { decodeText } from '../mail/headers.ts'
import { readExcel2003 } from '../flat-xml/excel-2003.ts'
import type { ItemWriter } from '../item.ts'
import { tellCells } from './cells.ts'
import { tellFields } from './fields.ts'
import { tellLoaded } from './loaded.ts'
import type { PagePlace } from './place.ts'
import { attributeOf, type Tag, tagsOf } from './tags.ts'

const calledBook = /\.xl[a-z]{1,2}$/i
const ofExcel = /urn:schemas-microsoft-com:office:excel\b|\bx:fmla\b/i

/** Excel wrote it, or opens what is called so. */
export function isBookPage(html: string, name = ''): boolean {
  return ofExcel.test(html) || calledBook.test(name)
}

/** What is behind the last tag, in UTF-16 units, where that does not end: so much may be cut off without a word. */
const maxOpenTag = 4096

/** What opens it: Excel, another program of Office, or one that only shows it. */
export type Opener = 'excel' | 'office' | 'viewer'

export async function tellPage(
  html: string,
  writer: ItemWriter,
  place: PagePlace,
  by: Opener,
): Promise<void> {
  const last = html.indexOf('<', html.lastIndexOf('>') + 1)
  if (last >= 0 && html.length - last > maxOpenTag)
    writer.bound(
      `a tag at character ${last} that does not end; what stands behind it was not read`,
      place.part,
    )
  tellFields(html, writer, place)
  tellLoaded(html, writer, place, by !== 'viewer')
  if (by !== 'excel' && !isBookPage(html)) return
  await tellCells(html, writer, place)
  for (const { at, text } of contentsOf(html, 'xml'))
    await readExcel2003(
      { text: html.slice(at, at + text.length), offsetOf: (n) => at + n },
      writer,
    )
}

/** Of one page. */
const maxScripts = 256

/** Its scripts, which programs run that open it as a page: each is read as one. */
export async function readScripts(
  html: string,
  writer: ItemWriter,
): Promise<void> {
  let count = 0
  for (const { text, tag } of contentsOf(html, 'script')) {
    if (!text.trim()) continue
    if (++count > maxScripts) {
      writer.bound(`over ${maxScripts} scripts in a page`, 'page')
      return
    }
    const language = `${attributeOf(tag, 'language') ?? ''} ${attributeOf(tag, 'type') ?? ''}`
    const ending = /vbs/i.test(language) ? 'vbs' : 'js'
    await writer.inside(`script ${count}.${ending}`, Buffer.from(text))
  }
  const handlers = handlersIn(html)
  if (handlers) await writer.inside('event handlers.js', Buffer.from(handlers))
}

/** Of the handlers of one page, in UTF-16 units. */
const maxHandlers = 1024 * 1024

/** What events of elements run: those that make an object, one behind the other. */
function handlersIn(html: string): string {
  const found: string[] = []
  let units = 0
  for (const tag of tagsOf(html)) {
    if (tag.isEnd || !making.test(tag.text) || units > maxHandlers) continue
    const [, event] = /\s(on[a-z]{2,32})\s{0,64}=/i.exec(tag.text) ?? []
    const code = event && attributeOf(tag, event)
    if (!code) continue
    units += code.length
    found.push(code)
  }
  return found.join('\n')
}

const making = /ActiveXObject|CreateObject|GetObject|eval\s*\(|\bmsSave/i

/** What stands between the tags of a name. */
function* contentsOf(html: string, name: string) {
  let open: Tag | undefined
  for (const tag of tagsOf(html)) {
    if (tag.name !== name) continue
    if (open && tag.isEnd)
      yield { tag: open, at: open.end, text: html.slice(open.end, tag.at) }
    open = tag.isEnd ? undefined : tag
  }
}

/** Of the beginning, in which a page says how it is written, in bytes. */
const headBytes = 4096

/** By its mark, its NULs, or as it says. */
export function decodedPage(bytes: Buffer): string {
  const [a, b] = bytes
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0))
    return decodeText(bytes, 'utf-16le')
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c))
    return decodeText(bytes, 'utf-16be')
  const head = bytes.toString('latin1', 0, headBytes)
  const [, charset = 'utf-8'] =
    /(?:charset|encoding)\s{0,8}=\s{0,8}["']?([\w.:-]{1,40})/i.exec(head) ?? []
  return decodeText(bytes, /^utf-?16/i.test(charset) ? 'utf-8' : charset)
}
