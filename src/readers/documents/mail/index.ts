// Mail in a file: as it was sent (`.eml`, `.mht`), and what Outlook sends to other programs (`winmail.dat`).
import type { WholeFormat } from '../../reader.ts'
import { u32At } from '../binary/cursor.ts'

import { tnefMagic } from './tnef.ts'

/** In bytes. Servers seldom take more than 150 MB. */
const maxBytes = 64 * 1024 * 1024

export const mail: WholeFormat = {
  name: 'mail',
  read: 'whole',
  maxBytes,
  detect(head) {
    if (u32At(head, 0) === tnefMagic) return 3
    return isMessage(head.toString('latin1')) ? 2 : 0
  },
  async take(bytes, options) {
    const { readMail } = await import('./read.ts')
    await readMail(bytes, options)
  },
}

const headerLine = /^[A-Za-z][\w-]{0,60}:(?:[ \t]|$)/
const telling =
  /^(?:received|return-path|from|to|subject|date|message-id|mime-version|delivered-to|reply-to|x-[\w-]+|content-type):/i

const firstLine =
  /^(?:\ufeff|\xef\xbb\xbf)?(?:[A-Za-z][\w-]{0,60}:(?:[ \t\r\n]|$)|From \S)/

/** All of the first lines are headers or go on with one, and two of them are those of mail. */
function isMessage(text: string): boolean {
  if (!firstLine.test(text)) return false
  const lines = text.replace(/^\ufeff|^\xef\xbb\xbf/, '').split(/\r\n|\n/)
  const kinds = new Set<string>()
  for (const [i, line] of lines.entries()) {
    if (line === '' || i === lines.length - 1) break
    if (i === 0 && /^From \S+/.test(line)) continue
    if (i > 0 && /^[ \t]/.test(line)) continue
    if (!headerLine.test(line)) return false
    const name = telling.exec(line)?.[0].toLowerCase()
    if (name) kinds.add(name)
  }
  const isSent = [
    'received:',
    'from:',
    'mime-version:',
    'message-id:',
    'return-path:',
  ]
  return kinds.size >= 2 && isSent.some((name) => kinds.has(name))
}
