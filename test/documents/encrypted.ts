// Workbooks and packages under a password, made by hand: for tests. Other programs open them.
import { createCipheriv, createHash } from 'node:crypto'

import { Rc4 } from '../../src/readers/documents/encryption/rc4.ts'
import {
  decryptBlocks,
  type StreamCipher,
} from '../../src/readers/documents/encryption/stream-cipher.ts'
import {
  xorArray,
  xorKey,
  xorVerifier,
} from '../../src/readers/documents/encryption/xor.ts'

import { compoundOf } from './compound.ts'
import {
  type PresentationParts,
  pptOf,
  presentationStream,
} from './powerpoint-binary.ts'
import { wordStreams } from './word-binary.ts'
import { record, u16, u32, workbookStream } from './workbook-binary.ts'

const digest = (hash: string, ...parts: readonly Buffer[]) =>
  createHash(hash).update(Buffer.concat(parts)).digest()
const wide = (text: string) => Buffer.from(text, 'utf16le')
const salt = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex')
const verifier = Buffer.from('f0e1d2c3b4a5968778695a4b3c2d1e0f', 'hex')

/** Of these globals, longer than a block. */
function stream(password: Buffer, globals: readonly Buffer[]): Buffer {
  const filling = Array.from({ length: 30 }, () =>
    record(0x1234, Buffer.alloc(200, 65)),
  )
  return workbookStream({
    globals: [record(0x2f, password), ...filling, ...globals],
    sheets: [{ name: 'Sheet1' }],
  })
}

const bare = new Set([0x809, 0x2f])

/** Where each record's body is, and the first of it that is encrypted. */
function* bodies(bytes: Buffer) {
  for (let at = 0; at + 4 <= bytes.length; ) {
    const type = bytes.readUInt16LE(at)
    const start = at + 4
    const end = start + bytes.readUInt16LE(at + 2)
    const from = bare.has(type) ? end : start + (type === 0x85 ? 4 : 0)
    yield { start, from, end }
    at = end
  }
}

function mixed(bytes: Buffer, cipher: StreamCipher): Buffer {
  const isMixed = new Uint8Array(bytes.length)
  for (const { from, end } of bodies(bytes)) isMixed.fill(1, from, end)
  return decryptBlocks(bytes, cipher, 1024, (at) => (isMixed[at] ? at : at + 1))
}

const xls = (Workbook: Buffer) => compoundOf({ streams: { Workbook } })

export const encryptedWorkbooks: Readonly<
  Record<string, (password: string, globals: readonly Buffer[]) => Buffer>
> = {
  'RC4 of 40 bits'(password, globals) {
    const first = digest('md5', wide(password)).subarray(0, 5)
    const one = Buffer.concat([first, salt])
    const key = digest('md5', ...Array.from({ length: 16 }, () => one))
    const block = (n: number) =>
      new Rc4(digest('md5', key.subarray(0, 5), u32(n)))
    const mix = block(0)
    const head = Buffer.concat([
      u16(1, 1, 1),
      salt,
      mix.decrypt(verifier),
      mix.decrypt(digest('md5', verifier)),
    ])
    return xls(mixed(stream(head, globals), { block }))
  },
  'RC4 of 128 bits'(password, globals) {
    const cipher = strongCipher(password)
    const { block } = cipher
    const head = Buffer.concat([u16(1), cipher.head])
    return xls(mixed(stream(head, globals), { block }))
  },
  XOR(password, globals) {
    const bytes = stream(
      u16(0, xorKey(password), xorVerifier(password)),
      globals,
    )
    const array = xorArray(password)
    for (const { start, from, end } of [...bodies(bytes)]) {
      for (let i = from; i < end; i++) {
        const turned = ((bytes[i]! >> 3) | (bytes[i]! << 5)) & 255
        bytes[i] = turned ^ array[(i + end - start) % 16]!
      }
    }
    return xls(bytes)
  },
}

