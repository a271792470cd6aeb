// Encodings that hide text: base64, hexadecimal, compression, XOR, rotation. Each is bounded, and gives nothing where its input is not one.
import {
  brotliDecompressSync,
  gunzipSync,
  inflateRawSync,
  inflateSync,
} from 'node:zlib'

import { type Budget, maxValueUnits } from '../budget.ts'
import {
  bitOf,
  bytes,
  bytesOf,
  text,
  textOf,
  type Value,
  wholeText,
} from './value.ts'

export function fromBase64(
  value: Value | undefined,
  budget: Budget,
): Value | undefined {
  const encoded = wholeText(value)?.replace(/\s+/g, '')
  if (!encoded || !/^[A-Za-z0-9+/_-]+={0,3}$/.test(encoded)) return undefined
  if (!budget.make(encoded.length)) return undefined
  return bytes(Buffer.from(encoded, 'base64'), value!.via | bitOf('base64'))
}

export function fromHex(
  value: Value | undefined,
  budget: Budget,
): Value | undefined {
  const encoded = wholeText(value)?.replace(/\\x|0x|[\s,:;-]/gi, '')
  if (!encoded || encoded.length % 2 || !/^[0-9a-f]+$/i.test(encoded))
    return undefined
  if (!budget.make(encoded.length)) return undefined
  return bytes(Buffer.from(encoded, 'hex'), value!.via | bitOf('hex'))
}

const unpackers = {
  gzip: gunzipSync,
  deflate: inflateRawSync,
  zlib: inflateSync,
  brotli: brotliDecompressSync,
} as const

export type Compression = keyof typeof unpackers

/** `any`: whatever it turns out to be. */
export function decompressed(
  value: Value | undefined,
  as: Compression | 'any',
  budget: Budget,
): Value | undefined {
  const packed = bytesOf(value)
  if (!packed?.length || !budget.make(packed.length)) return undefined
  const ways: readonly Compression[] = as === 'any' ? kindsOf(packed) : [as]
  for (const way of ways) {
    try {
      const out = unpackers[way](packed, { maxOutputLength: maxValueUnits })
      if (!budget.make(out.length)) return undefined
      return bytes(out, value!.via | bitOf('compression'))
    } catch (error) {
      if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') {
        budget.limits.add(
          `compressed text over ${maxValueUnits} bytes is not opened`,
        )
        return undefined
      }
    }
  }
  return undefined
}

function kindsOf(packed: Buffer): readonly Compression[] {
  if (packed[0] === 0x1f && packed[1] === 0x8b) return ['gzip']
  if (
    (packed[0]! & 0x0f) === 8 &&
    packed.length > 1 &&
    packed.readUInt16BE(0) % 31 === 0
  )
    return ['zlib', 'deflate']
  return ['deflate']
}

/** Bytes as the text that they are written in. */
export function decoded(
  value: Value | undefined,
  encoding = '',
): Value | undefined {
  if (value?.kind === 'text') return value
  const raw = bytesOf(value)
  if (!raw) return undefined
  const name = encoding.toLowerCase().replace(/[-_ ]/g, '')
  const wide =
    /^(unicode|utf16|utf16le|ucs2)$/.test(name) ||
    (name === '' && looksWide(raw))
  const out = wide
    ? raw.toString('utf16le')
    : name === 'utf8' || name === ''
      ? raw.toString('utf8')
      : raw.toString('latin1')
  return text(out.replace(/^\uFEFF/, ''), value!.via)
}

export function looksWide(raw: Buffer): boolean {
  if (raw.length < 4 || raw.length % 2) return false
  let zeros = 0
  const n = Math.min(raw.length, 64)
  for (let i = 1; i < n; i += 2) if (raw[i] === 0) zeros++
  return zeros >= n / 2 - 2
}

export function rotated(value: Value | undefined): Value | undefined {
  const s = textOf(value)
  if (s === undefined) return undefined
  const out = s.replace(/[a-z]/gi, (c) => {
    const base = c <= 'Z' ? 65 : 97
    return String.fromCharCode(((c.charCodeAt(0) - base + 13) % 26) + base)
  })
  return text(out, value!.via | bitOf('rotation'))
}

export function reversed(
  value: Value | undefined,
  budget: Budget,
): Value | undefined {
  if (value?.kind === 'list')
    return {
      ...value,
      items: [...value.items].reverse(),
      via: value.via | bitOf('reversal'),
    }
  if (value?.kind === 'bytes')
    return bytes(
      Buffer.from(value.bytes).reverse(),
      value.via | bitOf('reversal'),
    )
  const s = wholeText(value)
  if (s === undefined || !budget.make(s.length)) return undefined
  return text(Array.from(s).reverse().join(''), value!.via | bitOf('reversal'))
}

/** A character of its code; undefined: no character has it. */
export function characterOf(code: number, via: number): Value | undefined {
  if (!(Number.isInteger(code) && code >= 0 && code <= 0x10ffff))
    return undefined
  return text(String.fromCodePoint(code), via | bitOf('character codes'))
}
