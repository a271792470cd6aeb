// Binary drawings of Visio made by hand, stream by stream: for tests.
import { compoundOf } from './compound.ts'
import { u16, u32 } from './workbook-binary.ts'

/** Packed as Visio does: what repeats what stood before is a reference. */
export function packed(bytes: Buffer): Buffer {
  const out: number[] = []
  let at = 0
  while (at < bytes.length) {
    let flags = 0
    const group: number[] = []
    for (let bit = 0; bit < 8 && at < bytes.length; bit++) {
      const [from, length] = before(bytes, at)
      if (length >= 3) {
        const place = (4078 + from) % 4096
        group.push(place & 0xff, ((place >> 4) & 0xf0) | (length - 3))
        at += length
      } else {
        flags |= 1 << bit
        group.push(bytes[at++]!)
      }
    }
    out.push(flags, ...group)
  }
  return Buffer.from(out)
}

function before(bytes: Buffer, at: number): [from: number, length: number] {
  let best: [number, number] = [0, 0]
  for (let from = Math.max(0, at - 2_000); from < at; from++) {
    let length = 0
    while (
      length < 18 &&
      at + length < bytes.length &&
      bytes[from + length] === bytes[at + length]
    )
      length++
    if (length > best[1]) best = [from, length]
  }
  return best
}

export interface DrawingParts {
  readonly version?: number
  /** Streams of shapes, each as it is when it is unpacked. */
  readonly shapes?: readonly Buffer[]
  /** Parts of one embedded object. */
  readonly objectParts?: readonly Buffer[]
  readonly isPacked?: boolean
}

const shapeType = 0x48
const objectType = 0x1f
const pageType = 0x15
const headBytes = 0x40

/** A trailer that names a page, which names shapes and parts of an object. */
export function drawingStream({
  version = 11,
  shapes = [],
  objectParts = [],
  isPacked = true,
}: DrawingParts): Buffer {
  const head = Buffer.alloc(headBytes)
  head.write('Visio (TM) Drawing\r\n', 'latin1')
  head[0x1a] = version
  const parts: Buffer[] = [head]
  let end = headBytes
  const add = (bytes: Buffer, packs: boolean, type: number, format: number) => {
    const stored = packs ? packed(bytes) : bytes
    const kind = format | (packs ? 2 : 0)
    const pointer = pointerOf(type, end, stored.length, kind)
    parts.push(stored)
    end += stored.length
    return pointer
  }
  const inner = [
    ...shapes.map((s) => add(s, isPacked, shapeType, 0xd0)),
    ...objectParts.map((part) =>
      add(Buffer.concat([u32(part.length), part]), isPacked, objectType, 0x40),
    ),
  ]
  const page = add(listOf(inner, isPacked ? 4 : 0), isPacked, pageType, 0x50)
  const trailer = add(listOf([page], 4), true, 0x14, 0x50)
  trailer.copy(head, 0x24)
  return Buffer.concat(parts)
}

function listOf(pointers: readonly Buffer[], shift: number): Buffer {
  const head = Buffer.concat([Buffer.alloc(shift), u32(8), u32(0)])
  return Buffer.concat([...[head, u32(pointers.length), u32(0)], ...pointers])
}

function pointerOf(
  type: number,
  offset: number,
  length: number,
  format: number,
): Buffer {
  return Buffer.concat([
    ...[u32(type), u32(0), u32(offset), u32(length)],
    u16(format),
  ])
}

export function vsdOf(parts: DrawingParts): Buffer {
  return compoundOf({ streams: { VisioDocument: drawingStream(parts) } })
}