/** As Office 2010 and later encrypt a package; few rounds. `keyBytes`: of 32 that are announced so many are there. */
export function encryptedPackage(
  password: string,
  bytes: Buffer,
  keyBytes = 32,
): Buffer {
  const hash = 'sha512'
  let base = digest(hash, salt, wide(password))
  const rounds = 1000
  for (let i = 0; i < rounds; i++) base = digest(hash, u32(i), base)
  const encrypt = (key: Buffer, start: Buffer, plain: Buffer) => {
    const cipher = createCipheriv('aes-256-cbc', key, start).setAutoPadding(
      false,
    )
    const whole = Buffer.concat([
      plain,
      Buffer.alloc((16 - (plain.length % 16)) % 16),
    ])
    return Buffer.concat([cipher.update(whole), cipher.final()])
  }
  const under = (block: string, plain: Buffer) => {
    const key = digest(hash, base, Buffer.from(block, 'hex')).subarray(0, 32)
    return encrypt(key, salt, plain).toString('base64')
  }
  const key = Buffer.alloc(32, 9)
  const parts = []
  for (let at = 0, n = 0; at < bytes.length; at += 4096, n++) {
    const start = digest(hash, salt, u32(n)).subarray(0, 16)
    parts.push(encrypt(key, start, bytes.subarray(at, at + 4096)))
  }
  const same = `saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512" saltValue="${salt.toString('base64')}"`
  const xml = `<encryption><keyData ${same}/><keyEncryptors><keyEncryptor><p:encryptedKey spinCount="${rounds}" ${same} encryptedVerifierHashInput="${under('fea7d2763b4b9e79', verifier)}" encryptedVerifierHashValue="${under('d7aa0f6d3061344e', digest(hash, verifier))}" encryptedKeyValue="${under('146e0be7abacd0d6', key.subarray(0, keyBytes))}"/></keyEncryptor></keyEncryptors></encryption>`
  return compoundOf({
    streams: {
      EncryptionInfo: Buffer.concat([u16(4, 4), u32(0x40), Buffer.from(xml)]),
      EncryptedPackage: Buffer.concat([u32(bytes.length), u32(0), ...parts]),
    },
  })
}

/** As Office 2007 encrypts a package. */
export function standardPackage(password: string, bytes: Buffer): Buffer {
  let rounds = digest('sha1', salt, wide(password))
  for (let i = 0; i < 50_000; i++) rounds = digest('sha1', u32(i), rounds)
  const last = digest('sha1', rounds, u32(0))
  const block = Buffer.alloc(64, 0x36)
  last.forEach((byte, i) => {
    block[i] = block[i]! ^ byte
  })
  const key = digest('sha1', block).subarray(0, 16)
  const encrypt = (plain: Buffer) => {
    const cipher = createCipheriv('aes-128-ecb', key, null)
    cipher.setAutoPadding(false)
    const whole = Buffer.alloc(Math.ceil(plain.length / 16) * 16)
    plain.copy(whole)
    return Buffer.concat([cipher.update(whole), cipher.final()])
  }
  const header = Buffer.concat(
    [0x24, 0, 0x660e, 0x8004, 128, 0x18, 0, 0].map((n) => u32(n)),
  )
  const EncryptionInfo = Buffer.concat([
    u16(3, 2),
    u32(0x24),
    u32(header.length),
    header,
    u32(16),
    salt,
    encrypt(verifier),
    u32(20),
    encrypt(digest('sha1', verifier)),
  ])
  const size = Buffer.alloc(8)
  size.writeBigUInt64LE(BigInt(bytes.length))
  const EncryptedPackage = Buffer.concat([size, encrypt(bytes)])
  return compoundOf({ streams: { EncryptionInfo, EncryptedPackage } })
}

