// What does a message carry? Its attachments, each read as a source of its own, and links that are none of the web.
import type { Damage } from '../../../base/record.ts'

import { beginsAsFile } from '../../../scripts/fold/carried-file.ts'
import type { ReaderOptions } from '../../reader.ts'
import { u32At } from '../binary/cursor.ts'
import { isOfficePage } from '../html/index.ts'
import {
  decodedPage,
  isBookPage,
  type Opener,
  readScripts,
  tellPage,
} from '../html/page.ts'
import type { PagePlace } from '../html/place.ts'
import { ItemWriter } from '../item.ts'

import { decodeText } from './headers.ts'
import { textOfHtml } from './html-text.ts'
import { tellLinks } from './links.ts'
import { type MimePart, readMessage } from './mime.ts'
import { tnefAttachments, tnefMagic } from './tnef.ts'
import { uuencodedFiles } from './uuencoded.ts'

export async function readMail(
  bytes: Buffer,
  options: ReaderOptions,
): Promise<void> {
  if (u32At(bytes, 0) === tnefMagic) {
    const writer = new ItemWriter('tnef', options)
    await readTnef(bytes, writer, 0)
    return
  }
  const damages: Damage[] = []
  const { headers, parts } = readMessage(bytes, (d) => damages.push(d))
  const about = ['from', 'subject', 'date'].map((n) => headers.get(n))
  // Of a page and what belongs to it, which nobody sent: Word and Excel open it, or a browser.
  const isArchive = !headers.get('from') && !headers.get('received')
  const opening = { isArchive, name: options.file ?? '' }
  const writer = new ItemWriter(
    isArchive ? 'mht' : 'eml',
    options,
    about.filter(Boolean).join(' | '),
  )
  for (const damage of damages) writer.tell(damage, '')
  for (const [i, part] of parts.entries())
    await readPart(part, i + 1, writer, opening)
}

/** How the message is called, and whether nobody sent it. */
interface Opening {
  readonly name: string
  readonly isArchive: boolean
}

async function readPart(
  part: MimePart,
  number: number,
  writer: ItemWriter,
  opening: Opening,
): Promise<void> {
  const { contentType, fileName, placeName, isAttachment, at } = part
  const content = part.content()
  const name = fileName || nameByType[contentType] || placeName
  const isText =
    /^text\/(?:plain|html)$/.test(contentType) &&
    !isAttachment &&
    // A part that states nothing is text, whatever programs make of it.
    !beginsAsFile(content.toString('latin1', 0, 8))
  if (isText && !fileName) {
    const charset = part.headers.parameter('content-type', 'charset')
    const text = decodeText(content, charset)
    const place = { part: `part ${number}`, offset: at }
    tellLinks(text, { writer, ...place })
    const isHtml = contentType === 'text/html'
    if (isHtml) await readPage(text, writer, place, opening)
    for (const file of uuencodedFiles(text)) {
      const { name, data } = file
      writer.add({ kind: 'attachment', ...place, text: name, fileName: name })
      await writer.inside(name, data)
    }
    const shown = isHtml ? textOfHtml(text) : text.replaceAll(quoted, '')
    await writer.spareText(`part ${number}.log`, shown)
    return
  }
  if (content.length === 0) return
  writer.add({
    kind: 'attachment',
    part: `part ${number}`,
    offset: at,
    text: [name, contentType].filter(Boolean).join(' '),
    ...(name && { fileName: name }),
  })
  if (contentType === 'text/html' && !isAttachment) {
    const page = decodedPage(content)
    const isOther = !isOfficePage(page, '') && isOfficePage('', opening.name)
    // One that is called a page is read as one; Office reads it as a document.
    if (isOther)
      await readPage(page, writer, { part: `part ${number}` }, opening)
  }
  if (u32At(content, 0) === tnefMagic) await readTnef(content, writer, at)
  else await writer.inside(name || `part ${number}`, content)
}

async function readPage(
  page: string,
  writer: ItemWriter,
  place: PagePlace,
  opening: Opening,
): Promise<void> {
  const by = openerOf(page, opening)
  await tellPage(page, writer, place, by)
  if (by !== 'viewer') await readScripts(page, writer)
}

/** What is called a letter or a book, Office opens, whatever its headers say. */
function openerOf(page: string, { name, isArchive }: Opening): Opener {
  if (isBookPage(isArchive ? page : '', name)) return 'excel'
  return isOfficePage(isArchive ? page : '', name) ? 'office' : 'viewer'
}

/** What an answer puts before each line of what it answers. */
const quoted = /^(?:> ?)+/gm

const nameByType: Readonly<Record<string, string>> = {
  'message/rfc822': 'message.eml',
  'text/calendar': 'calendar.ics',
  'application/ms-tnef': 'winmail.dat',
}

async function readTnef(
  bytes: Buffer,
  writer: ItemWriter,
  offset: number,
): Promise<void> {
  const part = 'winmail.dat'
  const attachments = tnefAttachments(bytes, {
    bound: (cut) => writer.bound(cut, part, offset),
    damaged: (message, at) => writer.damaged(message, part, offset + at),
  })
  for (const { name, data } of attachments) {
    if (data.length === 0) continue
    writer.add({
      kind: 'attachment',
      part,
      offset,
      text: name || 'attachment',
      ...(name && { fileName: name }),
    })
    await writer.inside(name || 'attachment', data)
  }
}
