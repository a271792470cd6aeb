// A binary Word document under a password. Encrypted (MS-DOC 2.2.6.2, 2.2.6.3): each stream by blocks of 512 bytes; the head of the text
// stream is not, nor is what says how, at the beginning of the table stream. Masked (2.2.6.1): each byte mixed with one of 16.
import {
  decryptBlocks,
  type StreamCipher,
} from '../encryption/stream-cipher.ts'

import { xorArray, xorKey, xorVerifier } from '../encryption/xor.ts'

const blockBytes = 512
/** FibBase and what follows it up to the first that is encrypted. */
const plainHead = 68

export function decryptWord(
  stream: Buffer,
  table: Buffer,
  cipher: StreamCipher,
): { stream: Buffer; table: Buffer } {
  return {
    stream: decryptBlocks(stream, cipher, blockBytes, (at) =>
      Math.max(plainHead, at),
    ),
    table: decryptBlocks(table, cipher, blockBytes, (at) => at),
  }
}

/** `key` is the verifier that the document states. undefined: no password fits. */
export function unmaskWord(
  stream: Buffer,
  table: Buffer,
  key: number,
  passwords: readonly string[],
): { stream: Buffer; table: Buffer } | undefined {
  // MS-OFFCRYPTO 2.3.7.4.
  const password = passwords.find(
    (p) => ((xorKey(p) << 16) | xorVerifier(p)) >>> 0 === key,
  )
  if (password === undefined) return undefined
  const mix = xorArray(password)
  return {
    stream: unmasked(stream, mix, plainHead),
    table: unmasked(table, mix, 0),
  }
}

/** 2.3.7.6: a zero stays, and so does what would become one. */
function unmasked(bytes: Buffer, mix: Buffer, from: number): Buffer {
  const out = Buffer.from(bytes)
  for (let at = from; at < out.length; at++) {
    const byte = out[at]! ^ mix[at % 16]!
    if (out[at] !== 0 && byte !== 0) out[at] = byte
  }
  return out
}
