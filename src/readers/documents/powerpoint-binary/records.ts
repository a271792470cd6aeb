// The records of a binary presentation: a head of 8 bytes, and either data or more records (MS-PPT 2.3.1).
import type { Damage } from '../../../base/record.ts'

export interface PresentationRecord {
  readonly type: number
  readonly instance: number
  readonly at: number
  readonly body: Buffer
  /** Types of the records that it stands in, the outermost first. */
  readonly within: readonly number[]
}

const container = 0xf
/** How it is encrypted: marked as a container, and has no records in it. */
const session = 0x2f14
const maxDepth = 32

export function* presentationRecords(
  stream: Buffer,
  told: (damage: Damage) => void,
): Generator<PresentationRecord> {
  const open: { end: number; type: number }[] = []
  let at = 0
  let isTooDeep = false
  while (at + 8 <= stream.length) {
    while (open.length > 0 && at >= open.at(-1)!.end) open.pop()
    const head = stream.readUInt16LE(at)
    const type = stream.readUInt16LE(at + 2)
    const declared = stream.readUInt32LE(at + 4)
    const end = Math.min(at + 8 + declared, stream.length)
    if (end < at + 8 + declared)
      told({
        what: 'presentation record',
        offset: at,
        message: `type ${type} has ${end - at - 8} bytes of ${declared}`,
      })
    const within = open.map((o) => o.type)
    yield {
      type,
      instance: head >> 4,
      at,
      body: stream.subarray(at + 8, end),
      within,
    }
    const isContainer = (head & 0xf) === container && type !== session
    if (isContainer && open.length < maxDepth) {
      open.push({ end, type })
      at += 8
      continue
    }
    if (isContainer && !isTooDeep) {
      isTooDeep = true
      told({
        what: 'presentation record',
        offset: at,
        message: `deeper than ${maxDepth} containers; it was not read`,
        isBound: true,
      })
    }
    at = end
  }
}
