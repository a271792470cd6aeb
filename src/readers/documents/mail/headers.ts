// The head of a message or of one of its parts (RFC 5322, RFC 2045, RFC 2047, RFC 2231).
export interface Headers {
  /** Empty where there is none; the first where there are several. */
  get(name: string): string
  /** A parameter of a header: `name` of `Content-Type`. */
  parameter(header: string, name: string): string
}

const maxHeaders = 2000
/** UTF-16 units of one header that are looked at. */
const maxHeader = 16 * 1024

export function readHeaders(text: string): Headers {
  const values = new Map<string, string>()
  let name = ''
  for (const line of text.split(/\r\n|\n|\r/)) {
    const before = values.get(name)
    if (/^[ \t]/.test(line) && before !== undefined) {
      if (before.length < maxHeader)
        values.set(name, `${before} ${line.trim()}`)
      continue
    }
    const colon = line.indexOf(':')
    if (colon < 1 || values.size >= maxHeaders) continue
    name = line.slice(0, colon).trim().toLowerCase()
    if (!values.has(name))
      values.set(name, line.slice(colon + 1, maxHeader).trim())
  }
  return {
    get: (header) => decodedWords(values.get(header) ?? ''),
    parameter: (header, name) => parameterOf(values.get(header) ?? '', name),
  }
}

function parameterOf(value: string, name: string): string {
  const pieces: string[] = []
  let isExtended = false
  const pattern =
    /;\s*([\w-]{1,64})(?:\*(\d{1,3}))?(\*)?\s*=\s*("(?:[^"\\]|\\.){0,8192}"?|[^;\s]{0,8192})/g
  for (const [, key, index, star, raw] of value.matchAll(pattern)) {
    if (key!.toLowerCase() !== name) continue
    isExtended ||= star !== undefined
    const plain = raw!.startsWith('"')
      ? raw!.slice(1).replace(/"$/, '').replace(/\\(.)/g, '$1')
      : raw!
    pieces[Math.min(Number(index ?? 0), 100)] = plain
  }
  const joined = pieces.join('')
  return isExtended ? percentDecoded(joined) : decodedWords(joined)
}

/** RFC 2231: `utf-8''name%20of%20file`. */
function percentDecoded(text: string): string {
  const [, charset = '', encoded = text] =
    /^([\w-]{0,40})'[^']{0,40}'(.*)$/s.exec(text) ?? []
  const bytes = Buffer.from(
    encoded.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    ),
    'latin1',
  )
  return decodeText(bytes, charset)
}

/** RFC 2047: `=?utf-8?B?…?=`. */
function decodedWords(text: string): string {
  if (!text.includes('=?')) return text
  return text
    .replace(/(\?=)\s+(?==\?)/g, '$1')
    .replace(
      /=\?([\w-]{1,40})(?:\*[\w-]{1,16})?\?([bq])\?([^?\s]{0,2048})\?=/gi,
      (_, charset: string, kind: string, data: string) =>
        decodeText(
          kind.toLowerCase() === 'b'
            ? Buffer.from(data, 'base64')
            : unquoted(Buffer.from(data.replaceAll('_', ' '), 'latin1')),
          charset,
        ),
    )
}

export function decodeText(bytes: Buffer, charset: string): string {
  if (utf7.test(charset)) return decodeUtf7(bytes)
  try {
    return new TextDecoder(charset || 'utf-8').decode(bytes)
  } catch {
    return bytes.toString('utf8')
  }
}

const utf7 = /^(?:unicode-1-1-)?utf-?7$/i

/** RFC 2152: `+` begins base64 of UTF-16, `-` ends it. */
function decodeUtf7(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replace(/\+([A-Za-z\d+/]{0,65536})-?/g, (_, encoded: string) =>
      encoded === ''
        ? '+'
        : Buffer.from(encoded, 'base64')
            .subarray(0, Math.floor((encoded.length * 6) / 16) * 2)
            .swap16()
            .toString('utf16le'),
    )
}

/** Quoted-printable (RFC 2045, 6.7). */
export function unquoted(bytes: Buffer): Buffer {
  const out = Buffer.alloc(bytes.length)
  let length = 0
  for (let at = 0; at < bytes.length; at++) {
    const c = bytes[at]!
    if (c !== 0x3d) {
      out[length++] = c
      continue
    }
    const hex = bytes.toString('latin1', at + 1, at + 3)
    if (/^[0-9a-f]{2}$/i.test(hex)) {
      out[length++] = Number.parseInt(hex, 16)
      at += 2
    } else if (hex[0] === '\n') at += 1
    else if (hex === '\r\n') at += 2
    else out[length++] = c
  }
  return out.subarray(0, length)
}
