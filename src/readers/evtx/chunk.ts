// Walks the records of one chunk. A chunk is 64 KiB with its own names and templates, so a torn one costs only its own
// records; a torn record costs itself: the walk goes on at the next record magic.
import { crc32 } from 'node:zlib'

import type { RecordSink } from '../reader.ts'
import {
  chunkBytes,
  chunkHeaderBytes,
  hex,
  limits,
  minRecordBytes,
  recordMagic,
  Unreadable,
  u32,
  u64,
} from './layout.ts'
import type { RecordView } from './record-view.ts'

const recordMagicNumber = 0x2a2a

/** What the chunk's header says, as far as it can be true. */
interface ChunkHead {
  readonly firstNumber: number
  readonly lastNumber: number
  /** undefined: the header makes no sense. */
  readonly expected: number | undefined
  /** Where live records end: stale ones of an earlier use may follow. */
  readonly free: number | undefined
}

/** What came of a chunk's records. */
interface Walk {
  kept: number
  failed: number
  /** What was wrong first. */
  reason: string | undefined
}

function chunkHead(bytes: Buffer): ChunkHead {
  const firstNumber = u64(bytes, 8)
  const lastNumber = u64(bytes, 16)
  const count = lastNumber - firstNumber + 1
  const free = u32(bytes, 48)
  return {
    firstNumber,
    lastNumber,
    expected: isEmpty(bytes)
      ? 0
      : count > 0 && count <= limits.recordsPerChunk
        ? count
        : undefined,
    free: free >= chunkHeaderBytes && free <= chunkBytes ? free : undefined,
  }
}

/** The last number is all ones. */
function isEmpty(bytes: Buffer): boolean {
  return u32(bytes, 16) === 0xffff_ffff && u32(bytes, 20) === 0xffff_ffff
}

/**
 * `bytes` may be shorter than a chunk where the file was cut. `trouble`: what is already known to be wrong with the
 * chunk, if anything.
 */
export function readChunk(
  bytes: Buffer,
  offset: number,
  what: string,
  view: RecordView,
  sink: RecordSink,
  trouble?: string,
): void {
  const head = chunkHead(bytes)
  const walk: Walk = { kept: 0, failed: 0, reason: trouble }
  view.useChunk(bytes)
  walkRecords(bytes, offset, head, view, sink, walk)
  let missing = (head.expected ?? 0) - walk.kept
  if (missing > walk.failed && !isHeadSealed(bytes)) {
    walk.reason ??= 'the checksum of its header is wrong, so are its counts'
    missing = 0
  }
  const lost = Math.max(walk.failed, missing)
  const noFree = head.free === undefined
  if (lost <= 0 && !walk.reason && !noFree) return
  sink.damaged({
    what,
    offset,
    message: describe(bytes, walk.kept, lost, walk.reason, noFree),
    lost: Math.max(lost, 0),
  })
}

/** Whether what the header says is what was written: its checksum covers it without its flags and the records. */
function isHeadSealed(bytes: Buffer): boolean {
  const table = bytes.subarray(128, chunkHeaderBytes)
  return crc32(table, crc32(bytes.subarray(0, 120))) === u32(bytes, 124)
}

function walkRecords(
  bytes: Buffer,
  offset: number,
  head: ChunkHead,
  view: RecordView,
  sink: RecordSink,
  walk: Walk,
) {
  const free = Math.min(head.free ?? bytes.length, bytes.length)
  let last = -1
  let at = chunkHeaderBytes
  for (;;) {
    if (at + minRecordBytes > free) {
      // A header may say too little: it promises records that stand behind its free-space offset.
      if (walk.kept + walk.failed >= (head.expected ?? 0)) return
      if (!continues(bytes, at, last, head.lastNumber)) return
    }
    if (u32(bytes, at) !== recordMagicNumber) {
      const next = bytes.indexOf(recordMagic, at + 4)
      const isLast = next < 0 || next + minRecordBytes > free
      if (isLast && isOver(bytes, at, free, head, walk)) return
      walk.reason ??= `no record at ${hex(offset + at)}`
      // The record that should be here; a second one that follows it is not known of.
      walk.failed++
      if (isLast) return
      at = next
      continue
    }
    const size = u32(bytes, at + 4)
    const fits = size >= minRecordBytes && at + size <= bytes.length
    const whole = fits && u32(bytes, at + size - 4) === size
    const limit = whole ? size : sizeToNext(bytes, at)
    try {
      const wanted = view.read(at, limit, offset + at)
      walk.kept++
      if (view.cut) sayCut(view.cut, offset + at, sink)
      if (wanted) sink.record(view)
      else sink.skipped(1, view.writtenAt, view.otherHost)
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      walk.failed++
      walk.reason ??= `record at ${hex(offset + at)}: ${error.message}`
    }
    last = u64(bytes, at + 8)
    at += limit
  }
}

function sayCut(message: string, offset: number, sink: RecordSink) {
  sink.damaged({ what: 'record', offset, message, lost: 0 })
}

/** Where a record's size cannot be true: up to the next record or the end. */
function sizeToNext(bytes: Buffer, at: number): number {
  const next = bytes.indexOf(recordMagic, at + minRecordBytes)
  return (next < 0 ? bytes.length : next) - at
}

function continues(
  bytes: Buffer,
  at: number,
  last: number,
  lastOfChunk: number,
): boolean {
  if (at + minRecordBytes > bytes.length) return false
  if (u32(bytes, at) !== recordMagicNumber) return false
  const number = u64(bytes, at + 8)
  return number > last && number <= lastOfChunk
}

/** Whether nothing is missing though the free-space offset is farther on: it was not to be believed, or the rest is unused. */
function isOver(
  bytes: Buffer,
  at: number,
  free: number,
  head: ChunkHead,
  walk: Walk,
): boolean {
  if (head.expected !== undefined) {
    return walk.kept + walk.failed >= head.expected
  }
  return head.free === undefined || bytes.subarray(at, free).every(isZero)
}

function isZero(byte: number): boolean {
  return byte === 0
}

function describe(
  bytes: Buffer,
  kept: number,
  lost: number,
  reason: string | undefined,
  noFree: boolean,
): string {
  const said = u32(bytes, 52)
  const free = Math.min(u32(bytes, 48), bytes.length)
  const computed =
    free >= chunkHeaderBytes
      ? crc32(bytes.subarray(chunkHeaderBytes, free))
      : undefined
  const parts: string[] = []
  if (bytes.length < chunkBytes) {
    parts.push(`${bytes.length} of ${chunkBytes} bytes`)
  } else if (noFree) {
    parts.push(`free-space offset ${hex(u32(bytes, 48))} is outside the chunk`)
  } else if (computed !== undefined && computed !== said) {
    parts.push(`checksum ${hex(said)}, computed ${hex(computed)}`)
  }
  parts.push(`${kept} records kept, ${Math.max(lost, 0)} lost`)
  if (reason) parts.push(reason)
  return parts.join('; ')
}
