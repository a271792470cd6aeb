// The bytes of a script as text, and the way back: which bytes does a part of the text stand in?

import { isAscii } from 'node:buffer'

export interface SourceText {
  readonly text: string
  /** Of a UTF-16 unit of the text, in bytes of the original. */
  offsetOf(unit: number): number
}

const western = new TextDecoder('windows-1252')

/** Text between two known places, in UTF-16 units. */
const step = 512

export function decodeSource(bytes: Buffer): SourceText {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return utf16(bytes, 2, false)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return utf16(bytes, 2, true)
  const wide = wideness(bytes)
  if (wide) return utf16(bytes, 0, wide === 'big')
  const skip = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  const from = skip ? 3 : 0
  const body = bytes.subarray(from)
  const text = body.toString('utf8')
  // One unit a byte: nothing but ASCII, or the letters of one of Windows' code pages.
  const single = isAscii(body)
    ? text
    : text.includes('\uFFFD')
      ? western.decode(body)
      : undefined
  if (single !== undefined)
    return { text: single, offsetOf: (u) => from + Math.min(u, single.length) }
  return { text, offsetOf: utf8Offsets(text, from) }
}

/** Text that has no bytes of its own counts as UTF-8. */
export function sourceOfText(text: string): SourceText {
  return { text, offsetOf: utf8Offsets(text, 0) }
}

function utf16(bytes: Buffer, from: number, big: boolean): SourceText {
  const even = bytes.subarray(from, bytes.length - ((bytes.length - from) % 2))
  const little = big ? Buffer.from(even).swap16() : even
  const text = little.toString('utf16le')
  return { text, offsetOf: (u) => from + 2 * Math.min(u, text.length) }
}

/** Every second byte of the beginning is zero: UTF-16 without a mark. */
function wideness(bytes: Buffer): 'little' | 'big' | undefined {
  const n = Math.min(bytes.length & ~1, 256)
  if (n < 8) return undefined
  let odd = 0
  let even = 0
  for (let i = 0; i < n; i += 2) {
    if (bytes[i] === 0) even++
    if (bytes[i + 1] === 0) odd++
  }
  if (odd > n / 4 && even === 0) return 'little'
  return even > n / 4 && odd === 0 ? 'big' : undefined
}

function utf8Offsets(text: string, from: number): (unit: number) => number {
  const known: number[] = [from]
  return (unit) => {
    const at = Math.max(0, Math.min(unit, text.length))
    const index = Math.floor(at / step)
    while (known.length <= index) {
      const start = (known.length - 1) * step
      known.push(known.at(-1)! + utf8Length(text, start, start + step))
    }
    return known[index]! + utf8Length(text, index * step, at)
  }
}

/** Of the code points that begin in this range. */
function utf8Length(text: string, from: number, to: number): number {
  let length = 0
  for (let i = from; i < to && i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c < 0x80) length++
    else if (c < 0x800) length += 2
    // A pair has four bytes, two for each half, so that any place between is within.
    else if (c >= 0xd800 && c <= 0xdfff) length += isPaired(text, i) ? 2 : 3
    else length += 3
  }
  return length
}

function isPaired(text: string, i: number): boolean {
  const c = text.charCodeAt(i)
  const other = c < 0xdc00 ? text.charCodeAt(i + 1) : text.charCodeAt(i - 1)
  return c < 0xdc00
    ? other >= 0xdc00 && other <= 0xdfff
    : other >= 0xd800 && other <= 0xdbff
}
