// Office packages under a password (MS-OFFCRYPTO 2.3.4): a compound file with `EncryptionInfo` and `EncryptedPackage`.
// Standard: AES with a key of 50,000 rounds. Agile: the same, described in XML, with a key for each 4 KiB.
import { createDecipheriv, createHash, hash as hashOnce } from 'node:crypto'

import { Cursor } from '../binary/cursor.ts'

import { wide } from './stream-cipher.ts'

/** Rounds that a document may ask for; Office writes 50,000 or 100,000, each password costs as many. */
const maxRounds = 100_000
const standardRounds = 50_000

/** undefined: no password fits, or the way of encryption is not known. */
export function decryptPackage(
  info: Buffer,
  encrypted: Buffer,
  passwords: readonly string[],
): Buffer | undefined {
  const cursor = new Cursor(info)
  const major = cursor.u16()
  const minor = cursor.u16()
  const opens =
    major === 4 && minor === 4
      ? agile(info.toString('utf8', 8))
      : minor === 2 || minor === 3
        ? standard(cursor)
        : undefined
  if (!opens) return undefined
  const size = Number(encrypted.length >= 8 ? encrypted.readBigUInt64LE(0) : 0n)
  for (const password of passwords) {
    const plain = opens(password, encrypted.subarray(8))
    if (plain) return plain.subarray(0, Math.min(size, plain.length))
  }
  return undefined
}

type Opens = (password: string, encrypted: Buffer) => Buffer | undefined

/** 2.3.4.5 to 2.3.4.9. */
function standard(cursor: Cursor): Opens | undefined {
  cursor.skip(4)
  const header = new Cursor(cursor.take(cursor.u32()), 16)
  const keyBytes = header.u32() / 8
  const salt = cursor.take(Math.min(cursor.u32(), 64))
  const verifier = cursor.take(16)
  cursor.skip(4)
  const hash = cursor.take(32)
  if (![16, 24, 32].includes(keyBytes) || hash.length < 32) return undefined
  return (password, encrypted) => {
    const rounds = spun('sha1', salt, password, standardRounds)
    const last = digest('sha1', rounds, Buffer.alloc(4))
    const key = derived(last).subarray(0, keyBytes)
    const plain = decipher(`aes-${keyBytes * 8}-ecb`, key, null, verifier)
    const wanted = digest('sha1', plain)
    const stands = decipher(`aes-${keyBytes * 8}-ecb`, key, null, hash)
    if (!stands.subarray(0, 20).equals(wanted)) return undefined
    return decipher(`aes-${keyBytes * 8}-ecb`, key, null, encrypted)
  }
}

/** 2.3.4.7, last step: the hash mixed with two fillings. */
function derived(hash: Buffer): Buffer {
  const half = (fill: number) => {
    const block = Buffer.alloc(64, fill)
    for (let i = 0; i < hash.length; i++) block[i] = block[i]! ^ hash[i]!
    return digest('sha1', block)
  }
  return Buffer.concat([half(0x36), half(0x5c)])
}

interface AgilePart {
  readonly salt: Buffer
  readonly keyBytes: number
  readonly blockBytes: number
  readonly hash: string
  readonly mode: 'cbc' | 'cfb'
}

const hashes: Readonly<Record<string, string>> = {
  SHA1: 'sha1',
  'SHA-1': 'sha1',
  SHA256: 'sha256',
  SHA384: 'sha384',
  SHA512: 'sha512',
  'SHA-512': 'sha512',
  MD5: 'md5',
}

