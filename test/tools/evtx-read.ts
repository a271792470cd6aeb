// Reads EVTX bytes whole, for tests: every record with all its values, and what was reported.
import type { Damage, Provenance, Shape, Value } from '../../src/base/record.ts'
import { evtx } from '../../src/readers/evtx/index.ts'
import type { Gate, StreamFormat } from '../../src/readers/reader.ts'

export interface ReadRecord {
  readonly fields: Readonly<Record<string, Value>>
  readonly number: number
  readonly offset: number
  readonly provenance: Provenance
  readonly writtenAt: number | undefined
  readonly shape: Shape
}

export interface ReadResult {
  readonly records: readonly ReadRecord[]
  readonly damages: readonly Damage[]
  readonly skipped: number
  readonly shapes: readonly string[]
}

export interface ReadOptions {
  readonly gate?: Gate
  readonly start?: number
  /** Sizes of the blocks that are pushed, over and over; default: all at once. */
  readonly blocks?: readonly number[]
  readonly format?: StreamFormat
}

export function readEvtx(bytes: Buffer, options: ReadOptions = {}): ReadResult {
  const records: ReadRecord[] = []
  const damages: Damage[] = []
  const shapes: string[] = []
  let skipped = 0
  const reader = (options.format ?? evtx).open({
    ...(options.gate ? { gate: options.gate } : {}),
    ...(options.start === undefined ? {} : { start: options.start }),
    sink: {
      record(record) {
        const fields: Record<string, Value> = {}
        record.shape.names.forEach((name, i) => {
          const value = record.value(i)
          if (value !== undefined) fields[name] = value
        })
        const { number, offset, provenance, writtenAt, shape } = record
        records.push({ fields, number, offset, provenance, writtenAt, shape })
      },
      skipped(count) {
        skipped += count
      },
      damaged(damage) {
        damages.push(damage)
      },
      unknownShape() {},
      shapeSeen(name) {
        shapes.push(name)
      },
    },
  })
  const sizes = options.blocks ?? [Math.max(bytes.length, 1)]
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length]!
    // A copy that is wiped, as the block's owner may do.
    const block = Buffer.from(bytes.subarray(at, at + size))
    reader.push(block)
    block.fill(0xaa)
    at += size
  }
  reader.end()
  return { records, damages, skipped, shapes }
}
