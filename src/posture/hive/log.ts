// What was written to the transaction logs and not yet to the hive? A hive that was copied from a running host lacks its last minutes. Suhanov,
// sections "Transaction log files" (old: a bitmap of dirty sectors; new: entries with sequence numbers and hashes).
import {
  type BaseBlock,
  baseBlockLength,
  logHeadLength,
  readBaseBlock,
  textAt,
  viewOf,
} from './base-block.ts'
import { marvin32 } from './marvin32.ts'

const entryHead = 40
const pageReference = 8
const sector = 512
/** Bytes of a hive and its longer copy, where logs add to its end; hives of hosts have some 100 MiB. */
const maxBothCopies = 192 * 1024 * 1024
const maxEntries = 100_000

interface Page {
  readonly offset: number
  readonly bytes: Uint8Array
}

interface Entry {
  readonly sequence: number
  readonly length: number
  readonly pages: readonly Page[]
}

export interface Recovered {
  readonly bytes: Uint8Array
  /** What was done, or could not be, in words. */
  readonly notes: readonly string[]
}

export function recover(
  hive: Uint8Array,
  head: BaseBlock,
  logs: readonly Uint8Array[],
): Recovered {
  const isClean = head.isSound && head.primary === head.secondary
  if (isClean) return { bytes: hive, notes: [] }
  const entries = logs.flatMap((log) => entriesOf(log))
  entries.sort((a, b) => a.sequence - b.sequence)
  const notes: string[] = []
  let expected: number | undefined
  const due: Entry[] = []
  for (const entry of entries) {
    // Where the base block is torn its numbers say nothing: the logs alone tell the order.
    if (head.isSound && entry.sequence < head.secondary) continue
    if (expected !== undefined && entry.sequence !== expected) break
    due.push(entry)
    expected = entry.sequence + 1
  }
  if (expected === undefined) {
    notes.push(
      `the hive was not written out in full (sequence ${head.primary}, ${head.secondary}), and no log beside it has the rest: what it says may be old`,
    )
  } else notes.push(`transaction logs applied up to entry ${expected - 1}`)
  const bytes = withRoomFor(due, hive)
  let outside = 0
  for (const { pages } of due) {
    for (const page of pages) {
      const at = baseBlockLength + page.offset
      if (at + page.bytes.length <= bytes.length) bytes.set(page.bytes, at)
      else outside++
    }
  }
  if (outside > 0) {
    notes.push(`${outside} pages of its transaction logs lie outside of it`)
  }
  return { bytes, notes }
}

/** The hive itself, which nobody else reads, unless logs add to its end; the pages that are added are all in the logs. */
function withRoomFor(entries: readonly Entry[], hive: Uint8Array): Uint8Array {
  let end = hive.length
  for (const { pages } of entries) {
    for (const { offset, bytes } of pages) {
      end = Math.max(end, baseBlockLength + offset + bytes.length)
    }
  }
  if (end === hive.length || end + hive.length > maxBothCopies) return hive
  const longer = new Uint8Array(end)
  longer.set(hive)
  return longer
}

function entriesOf(log: Uint8Array): readonly Entry[] {
  const head = readBaseBlock(log)
  if (!head?.isSound) return []
  if (textAt(log, logHeadLength, 4) === 'DIRT') return oldEntry(log, head)
  const entries: Entry[] = []
  let at = logHeadLength
  while (at + entryHead <= log.length && entries.length < maxEntries) {
    const view = viewOf(log)
    const size = view.getUint32(at + 4, true)
    const isWhole =
      textAt(log, at, 4) === 'HvLE' &&
      size >= entryHead &&
      size % sector === 0 &&
      at + size <= log.length
    const entry = isWhole && readEntry(log.subarray(at, at + size))
    if (!entry) break
    entries.push(entry)
    at += size
  }
  return entries
}

function readEntry(bytes: Uint8Array): Entry | undefined {
  const view = viewOf(bytes)
  const isSound =
    isHash(view, 24, bytes.subarray(entryHead)) &&
    isHash(view, 32, bytes.subarray(0, 32))
  const count = view.getUint32(20, true)
  let from = entryHead + count * pageReference
  if (!isSound || from > bytes.length) return undefined
  const pages: Page[] = []
  for (let i = 0; i < count; i++) {
    const reference = entryHead + i * pageReference
    const offset = view.getUint32(reference, true)
    const size = view.getUint32(reference + 4, true)
    if (from + size > bytes.length) return undefined
    pages.push({ offset, bytes: bytes.subarray(from, from + size) })
    from += size
  }
  const [sequence, length] = [
    view.getUint32(12, true),
    view.getUint32(16, true),
  ]
  return { sequence, length, pages }
}

function isHash(view: DataView, at: number, bytes: Uint8Array): boolean {
  const [low, high] = marvin32(bytes)
  return (
    view.getUint32(at, true) === low && view.getUint32(at + 4, true) === high
  )
}

function oldEntry(log: Uint8Array, head: BaseBlock): readonly Entry[] {
  const bitmap = logHeadLength + 4
  const sectors = Math.floor(head.length / sector)
  const begins = bitmap + Math.ceil(sectors / 8)
  let from = Math.ceil(begins / sector) * sector
  const pages: Page[] = []
  for (let i = 0; i < sectors && from + sector <= log.length; i++) {
    const isDirty = ((log[bitmap + (i >> 3)] ?? 0) >> (i & 7)) & 1
    if (!isDirty) continue
    pages.push({ offset: i * sector, bytes: log.subarray(from, from + sector) })
    from += sector
  }
  return pages.length
    ? [{ sequence: head.secondary, length: head.length, pages }]
    : []
}
