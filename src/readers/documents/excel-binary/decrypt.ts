// A binary workbook under a password (MS-XLS 2.2.10): the bodies of its records are encrypted, their types and lengths are
// not, nor are some records that are needed first.
import { u16At } from '../binary/cursor.ts'
import { decryptBlocks, streamCipher } from '../encryption/stream-cipher.ts'
import { xorArray, xorKey, xorVerifier } from '../encryption/xor.ts'

const blockBytes = 1024
/** BOF, FILEPASS, UsrExcl, FileLock, InterfaceHdr, RRDInfo, RRDHead. */
const plainTypes = new Set([
  0x0809, 0x002f, 0x0194, 0x0195, 0x00e1, 0x0196, 0x0138,
])
const sheetType = 0x0085

/** `password` is the body of FILEPASS. undefined: none fits. */
export function decryptWorkbook(
  stream: Buffer,
  password: Buffer,
  version: 5 | 8,
  passwords: readonly string[],
): Buffer | undefined {
  const kind = version === 8 ? u16At(password, 0) : 0
  const body = version === 8 ? password.subarray(2) : password
  if (kind === 0) return unmasked(stream, body, passwords)
  const cipher = streamCipher(body, passwords)
  if (!cipher) return undefined
  const plain = plainRanges(stream)
  return withoutPassword(decryptBlocks(stream, cipher, blockBytes, plain))
}

/** For a place: up to where bytes are as they are. Asked for rising places. */
function plainRanges(stream: Buffer): (at: number) => number {
  let next = 0
  let encryptedTo = 0
  return (at) => {
    while (at >= encryptedTo && next + 4 <= stream.length) {
      const type = u16At(stream, next)
      const end = next + 4 + u16At(stream, next + 2)
      const from = plainTypes.has(type)
        ? end
        : next + 4 + (type === sheetType ? 4 : 0)
      encryptedTo = Math.max(end, next + 4)
      next = encryptedTo
      if (at < from) return Math.min(from, stream.length)
    }
    return at
  }
}

function unmasked(
  stream: Buffer,
  body: Buffer,
  passwords: readonly string[],
): Buffer | undefined {
  const key = u16At(body, 0)
  const verifier = u16At(body, 2)
  const password = passwords.find(
    (p) => xorKey(p) === key && xorVerifier(p) === verifier,
  )
  if (password === undefined) return undefined
  const mix = xorArray(password)
  const out = Buffer.from(stream)
  for (let at = 0; at + 4 <= stream.length; ) {
    const type = u16At(stream, at)
    const end = Math.min(at + 4 + u16At(stream, at + 2), stream.length)
    const from = plainTypes.has(type)
      ? end
      : at + 4 + (type === sheetType ? 4 : 0)
    // MS-XLS 2.2.10: the place in the array follows the end of the record.
    for (let i = from; i < end; i++) {
      const mixed = out[i]! ^ mix[(i + end - at - 4) % 16]!
      out[i] = ((mixed << 3) | (mixed >> 5)) & 255
    }
    at = end
  }
  return withoutPassword(out)
}

/** So that it reads as if there never had been one. */
function withoutPassword(stream: Buffer): Buffer {
  for (let at = 0; at + 4 <= stream.length; ) {
    if (u16At(stream, at) === 0x002f) {
      stream.writeUInt16LE(0xffff, at)
      break
    }
    at += 4 + u16At(stream, at + 2)
  }
  return stream
}
