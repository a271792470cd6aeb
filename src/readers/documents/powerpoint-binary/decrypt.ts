// A binary presentation under a password (MS-PPT 2.3.7): each object of the directory of what is stored is encrypted by itself, with its number as that
// of the block. The directory, and what says how it is encrypted, are not.
import { u16At, u32At } from '../binary/cursor.ts'
import { type StreamCipher, streamCipher } from '../encryption/stream-cipher.ts'

const types = { userEdit: 0x0ff5, directory: 0x1772, session: 0x2f14 }
const headBytes = 8
/** Where the atom of the last edit says which object tells how it is encrypted, in bytes; absent where none is. */
const sessionAt = headBytes + 28
const maxObjects = 100_000

export interface EncryptedPresentation {
  /** undefined: no password fits, or it is encrypted in another way. */
  readonly plain: Buffer | undefined
}

/** undefined: it is not encrypted. `current`: the stream `Current User` beside it. */
export function decryptPresentation(
  stream: Buffer,
  current: Buffer,
  passwords: readonly string[],
): EncryptedPresentation | undefined {
  const edit = u32At(current, 16)
  const isEdit = u16At(stream, edit + 2) === types.userEdit
  const session =
    isEdit && u32At(stream, edit + 4) >= 32
      ? u32At(stream, edit + sessionAt)
      : 0
  if (session === 0) return isMarked(current) ? { plain: undefined } : undefined
  const objects = directoryOf(stream, u32At(stream, edit + headBytes + 12))
  const at = objects.get(session)
  if (at === undefined || u16At(stream, at + 2) !== types.session)
    return { plain: undefined }
  const header = stream.subarray(at + headBytes)
  const cipher = streamCipher(header, passwords)
  if (!cipher) return { plain: undefined }
  objects.delete(session)
  return { plain: decrypted(stream, objects, cipher) }
}

/** 2.3.2: the token of the one that is encrypted. */
function isMarked(current: Buffer): boolean {
  return u32At(current, 12) === 0xf3d1c4df
}

/** Where each object begins, by its number (2.3.4, 2.3.5). */
function directoryOf(stream: Buffer, at: number): Map<number, number> {
  const objects = new Map<number, number>()
  if (u16At(stream, at + 2) !== types.directory) return objects
  const end = Math.min(stream.length, at + headBytes + u32At(stream, at + 4))
  for (let entry = at + headBytes; entry + 4 <= end; ) {
    const head = u32At(stream, entry)
    const count = head >>> 20
    const first = head & 0xf_ffff
    for (let i = 0; i < count && objects.size < maxObjects; i++) {
      const place = entry + 4 + i * 4
      if (place + 4 > end) return objects
      objects.set(first + i, u32At(stream, place))
    }
    entry += 4 + count * 4
  }
  return objects
}

function decrypted(
  stream: Buffer,
  objects: ReadonlyMap<number, number>,
  cipher: StreamCipher,
): Buffer {
  const out = Buffer.from(stream)
  // Objects do not share bytes: a directory that says so is not followed without end.
  let left = stream.length
  for (const [number, at] of objects) {
    if (at + headBytes > stream.length || left <= 0) continue
    const mix = cipher.block(number)
    const head = mix.decrypt(stream.subarray(at, at + headBytes))
    const length = Math.min(head.readUInt32LE(4), stream.length, left)
    left -= headBytes + length
    const from = at + headBytes
    head.copy(out, at)
    mix.decrypt(stream.subarray(from, from + length)).copy(out, from)
  }
  return out
}
