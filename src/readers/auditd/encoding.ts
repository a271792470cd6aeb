// What does a value say? The kernel and libaudit write text in quotes, and as bare hex where it holds a blank, a quote, a
// control character or a byte over 0x7e. Which fields are text is a property of the field: `comm=beef` is hex, `pid=1234`
// is not (audit-userspace, auparse/typetab.h, AUPARSE_TYPE_ESCAPED).

/** How a bare value of a field is written. */
export type Encoding = 'plain' | 'text' | 'title' | 'keys'

const textFields = new Set([
  'acct',
  'cmd',
  'comm',
  'cwd',
  'data',
  'device',
  'dir',
  'exe',
  'file',
  'grp',
  'invalid_context',
  'name',
  'new_group',
  'new-disk',
  'ocomm',
  'old-disk',
  'path',
  'profile',
  'root_dir',
  'sw',
  'vm',
  'watch',
])

export function encodingOf(field: string): Encoding {
  if (field === 'proctitle') return 'title'
  if (field === 'key') return 'keys'
  return textFields.has(field) ? 'text' : 'plain'
}

export function decodeBare(
  raw: string,
  encoding: Encoding,
): string | readonly string[] {
  if (encoding === 'plain') return raw
  // A shipper may leave a quote behind the digits.
  const text = decodeHex(raw.endsWith('"') ? raw.slice(0, -1) : raw)
  if (text === undefined) return raw
  if (encoding === 'title') return titleText(text)
  if (encoding === 'keys' && text.includes('\x01')) return text.split('\x01')
  return text
}

/** The text of hex digits, in UTF-8; undefined where they are not hex. */
export function decodeHex(digits: string): string | undefined {
  if (!isHex(digits)) return undefined
  return Buffer.from(digits, 'hex').toString('utf8')
}

export function isHex(text: string): boolean {
  const n = text.length
  if (n === 0 || n % 2 === 1) return false
  for (let i = 0; i < n; i++) {
    const c = text.charCodeAt(i)
    const digit =
      (c >= 0x30 && c <= 0x39) ||
      (c >= 0x41 && c <= 0x46) ||
      (c >= 0x61 && c <= 0x66)
    if (!digit) return false
  }
  return true
}

/** Arguments are joined by NUL, and one may stand at the end. */
export function titleText(title: string): string {
  let end = title.length
  while (end > 0 && title.charCodeAt(end - 1) === 0) end--
  return title.slice(0, end).replaceAll('\0', ' ')
}
