// The parts of a message (RFC 2045, 2046): each with its head and its decoded bytes. Messages within messages are parts.
import type { Damage } from '../../../base/record.ts'

import { type Headers, readHeaders, unquoted } from './headers.ts'
import { uuencodedFiles } from './uuencoded.ts'

export interface MimePart {
  readonly headers: Headers
  readonly contentType: string
  readonly fileName: string
  /** Of a part of a web archive: what stands behind the last slash of its place. */
  readonly placeName: string
  readonly isAttachment: boolean
  /** Byte of its head in the message. */
  readonly at: number
  content(): Buffer
}

const maxDepth = 16
const maxParts = 2_000

export interface MimeMessage {
  readonly headers: Headers
  readonly parts: readonly MimePart[]
}

export function readMessage(
  bytes: Buffer,
  told: (damage: Damage) => void,
): MimeMessage {
  const parts: MimePart[] = []
  const whole = partAt(bytes, 0, bytes.length)
  const open = [{ part: whole, depth: 0 }]
  for (let next = open.pop(); next; next = open.pop()) {
    const { part, depth } = next
    const boundary = part.headers.parameter('content-type', 'boundary')
    if (!/^multipart\//i.test(part.contentType) || !boundary) {
      parts.push(part)
      if (!decoders.has(encodingOf(part))) told(undecoded(part))
      continue
    }
    if (depth >= maxDepth || parts.length + open.length > maxParts) {
      told({
        what: 'message part',
        offset: part.at,
        message: `over ${maxDepth} parts within parts, or ${maxParts} in all; it was not read`,
        isBound: true,
      })
      continue
    }
    const inner = partsBetween(bytes, part, boundary)
    if (inner.length > maxParts) {
      told({
        what: 'message part',
        offset: part.at,
        message: `over ${maxParts} parts; the rest was not read`,
        isBound: true,
      })
      inner.length = maxParts
    }
    for (const { start, end } of inner.reverse())
      open.push({ part: partAt(bytes, start, end), depth: depth + 1 })
  }
  return { headers: whole.headers, parts }
}

interface FoundPart extends MimePart {
  readonly bodyAt: number
  readonly end: number
}

function partAt(bytes: Buffer, at: number, end: number): FoundPart {
  const bodyAt = endOfHead(bytes, at, end)
  const headers = readHeaders(bytes.toString('utf8', at, bodyAt))
  const type = headers.get('content-type').split(';')[0]!.trim().toLowerCase()
  const disposition = headers.get('content-disposition')
  return {
    headers,
    contentType: type || 'text/plain',
    fileName:
      headers.parameter('content-disposition', 'filename') ||
      headers.parameter('content-type', 'name'),
    placeName:
      headers.get('content-location').trim().split(/[\\/]/).at(-1) ?? '',
    isAttachment: /^attachment/i.test(disposition),
    at,
    bodyAt,
    end,
    content: () =>
      (decoders.get(encodingOf({ headers })) ?? asItStands)(
        bytes.subarray(bodyAt, end),
      ),
  }
}

/** Of a head, in bytes. */
const maxHead = 1024 * 1024

function endOfHead(bytes: Buffer, from: number, end: number): number {
  let at = from
  while (at < Math.min(end, from + maxHead)) {
    const line = bytes.indexOf(0x0a, at)
    if (line < 0 || line >= end) return end
    const isEmpty = line === at || (line === at + 1 && bytes[at] === 0x0d)
    if (isEmpty) return line + 1
    at = line + 1
  }
  return at
}

function partsBetween(bytes: Buffer, part: FoundPart, boundary: string) {
  const mark = Buffer.from(`--${boundary}`)
  const found: { start: number; end: number }[] = []
  let start = -1
  let at = bytes.indexOf(mark, part.bodyAt)
  while (at >= 0 && at < part.end && found.length <= maxParts) {
    const isLine = at === part.bodyAt || bytes[at - 1] === 0x0a
    const after = at + mark.length
    if (isLine) {
      if (start >= 0) found.push({ start, end: at })
      const isLast = bytes[after] === 0x2d && bytes[after + 1] === 0x2d
      const line = bytes.indexOf(0x0a, after)
      start = isLast || line < 0 ? -1 : line + 1
      if (isLast) break
    }
    at = bytes.indexOf(mark, after)
  }
  // A last part that is cut off is read all the same.
  if (start >= 0) found.push({ start, end: part.end })
  return found
}

function undecoded(part: FoundPart): Damage {
  return {
    what: 'message part',
    offset: part.at,
    message: `its encoding "${encodingOf(part).slice(0, 64)}" is not known; it was read as it stands`,
    lost: 1,
  }
}

const asItStands = (body: Buffer) => body

/** By the name of the encoding, in small letters. Source: RFC 2045 section 6; those of uuencode are from before it. */
const decoders: ReadonlyMap<string, (body: Buffer) => Buffer> = new Map([
  ...['', '7bit', '8bit', 'binary'].map((name) => [name, asItStands] as const),
  ['base64', (body) => Buffer.from(body.toString('latin1'), 'base64')],
  ['quoted-printable', unquoted],
  ...['x-uuencode', 'uuencode', 'x-uue', 'uue'].map(
    (name) => [name, unpacked] as const,
  ),
])

function encodingOf({ headers }: Pick<MimePart, 'headers'>): string {
  const [name = ''] = headers.get('content-transfer-encoding').split(/[;\s(]/)
  return name.toLowerCase()
}

/** No encoding of MIME, but of mailers before it, which Outlook still understands. */
function unpacked(body: Buffer): Buffer {
  const [file] = uuencodedFiles(body.toString('latin1'))
  return file?.data ?? body
}
