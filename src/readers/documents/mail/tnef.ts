// `winmail.dat`: a message with its attachments as Outlook sends it to other programs (MS-OXTNEF).
import { Cursor } from '../binary/cursor.ts'
import { windows1252 } from '../binary/windows-1252.ts'

export const tnefMagic = 0x223e9f78

const attributes = {
  title: 0x00018010,
  data: 0x0006800f,
  rendering: 0x00069002,
}
const maxAttachments = 1024

export interface TnefAttachment {
  name: string
  data: Buffer
}

export interface TnefListener {
  /** What a bound cuts, in words. */
  bound(cut: string): void
  damaged(message: string, at: number): void
}

/** lvlMessage and lvlAttachment of 2.1.3.1. */
const maxLevel = 2

export function tnefAttachments(
  bytes: Buffer,
  told: TnefListener,
): readonly TnefAttachment[] {
  const cursor = new Cursor(bytes)
  const found: TnefAttachment[] = []
  if (cursor.u32() !== tnefMagic) return found
  cursor.skip(2)
  if (cursor.left === 0) told.damaged('it has no attributes', cursor.at)
  while (cursor.left > 9) {
    if (found.length > maxAttachments) {
      told.bound(`over ${maxAttachments} attachments; the rest was not read`)
      found.pop()
      break
    }
    const { at } = cursor
    const level = cursor.u8()
    if (level === 0 || level > maxLevel) {
      told.damaged(
        `what should be an attribute has level ${level}; the last ${cursor.left} bytes were not read`,
        at,
      )
      break
    }
    const id = cursor.u32()
    const length = cursor.u32()
    const body = cursor.take(length)
    if (body.length < length)
      told.damaged(`an attribute has ${body.length} bytes of ${length}`, at)
    cursor.skip(2)
    if (id === attributes.rendering)
      found.push({ name: '', data: Buffer.alloc(0) })
    const attachment = found.at(-1)
    if (!attachment) continue
    if (id === attributes.title)
      attachment.name = windows1252(body).replace(/\0.*$/s, '')
    else if (id === attributes.data) attachment.data = body
  }
  return found
}
