// A log that was read and is then packed (`audit.log` -> `audit.log.2.gz`) has the same bytes in other clothes. Where its beginning says so
// it is unpacked beside the state, so that what was not read yet is read where the other file stopped.
import { createReadStream, createWriteStream } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'

import { headBytes } from '../../../readers/containers/member-flow.ts'

import { Beginning, continues } from './fingerprint.ts'
import type { SourceState } from './source.ts'

/** In bytes; a larger log is read as a whole. */
const maxUnpackedBytes = 4 * 1024 ** 3

export function isPacked(head: Buffer): boolean {
  return head[0] === 0x1f && head[1] === 0x8b
}

/** Unpacks into `into`. undefined: it does not begin with anything that was read, and nothing is left there. */
export async function unpackKnown(
  path: string,
  into: string,
  known: readonly SourceState[],
): Promise<SourceState | undefined> {
  if (!known.some((k) => k.read && k.read.bytes > 0)) return undefined
  try {
    await pipeline(
      createReadStream(path),
      createGunzip(),
      atMost(maxUnpackedBytes),
      createWriteStream(into, { mode: 0o600 }),
    )
    const state = await whatBegins(into, known)
    if (state) return state
  } catch {
    // Torn or too large: its own reader says what is wrong with it.
  }
  await rm(into, { force: true })
  return undefined
}

function atMost(bytes: number): Transform {
  let seen = 0
  return new Transform({
    transform(block: Buffer, _encoding, done) {
      seen += block.length
      if (seen > bytes) done(new Error(`over ${bytes} bytes`))
      else done(null, block)
    },
  })
}

/** The state that the bytes of a file go on from. */
export async function whatBegins(
  path: string,
  known: readonly SourceState[],
): Promise<SourceState | undefined> {
  const file = await open(path)
  try {
    const head = Buffer.alloc(headBytes)
    const { bytesRead } = await file.read(head, 0, headBytes, 0)
    const beginning = new Beginning(head.subarray(0, bytesRead))
    for (const state of known) {
      const { read } = state
      if (read && beginning.fits(read) && (await continues(file, read))) {
        return state
      }
    }
    return undefined
  } finally {
    await file.close()
  }
}
