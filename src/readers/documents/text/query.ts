// Query files of Excel: where to get data from, in a few lines. `.iqy` asks a page, `.dqy` and `.rqy` a database, `.oqy` a cube.
import type { DocumentFormat } from '../formats.ts'
import { ItemWriter } from '../item.ts'
import type { WholeFormat } from '../../reader.ts'

/** In bytes; a query has some lines. */
const maxBytes = 1024 * 1024

export const query: WholeFormat = {
  name: 'query',
  read: 'whole',
  maxBytes,
  detect: (head, name) => (queryKind(head, name) ? 3 : 0),
  take(bytes, options) {
    const kind = queryKind(bytes.subarray(0, 512), options.file ?? '')
    if (!kind) return
    const writer = new ItemWriter(kind, options)
    const lines = bytes.toString('utf8').split(/\r?\n/)
    const target = targetOf(kind, lines)
    writer.add({
      kind: 'connection',
      position: 'line 3',
      text: lines
        .filter((l) => l.trim())
        .join(' ')
        .trim(),
      targetMode: 'external',
      ...(target && { target }),
    })
  },
}

function queryKind(head: Buffer, name: string): DocumentFormat | undefined {
  const text = head.toString('latin1', 0, 512)
  if (/^(?:WEB\r?\n\d+\r?\n)/i.test(text)) return 'iqy'
  if (/\.iqy$/i.test(name) && /^\s*(?:https?|file|ftp):|^\\\\/i.test(text)) {
    return 'iqy'
  }
  if (/^XLODBC\r?\n/i.test(text)) return 'dqy'
  if (/^QueryType\s*=/im.test(text)) {
    if (/\.oqy$/i.test(name) || /QueryType\s*=\s*OLEDB-CUBE/i.test(text)) {
      return 'oqy'
    }
    return 'rqy'
  }
  return undefined
}

function targetOf(
  kind: DocumentFormat,
  lines: readonly string[],
): string | undefined {
  if (kind === 'iqy' || kind === 'dqy') {
    const plain = lines.filter((l) => l.trim())
    return /^(?:WEB|XLODBC)$/i.test(plain[0]?.trim() ?? '')
      ? plain[2]?.trim()
      : plain[0]?.trim()
  }
  const connection = lines.find((l) => /^Connection\s*=/i.test(l))
  return connection?.replace(/^Connection\s*=\s*/i, '').trim()
}
