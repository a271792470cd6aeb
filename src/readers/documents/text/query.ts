// Query files of Excel: where to get data from, in a few lines. `.iqy` asks a page, `.dqy` and `.rqy` a database, `.oqy` a cube; `.odc` says it in a page.
import { decodeEntities } from '../../../base/xml.ts'
import type { DocumentFormat } from '../formats.ts'
import { ItemWriter } from '../item.ts'
import { anyLines } from './any-lines.ts'
import type { WholeFormat } from '../../reader.ts'

/** In bytes; a query has some lines. */
const maxBytes = 1024 * 1024

export const query: WholeFormat = {
  name: 'query',
  read: 'whole',
  maxBytes,
  detect: (head, name) => (queryKind(head, name) ? 3 : 0),
  take(bytes, options) {
    const kind = queryKind(bytes.subarray(0, headBytes), options.file ?? '')
    if (!kind) return
    const writer = new ItemWriter(kind, options)
    if (kind === 'odc') {
      readDataConnection(bytes.toString('utf8'), writer)
      return
    }
    const lines = Array.from(anyLines(bytes.toString('utf8')), (l) => l.text)
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

/** So much tells what it is, in bytes. */
const headBytes = 64 * 1024

/** A page of Office that holds a connection and nothing else. */
const dataConnection =
  /<odc:OfficeDataConnection\b|content=["']?text\/x-ms-odc\b/i

const connectionParts =
  /<odc:(ConnectionString|CommandText|SourceFile|ConnectionFile)\b[^<>]{0,256}>([^<]{0,32768})</gi

function readDataConnection(text: string, writer: ItemWriter): void {
  for (const { index, 1: name, 2: written } of text.matchAll(connectionParts)) {
    const said = decodeEntities(written!).trim()
    const isCommand = /^commandtext$/i.test(name!)
    if (!said) continue
    writer.add({
      kind: 'connection',
      offset: Buffer.byteLength(text.slice(0, index)),
      position: name!,
      text: said,
      ...(!isCommand && { target: said, targetMode: 'external' }),
    })
  }
}

function queryKind(head: Buffer, name: string): DocumentFormat | undefined {
  const text = head.toString('latin1', 0, 512)
  if (dataConnection.test(head.toString('latin1'))) return 'odc'
  if (/^\s*WEB\s*[\r\n]\s*\d+\s*[\r\n]/i.test(text)) return 'iqy'
  if (
    /\.iqy$/i.test(name) &&
    /^[ \t]*(?:(?:https?|file|ftp):|\\\\)/im.test(text)
  ) {
    return 'iqy'
  }
  if (/^\s*XLODBC\s*[\r\n]/i.test(text)) return 'dqy'
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
    const address = plain.find((l) =>
      /^\s*(?:(?:https?|file|ftp):|\\\\)/i.test(l),
    )
    if (kind === 'iqy' && address) return address.trim()
    return /^(?:WEB|XLODBC)$/i.test(plain[0]?.trim() ?? '')
      ? plain[2]?.trim()
      : plain[0]?.trim()
  }
  const connection = lines.find((l) => /^Connection\s*=/i.test(l))
  return connection?.replace(/^Connection\s*=\s*/i, '').trim()
}
