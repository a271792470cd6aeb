// Runs a reader over bytes and keeps what it gives: for tests.
import { Dates, readDatesOf } from '../../src/base/date-order.ts'
import type { Damage, Provenance, Value } from '../../src/base/record.ts'
import type { Gate, StreamFormat } from '../../src/readers/reader.ts'

export interface KeptRecord {
  readonly number: number
  readonly offset: number
  readonly provenance: Provenance
  readonly shape: object
  /** Without the names that this record lacks. */
  readonly fields: { readonly [name: string]: Value }
}

export interface Collected {
  readonly records: KeptRecord[]
  readonly damages: Damage[]
  readonly shapes: string[]
  readonly unknown: (readonly string[])[]
  skipped: number
}

export interface CollectOptions {
  readonly gate?: Gate
  /** Sizes of the blocks in which the bytes are pushed, in turn; all at once where absent. */
  readonly blocks?: readonly number[]
  readonly start?: number
  readonly linesBefore?: number
  readonly parsesAll?: true
}

export function collect(
  format: StreamFormat,
  content: string | Buffer,
  options: CollectOptions = {},
): Collected {
  const { blocks, ...given } = options
  const all: Collected = {
    records: [],
    damages: [],
    shapes: [],
    unknown: [],
    skipped: 0,
  }
  readDatesOf(new Dates())
  const reader = format.open({
    ...given,
    sink: {
      record(r) {
        const fields: { [name: string]: Value } = {}
        r.shape.names.forEach((name, i) => {
          const value = r.value(i)
          if (value !== undefined) fields[name] = value
        })
        const { number, offset, provenance, shape } = r
        all.records.push({ number, offset, provenance, shape, fields })
      },
      skipped(count) {
        all.skipped += count
      },
      damaged: (damage) => all.damages.push(damage),
      unknownShape: (keys) => all.unknown.push(keys),
      shapeSeen: (name) => all.shapes.push(name),
    },
  })
  for (const block of cut(Buffer.from(content), blocks)) reader.push(block)
  reader.end()
  return all
}

// Each block is a buffer that is overwritten afterwards, as a caller may do.
function* cut(
  bytes: Buffer,
  sizes: readonly number[] | undefined,
): Generator<Buffer> {
  if (!sizes?.length) {
    yield bytes
    return
  }
  let at = 0
  for (let i = 0; at < bytes.length; i++) {
    const size = Math.max(1, sizes[i % sizes.length]!)
    const block = Buffer.from(bytes.subarray(at, at + size))
    yield block
    block.fill(0x5a)
    at += size
  }
}
