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

/** `told` hears what a bound cuts, in words. */
export function tnefAttachments(
  bytes: Buffer,
  told: (cut: string) => void,
): readonly TnefAttachment[] {
  const cursor = new Cursor(bytes)
  const found: TnefAttachment[] = []
  if (cursor.u32() !== tnefMagic) return found
  cursor.skip(2)
  while (cursor.left > 9) {
    if (found.length > maxAttachments) {
      told(`over ${maxAttachments} attachments; the rest was not read`)
      found.pop()
      break
    }
    cursor.skip(1)
    const id = cursor.u32()
    const body = cursor.take(cursor.u32())
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
