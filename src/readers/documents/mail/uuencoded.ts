// Files in the text of a message, as mail carried them before MIME and Outlook still shows them: `begin 644 name`, lines of 45 bytes, `end`.
// POSIX, uuencode(1).
const begin = /^begin [0-7]{3,4} ([^\r\n]{1,255})\r?\n/gm
const maxFiles = 64

export interface UuencodedFile {
  readonly name: string
  /** Where it begins in the text, in UTF-16 units. */
  readonly at: number
  readonly data: Buffer
}

export function* uuencodedFiles(text: string): Generator<UuencodedFile> {
  begin.lastIndex = 0
  for (let found = 0; found < maxFiles; found++) {
    const match = begin.exec(text)
    if (!match) return
    const { data, end } = decodedFrom(text, begin.lastIndex)
    if (data.length > 0) yield { name: match[1]!.trim(), at: match.index, data }
    begin.lastIndex = end
  }
}

/** Lines up to the first that is none: it says how many bytes it has, and has no more characters than those need. */
function decodedFrom(
  text: string,
  from: number,
): { data: Buffer; end: number } {
  const parts: Buffer[] = []
  let at = from
  while (at < text.length) {
    const newline = text.indexOf('\n', at)
    const to = newline < 0 ? text.length : newline
    const line = text.slice(at, Math.min(to, at + 128)).replace(/\r$/, '')
    const count = (line.charCodeAt(0) - 32) & 63
    const isLine =
      count > 0 &&
      line !== 'end' &&
      line.length - 1 <= Math.ceil(count / 3) * 4 + 1
    if (!isLine) break
    parts.push(bytesOf(line, count))
    at = to + 1
  }
  return { data: Buffer.concat(parts), end: Math.max(from, at) }
}

function bytesOf(line: string, count: number): Buffer {
  const out = Buffer.alloc(Math.ceil(count / 3) * 3)
  const six = (i: number) => ((line.charCodeAt(i) || 32) - 32) & 63
  for (let i = 1, to = 0; to < count; i += 4, to += 3)
    out.writeUIntBE(
      (six(i) << 18) | (six(i + 1) << 12) | (six(i + 2) << 6) | six(i + 3),
      to,
      3,
    )
  return out.subarray(0, count)
}