/** RC4 of the CryptoAPI: what says how, and the key of a block. */
function strongCipher(password: string) {
  const base = digest('sha1', salt, wide(password))
  const block = (n: number) =>
    new Rc4(digest('sha1', base, u32(n)).subarray(0, 16))
  const mix = block(0)
  const header = Buffer.concat(
    [4, 0, 0x6801, 0x8004, 128, 1, 0, 0, 0].map((n) => u32(n)),
  )
  const head = Buffer.concat([
    u16(4, 2),
    u32(4),
    u32(header.length),
    header,
    u32(16),
    salt,
    mix.decrypt(verifier),
    u32(20),
    mix.decrypt(digest('sha1', verifier)),
  ])
  return { head, block }
}

/** A presentation of one object, number 1; 2 says how it is encrypted. */
export function encryptedPresentation(
  password: string,
  parts: PresentationParts,
): Buffer {
  const { head, block } = strongCipher(password)
  const object = block(1).decrypt(presentationStream(parts))
  const session = Buffer.concat([u16(0xf, 0x2f14), u32(head.length), head])
  const directory = Buffer.concat([
    ...[u16(0, 0x1772), u32(12), u32((2 << 20) | 1)],
    ...[u32(0), u32(object.length)],
  ])
  const directoryAt = object.length + session.length
  const edit = Buffer.concat([
    ...[u16(0, 0x0ff5), u32(32)],
    ...[0, 0, 0, directoryAt, 1, 3, 0, 2].map((n) => u32(n)),
  ])
  const current = Buffer.concat([
    ...[u16(0, 0x0ff6), u32(20), u32(20), u32(0xf3d1c4df)],
    u32(directoryAt + directory.length),
  ])
  return pptOf(Buffer.concat([object, session, directory, edit]), current)
}

/** Binary letters, by the way in which they are kept from being read. */
export const encryptedLetters: Readonly<
  Record<string, (password: string, text: string) => Buffer>
> = {
  'RC4 of 40 bits'(password, text) {
    const { word, table } = wordStreams({ text })
    const first = digest('md5', wide(password)).subarray(0, 5)
    const one = Buffer.concat([first, salt])
    const key = digest('md5', ...Array.from({ length: 16 }, () => one))
    const block = (n: number) =>
      new Rc4(digest('md5', key.subarray(0, 5), u32(n)))
    const mix = block(0)
    const head = Buffer.concat([
      u16(1, 1),
      salt,
      mix.decrypt(verifier),
      mix.decrypt(digest('md5', verifier)),
    ])
    return letter(word, table, head, { block })
  },
  'RC4 of 128 bits'(password, text) {
    const { word, table } = wordStreams({ text })
    const { head, block } = strongCipher(password)
    return letter(word, table, head, { block })
  },
  XOR(password, text) {
    const { word, table } = wordStreams({ text })
    word.writeUInt16LE(word.readUInt16LE(10) | 0x8100, 10)
    const key = ((xorKey(password) << 16) | xorVerifier(password)) >>> 0
    word.writeUInt32LE(key, 14)
    const array = xorArray(password)
    const masked = (bytes: Buffer, from: number) =>
      bytes.map((byte, at) => {
        const mix = byte ^ array[at % 16]!
        return at < from || byte === 0 || mix === 0 ? byte : mix
      })
    return compoundOf({
      streams: {
        WordDocument: Buffer.from(masked(word, 68)),
        '1Table': Buffer.from(masked(table, 0)),
      },
    })
  },
}

/** What says how it is encrypted stands in front of the table, and is no part of what is. */
function letter(
  word: Buffer,
  table: Buffer,
  head: Buffer,
  cipher: StreamCipher,
): Buffer {
  word.writeUInt16LE(word.readUInt16LE(10) | 0x100, 10)
  word.writeUInt32LE(head.length, 14)
  word.writeUInt32LE(head.length, 0x1a2)
  const whole = Buffer.concat([head, table])
  const blocks = (bytes: Buffer, from: number) => {
    const mixed = decryptBlocks(bytes, cipher, 512, (at) => at)
    return Buffer.concat([bytes.subarray(0, from), mixed.subarray(from)])
  }
  return compoundOf({
    streams: {
      WordDocument: blocks(word, 68),
      '1Table': blocks(whole, head.length),
    },
  })
}
