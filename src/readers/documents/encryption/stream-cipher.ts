// Binary Office documents under a password (MS-OFFCRYPTO 2.3.5, 2.3.6): RC4, with a new key for each block of the stream.
// A password is right when the verifier, decrypted, has the hash that stands beside it.
import { createHash } from 'node:crypto'

import { Cursor } from '../binary/cursor.ts'

import { Rc4 } from './rc4.ts'

export interface StreamCipher {
  /** The key of a block. */
  block(number: number): Rc4
}

/** `header` begins with the version (2.3.5.1, 2.3.6.1). undefined: no password fits, or it is of another kind. */
export function streamCipher(
  header: Buffer,
  passwords: readonly string[],
): StreamCipher | undefined {
  const cursor = new Cursor(header)
  const major = cursor.u16()
  const minor = cursor.u16()
  if (major === 1 && minor === 1) return basic(cursor, passwords)
  if (major >= 2 && major <= 4 && minor === 2)
    return cryptoApi(cursor, passwords)
  return undefined
}

function basic(cursor: Cursor, passwords: readonly string[]) {
  const salt = cursor.take(16)
  const verifier = cursor.take(16)
  const hash = cursor.take(16)
  for (const password of passwords) {
    const cipher = basicCipher(password, salt)
    const mix = cipher.block(0)
    if (md5(mix.decrypt(verifier)).equals(mix.decrypt(hash))) return cipher
  }
  return undefined
}

/** 2.3.6.2. */
function basicCipher(password: string, salt: Buffer): StreamCipher {
  const first = md5(wide(password)).subarray(0, 5)
  const one = Buffer.concat([first, salt])
  const key = md5(Buffer.concat(Array.from({ length: 16 }, () => one)))
  return {
    block: (number) =>
      new Rc4(md5(Buffer.concat([key.subarray(0, 5), little(number)]))),
  }
}

function cryptoApi(cursor: Cursor, passwords: readonly string[]) {
  cursor.skip(4)
  const header = new Cursor(cursor.take(cursor.u32()), 16)
  const bits = header.u32() || 40
  const saltBytes = cursor.u32()
  const salt = cursor.take(Math.min(saltBytes, 64))
  const verifier = cursor.take(16)
  const hashBytes = cursor.u32()
  const hash = cursor.take(Math.min(hashBytes, 64))
  for (const password of passwords) {
    const cipher = apiCipher(password, salt, bits)
    const mix = cipher.block(0)
    const wanted = sha1(mix.decrypt(verifier))
    if (mix.decrypt(hash).subarray(0, 20).equals(wanted)) return cipher
  }
  return undefined
}

/** 2.3.5.2. */
function apiCipher(password: string, salt: Buffer, bits: number): StreamCipher {
  const base = sha1(Buffer.concat([salt, wide(password)]))
  return {
    block(number) {
      const hash = sha1(Buffer.concat([base, little(number)]))
      const key = hash.subarray(0, Math.min(20, Math.max(5, bits / 8)))
      // A key of 40 bits is filled with zeros to 128.
      const full = bits === 40 ? Buffer.concat([key, Buffer.alloc(11)]) : key
      return new Rc4(full)
    },
  }
}

/** Decrypts a stream whose blocks are `size` bytes; bytes that `plain` leaves as they are count all the same. */
export function decryptBlocks(
  bytes: Buffer,
  cipher: StreamCipher,
  size: number,
  plain: (at: number) => number,
): Buffer {
  const out = Buffer.from(bytes)
  let mix = cipher.block(0)
  let leave = 0
  for (let at = 0; at < out.length; at++) {
    if (at > 0 && at % size === 0) mix = cipher.block(at / size)
    if (at >= leave) leave = plain(at)
    const key = mix.next()
    if (at >= leave) out[at] = out[at]! ^ key
  }
  return out
}

export function wide(text: string): Buffer {
  return Buffer.from(text, 'utf16le')
}

function little(number: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(number)
  return bytes
}

function md5(bytes: Buffer): Buffer {
  return createHash('md5').update(bytes).digest()
}

function sha1(bytes: Buffer): Buffer {
  return createHash('sha1').update(bytes).digest()
}
