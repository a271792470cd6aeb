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
    return likenessOf(head.toString('latin1'))
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

/** Where one of these is there, or so many, it is no list of somebody's names and values. */
const mailOnly = ['mime-version:', 'received:', 'return-path:', 'message-id:']
const certainKinds = 3

/** All of the first lines are headers or go on with one, and two of them are those of mail. */
function likenessOf(text: string): 0 | 2 | 3 {
  if (!firstLine.test(text)) return 0
  const lines = text.replace(/^\ufeff|^\xef\xbb\xbf/, '').split(/\r\n|\n/)
  const kinds = new Set<string>()
  for (const [i, line] of lines.entries()) {
    if (line === '' || i === lines.length - 1) break
    if (i === 0 && /^From \S+/.test(line)) continue
    if (i > 0 && /^[ \t]/.test(line)) continue
    if (!headerLine.test(line)) return 0
    const name = telling.exec(line)?.[0].toLowerCase()
    if (name) kinds.add(name)
  }
  const isMails = mailOnly.some((name) => kinds.has(name))
  if (kinds.size < 2 || (!isMails && !kinds.has('from:'))) return 0
  return isMails || kinds.size >= certainKinds ? 3 : 2
}
