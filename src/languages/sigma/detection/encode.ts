// How does a text look once it was encoded? Computed on bytes, never on characters.
import { Buffer } from 'node:buffer'

export type Encoding = 'utf8' | 'utf16le' | 'utf16be' | 'utf16'

export function bytesOf(text: string, encoding: Encoding): Buffer {
  switch (encoding) {
    case 'utf8':
      return Buffer.from(text, 'utf8')
    case 'utf16le':
      return Buffer.from(text, 'utf16le')
    case 'utf16be':
      return Buffer.from(text, 'utf16le').swap16()
    case 'utf16':
      return Buffer.concat([
        Buffer.from([0xff, 0xfe]),
        Buffer.from(text, 'utf16le'),
      ])
  }
}

/** Wide text as a log shows it: one character a byte. */
export function wideText(text: string, encoding: Encoding): string {
  return bytesOf(text, encoding).toString('latin1')
}

export function base64(bytes: Buffer): string {
  return bytes.toString('base64')
}

/** Characters at the start that also hold bits of the 0, 1 or 2 bytes before. */
const sharedAtStart = [0, 2, 3]
/** Characters at the end, padding included, that also hold bits of what follows. */
const sharedAtEnd = [0, 3, 2]

/**
 * The base64 texts by which the bytes show wherever they begin within a longer encoded text: one for each of three
 * alignments, without the characters that depend on the neighbours. Fewer where nothing certain is left.
 */
export function base64Offsets(bytes: Buffer): string[] {
  const texts: string[] = []
  for (const offset of [0, 1, 2]) {
    const padded = Buffer.concat([Buffer.alloc(offset, 0x20), bytes])
    const text = padded.toString('base64')
    const end = text.length - sharedAtEnd[padded.length % 3]!
    const certain = text.slice(sharedAtStart[offset], end)
    if (certain) texts.push(certain)
  }
  return texts
}
