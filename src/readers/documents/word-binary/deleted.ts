// Which text does a reader of the document not see, because somebody deleted it while changes were tracked? Properties of characters lie in
// pages of 512 bytes, each for a stretch of the stream of text (MS-DOC 2.8.5 PlcBteChpx, 2.9.33 ChpxFkp, 2.6.1 sprmCFRMarkDel).
import { Cursor, u32At } from '../binary/cursor.ts'

import type { FileInformation } from './file-information.ts'
import type { Piece } from './pieces.ts'

const pageBytes = 512
/** Pages that are looked at, and stretches that are kept. */
const maxPages = 65_536
const maxStretches = 200_000
const markedAsDeleted = 0x0800
/** Bytes behind an operation, by the three highest bits of its number; 0: the next byte says. */
const operandBytes = [1, 1, 2, 4, 2, 2, 0, 3] as const

/** Bytes of the stream of text, the end exclusive, in order. */
interface Stretch {
  readonly from: number
  readonly to: number
}

export function deletedIn(
  stream: Buffer,
  table: Buffer,
  { version, characters }: FileInformation,
): readonly Stretch[] {
  if (version !== 'word97') return []
  const { at, length } = characters
  const list = table.subarray(at, at + length)
  const count = Math.min(Math.floor((list.length - 4) / 8), maxPages)
  const found: Stretch[] = []
  for (let i = 0; i < count && found.length < maxStretches; i++) {
    const page = (u32At(list, (count + 1) * 4 + i * 4) & 0x3f_ffff) * pageBytes
    for (const stretch of deletedOnPage(
      stream.subarray(page, page + pageBytes),
    ))
      found.push(stretch)
  }
  return found.sort((a, b) => a.from - b.from)
}

function* deletedOnPage(page: Buffer): Generator<Stretch> {
  if (page.length < pageBytes) return
  const runs = page[pageBytes - 1]!
  for (let i = 0; i < runs; i++) {
    const from = u32At(page, i * 4)
    const to = u32At(page, i * 4 + 4)
    const at = page[(runs + 1) * 4 + i]! * 2
    if (
      at > 0 &&
      to > from &&
      isDeleted(page.subarray(at + 1, at + 1 + page[at]!))
    )
      yield { from, to }
  }
}

function isDeleted(operations: Buffer): boolean {
  const cursor = new Cursor(operations)
  let deleted = false
  while (cursor.left >= 2) {
    const operation = cursor.u16()
    if (operation === markedAsDeleted) deleted = cursor.u8() === 1
    else cursor.skip(operandBytes[operation >> 13] || cursor.u8())
  }
  return deleted
}

/** What is neither a mark of a field nor stands for anything is passed over by who reads fields. */
const nothing = '\0'

/** Without what is deleted, where something beside it is not: a field that is deleted as a whole is told as it was. */
export function withoutDeleted(
  { text, at, bytesEach, ...piece }: Piece,
  deleted: readonly Stretch[],
): Piece {
  const gone = charactersGone(text.length, at, bytesEach, deleted)
  const shown = gone
    ? text.replaceAll(/[^\x13-\x15]+/g, (part, start: number) => {
        const flags = gone.subarray(start, start + part.length)
        if (!flags.includes(1) || !flags.includes(0)) return part
        return Array.from(flags, (f, i) => (f ? nothing : part[i])).join('')
      })
    : text
  return { ...piece, at, bytesEach, text: shown }
}

function charactersGone(
  length: number,
  at: number,
  bytesEach: number,
  deleted: readonly Stretch[],
): Uint8Array | undefined {
  let gone: Uint8Array | undefined
  const end = at + length * bytesEach
  for (const { from, to } of deleted) {
    if (to <= at) continue
    if (from >= end) break
    gone ??= new Uint8Array(length)
    gone.fill(
      1,
      Math.max(0, Math.ceil((from - at) / bytesEach)),
      Math.ceil((to - at) / bytesEach),
    )
  }
  return gone
}