/** 2.3.4.10 to 2.3.4.15. */
function agile(xml: string): Opens | undefined {
  const data = agilePart(xml, /<keyData\b[^>]{0,4096}>/)
  const keyTag = /<[A-Za-z]{1,8}:encryptedKey\b[^>]{0,4096}>/
  const own = agilePart(xml, keyTag)
  const tag = keyTag.exec(xml)?.[0]
  if (!data || !own || !tag) return undefined
  const rounds = Number(attribute(tag, 'spinCount'))
  if (!(rounds >= 0 && rounds <= maxRounds)) return undefined
  const value = (name: string) => Buffer.from(attribute(tag, name), 'base64')
  return (password, encrypted) => {
    const base = spun(own.hash, own.salt, password, rounds)
    const open = (block: string, bytes: Buffer) => {
      const key = sized(
        digest(own.hash, base, Buffer.from(block, 'hex')),
        own.keyBytes,
      )
      return agileDecipher(own, key, sized(own.salt, own.blockBytes), bytes)
    }
    const input = open('fea7d2763b4b9e79', value('encryptedVerifierHashInput'))
    const stands = open('d7aa0f6d3061344e', value('encryptedVerifierHashValue'))
    const wanted = digest(own.hash, input.subarray(0, own.salt.length))
    if (!stands.subarray(0, wanted.length).equals(wanted)) return undefined
    const key = open('146e0be7abacd0d6', value('encryptedKeyValue'))
    // Cut off, or of another length than is said of it.
    if (key.length < data.keyBytes) return undefined
    return segments(data, key.subarray(0, data.keyBytes), encrypted)
  }
}

const segmentBytes = 4096

function segments(data: AgilePart, key: Buffer, encrypted: Buffer): Buffer {
  const parts: Buffer[] = []
  for (let at = 0, n = 0; at < encrypted.length; at += segmentBytes, n++) {
    const number = Buffer.alloc(4)
    number.writeUInt32LE(n)
    const start = sized(digest(data.hash, data.salt, number), data.blockBytes)
    const segment = encrypted.subarray(at, at + segmentBytes)
    parts.push(agileDecipher(data, key, start, segment))
  }
  return Buffer.concat(parts)
}

function agilePart(xml: string, tag: RegExp): AgilePart | undefined {
  const text = tag.exec(xml)?.[0]
  if (!text) return undefined
  const keyBytes = Number(attribute(text, 'keyBits')) / 8
  const named = attribute(text, 'hashAlgorithm')
  const hash = Object.hasOwn(hashes, named) ? hashes[named] : undefined
  const known = attribute(text, 'cipherAlgorithm') === 'AES'
  if (!known || !hash || ![16, 24, 32].includes(keyBytes)) return undefined
  return {
    salt: Buffer.from(attribute(text, 'saltValue'), 'base64'),
    keyBytes,
    blockBytes: 16,
    hash,
    mode:
      attribute(text, 'cipherChaining') === 'ChainingModeCFB' ? 'cfb' : 'cbc',
  }
}

function attribute(tag: string, name: string): string {
  const at = tag.indexOf(` ${name}="`)
  if (at < 0) return ''
  const from = at + name.length + 3
  return tag.slice(from, tag.indexOf('"', from))
}

function agileDecipher(
  part: AgilePart,
  key: Buffer,
  start: Buffer,
  bytes: Buffer,
) {
  return decipher(`aes-${key.length * 8}-${part.mode}`, key, start, bytes)
}

/** Whole blocks only; what is cut off is left out. */
function decipher(
  algorithm: string,
  key: Buffer,
  start: Buffer | null,
  bytes: Buffer,
): Buffer {
  const cipher = createDecipheriv(algorithm, key, start).setAutoPadding(false)
  const whole = bytes.subarray(0, bytes.length - (bytes.length % 16))
  return Buffer.concat([cipher.update(whole), cipher.final()])
}

function spun(
  hash: string,
  salt: Buffer,
  password: string,
  rounds: number,
): Buffer {
  const first = digest(hash, salt, wide(password))
  const numbered = Buffer.concat([Buffer.alloc(4), first])
  for (let i = 0; i < rounds; i++) {
    numbered.writeUInt32LE(i)
    hashOnce(hash, numbered, 'buffer').copy(numbered, 4)
  }
  return numbered.subarray(4)
}

/** Cut or filled up with 0x36. */
function sized(bytes: Buffer, length: number): Buffer {
  return bytes.length >= length
    ? bytes.subarray(0, length)
    : Buffer.concat([bytes, Buffer.alloc(length - bytes.length, 0x36)])
}

function digest(hash: string, ...parts: readonly Buffer[]): Buffer {
  const made = createHash(hash)
  for (const part of parts) made.update(part)
  return made.digest()
}
