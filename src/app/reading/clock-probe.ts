// Are the clocks of a source wrong by whole hours? Its first records tell, and of a large file some from all over it, before any
// of its events is shown: so that what is found does not depend on how the file is cut.
import { type FileHandle, open } from 'node:fs/promises'

import { utcName as utc } from '../../base/time-names.ts'

import { eachRecord, recogniseFormat } from '../../readers/index.ts'
import type { StreamFormat, WholeFormat } from '../../readers/reader.ts'
import { onDisk } from '../../readers/disk-name.ts'
import { headBytes } from '../../readers/containers/member-flow.ts'
import { readHead } from '../../readers/split-file.ts'

import { ClockWatch } from '../../normalise/clocks.ts'
import type { Clocks } from '../../normalise/provider.ts'

import type { Piece } from './report.ts'

/** Only a log that has it can hold events that tell that time. */
const ofWindows = 'EventID'

/** Windows of a large file that are looked at, beside its beginning, and their size in bytes. */
const samples = 24
const sampleBytes = 64 * 1024

const LF = 0x0a

/** `head`: the beginning of the source, as much as there is of it at once. */
export function clocksOf(
  format: StreamFormat | WholeFormat,
  head: Buffer,
): Clocks | undefined {
  if (format.read !== 'stream' || !head.includes(utc)) return undefined
  const watch = new ClockWatch()
  eachRecord(format, head, (record) => watch.record(record))
  return watch.clocks()
}

/** Lines of which later ones may tell. */
export function mayTellClocks(
  format: StreamFormat | WholeFormat,
  head: Buffer,
): boolean {
  return (
    format.read === 'stream' &&
    format.split?.by === 'lines' &&
    head.length >= headBytes &&
    head.includes(ofWindows)
  )
}

/** Names of files that hold lines, of whatever tool. */
const textual =
  /(?:^|[/\\])[^./\\]*$|\.(?:json|jsonl|ndjson|log|txt|xml|csv|tsv)$/i

/** Whether a piece is a file, or part of one, of which all of it was asked. */
export function isLookedThrough({ format, path, bytes }: Piece): boolean {
  if (format) return true
  return bytes > headBytes && path !== '-' && textual.test(path)
}

/** Of a file that is not cut, where its head may not be all of it; what cannot be read is told when it is read. */
export async function clocksOfPiece(piece: Piece): Promise<Clocks | undefined> {
  if (piece.format) return piece.clocks
  if (!isLookedThrough(piece)) return undefined
  const { path, bytes } = piece
  return await clocksOfFile(path, bytes).catch(() => undefined)
}

/** Of a plain file that is larger than a head. */
export async function clocksOfFile(
  path: string,
  size: number,
): Promise<Clocks | undefined> {
  const head = await readHead(path)
  const format = recogniseFormat(head, path)
  if (format?.read !== 'stream') return undefined
  const { split } = format
  const isLines = split?.by === 'lines' && (split.allowed?.(head) ?? true)
  if (!isLines || head.includes(utc)) return clocksOf(format, head)
  if (!head.includes(ofWindows)) return undefined
  const lines = await linesWith(path, size, utc)
  return lines && clocksOf(format, lines)
}

/** Whole lines that hold a text, from all over a file; undefined: none were met. */
async function linesWith(
  path: string,
  size: number,
  text: string,
): Promise<Buffer | undefined> {
  const file = await open(onDisk(path))
  try {
    const found: Buffer[] = []
    for (let n = 1; n <= samples; n++) {
      const at = Math.floor((size * n) / (samples + 1))
      const window = await readAt(file, at)
      for (const line of wholeLines(window)) {
        if (line.includes(text)) found.push(line)
      }
    }
    return found.length ? Buffer.concat(found) : undefined
  } finally {
    await file.close()
  }
}

async function readAt(file: FileHandle, at: number): Promise<Buffer> {
  const window = Buffer.alloc(sampleBytes)
  const { bytesRead } = await file.read(window, 0, sampleBytes, at)
  return window.subarray(0, bytesRead)
}

/** Each with its break; what the window cuts is left out. */
function* wholeLines(window: Buffer): Generator<Buffer> {
  let from = window.indexOf(LF) + 1
  for (let to = from; ; from = to) {
    to = window.indexOf(LF, from) + 1
    if (to === 0) return
    yield window.subarray(from, to)
  }
}
