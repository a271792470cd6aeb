// A message of Outlook (.msg; MS-OXMSG): each property is a stream named for its id and type, each attachment a storage, a
// message within it another.
import type { CompoundEntry, CompoundFile } from '../compound/compound-file.ts'
import { unpackRtf } from '../mail/compressed-rtf.ts'
import { tellPage } from '../html/page.ts'
import { textOfHtml } from '../mail/html-text.ts'
import { tellLinks } from '../mail/links.ts'

import type { OpenedCompound } from './opened.ts'

const ids = {
  subject: '0037',
  body: '1000',
  html: '1013',
  packedRtf: '1009',
  sender: '0C1F',
  data: '3701',
  longName: '3707',
  shortName: '3704',
  longPath: '370D',
}

const properties = '__properties_version1.0'
/** 2.4.1.1: before the first, and of each. */
const headBytes = 32
const propertyBytes = 16
/** Types that a property may have (MS-OXCDATA 2.11.1), without the bit of several values. */
const types: ReadonlySet<number> = new Set([
  0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x0a, 0x0b, 0x0d, 0x14, 0x1e, 0x1f,
  0x40, 0x48, 0xfb, 0xfd, 0xfe, 0x102,
])
const several = 0x1000

function arePropertiesThere(list: Buffer): boolean {
  if (list.length < headBytes) return false
  for (let at = headBytes; at + propertyBytes <= list.length; ) {
    if (!types.has(list.readUInt16LE(at) & ~several)) return false
    at += propertyBytes
  }
  return true
}

/** What it is, in words. */
export function aboutMessage(file: CompoundFile): string {
  const sender = textProperty(file, '', ids.sender)
  const subject = textProperty(file, '', ids.subject)
  return [sender, subject].filter(Boolean).join(' | ')
}

export async function readOutlookMessage(
  opened: OpenedCompound,
): Promise<void> {
  const { file, writer } = opened
  if (!arePropertiesThere(file.read(properties)))
    writer.damaged('it is no list of properties', properties)
  await readBodies(opened, '')
  for (const entry of file.entries) {
    if (entry.kind !== 'storage') continue
    if (/^__attach_version1\.0_/i.test(entry.name))
      await readAttachment(opened, entry)
    // A message that is attached to this one.
    else if (/^__substg1\.0_3701000D$/i.test(entry.name))
      await readBodies(opened, entry.path)
  }
}

async function readBodies(
  opened: OpenedCompound,
  storage: string,
): Promise<void> {
  const { file, writer } = opened
  // As bytes, or as a text like any other: MS-OXCMSG 2.2.1.58.9, MS-OXBBODY.
  const html =
    file.read(propertyPath(storage, ids.html, '0102')).toString('utf8') ||
    textProperty(file, storage, ids.html)
  const plain = textProperty(file, storage, ids.body)
  const part = storage || 'body'
  for (const text of [plain, html]) tellLinks(text, { writer, part })
  if (html) await tellPage(html, writer, { part }, 'viewer')
  // Both say the same where both are there; records are one where they lie twice.
  await writer.spareText(`${part}.log`, plain)
  await writer.spareText(`${part} in HTML.log`, textOfHtml(html))
  const packed = file.read(propertyPath(storage, ids.packedRtf, '0102'))
  if (packed.length === 0) return
  const rich = unpackRtf(packed)
  if (rich) await writer.inside('body.rtf', rich)
  else writer.damaged('its rich text is neither packed nor plain', storage)
}

async function readAttachment(
  opened: OpenedCompound,
  { path }: CompoundEntry,
): Promise<void> {
  const { file, writer } = opened
  const text = (id: string) => textProperty(file, path, id)
  const name = text(ids.longName) || text(ids.shortName)
  const target = text(ids.longPath)
  const data = file.read(propertyPath(path, ids.data, '0102'))
  writer.add({
    kind: 'attachment',
    part: path,
    text: name || target || 'attachment',
    ...(name && { fileName: name }),
    ...(target && { target, targetMode: 'external' }),
  })
  if (data.length > 0) await writer.inside(name || 'attachment', data)
}

function textProperty(file: CompoundFile, storage: string, id: string): string {
  const wide = file.read(propertyPath(storage, id, '001F'))
  if (wide.length > 0) return wide.toString('utf16le').replace(/\0+$/, '')
  return file
    .read(propertyPath(storage, id, '001E'))
    .toString('latin1')
    .replace(/\0+$/, '')
}

function propertyPath(storage: string, id: string, type: string): string {
  const name = `__substg1.0_${id}${type}`
  return storage ? `${storage}/${name}` : name
}
