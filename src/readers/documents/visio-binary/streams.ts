// The streams within a drawing of Visio before 2013: pointers lead from one to the next (libvisio: VSDParser; the format is not published).
import { Cursor } from '../binary/cursor.ts'
import { unpack } from './unpack.ts'

/** In the stream of the compound file: the version, and the pointer to the first of the streams. */
const versionAt = 0x1a
const trailerAt = 0x24
/** 2000 and 2002 have 6, 2003 to 2010 have 11; before, pointers are shorter. */
const firstVersion = 6
const pointerBytes = 18
const packed = 0x2
/** In the upper part of a pointer's format: there are further pointers. */
const hasPointers = 0x5
/** A stream of colours, which only looks as if it had pointers. */
const colours = 0x16
/** A stream that is a part of an embedded object. */
const objectData = 0x1f

/** Streams of one drawing. */
const maxStreams = 20_000
/** All of them unpacked, in bytes. */
const maxBytes = 64 * 1024 * 1024

export interface DrawingStream {
  readonly bytes: Buffer
  /** In the drawing, where it stands there as it is. */
  readonly offset: number | undefined
  /** A part of an embedded object. */
  readonly isObject: boolean
}

interface Pointer {
  readonly type: number
  readonly offset: number
  readonly length: number
  readonly format: number
}

/** Texts are UTF-16 from this version on; undefined: a version whose streams are not known here. */
export function isWide(drawing: Buffer): boolean | undefined {
  const version = drawing[versionAt] ?? 0
  return version < firstVersion ? undefined : version > firstVersion
}

export function* drawingStreams(
  drawing: Buffer,
  cut: (what: string) => void,
): Generator<DrawingStream> {
  const seen = new Set<number>()
  let bytes = 0
  const waiting = [pointerAt(new Cursor(drawing, trailerAt))]
  for (let p = waiting.pop(); p; p = waiting.pop()) {
    if (seen.has(p.offset)) continue
    seen.add(p.offset)
    if (seen.size > maxStreams || bytes >= maxBytes) {
      cut(`over ${maxStreams} streams or ${maxBytes} bytes of a drawing`)
      return
    }
    const stored = drawing.subarray(p.offset, p.offset + p.length)
    const isPacked = (p.format & packed) !== 0
    const stream = isPacked ? unpack(stored, maxBytes - bytes) : stored
    bytes += stream.length
    const offset = isPacked ? undefined : p.offset
    yield { bytes: stream, offset, isObject: p.type === objectData }
    const isFirst = seen.size === 1
    if (isFirst || (p.format >> 4 === hasPointers && p.type !== colours)) {
      const inside = pointersIn(stream, isFirst || isPacked ? 4 : 0)
      for (const pointer of inside.reverse())
        if (waiting.length < maxStreams) waiting.push(pointer)
    }
  }
}

/** They stand behind a number that says where they begin. */
function pointersIn(stream: Buffer, shift: number): Pointer[] {
  const from = new Cursor(stream, shift).u32() + shift
  const cursor = new Cursor(stream, Math.min(from, stream.length))
  const count = Math.min(cursor.u32(), maxStreams)
  cursor.skip(4)
  const pointers: Pointer[] = []
  for (let i = 0; i < count && cursor.left >= pointerBytes; i++) {
    const pointer = pointerAt(cursor)
    if (pointer.type !== 0) pointers.push(pointer)
  }
  return pointers
}

function pointerAt(cursor: Cursor): Pointer {
  const type = cursor.u32()
  cursor.skip(4)
  const [offset, length] = [cursor.u32(), cursor.u32()]
  return { type, offset, length, format: cursor.u16() }
}
