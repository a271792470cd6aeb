import { describe, expect, it } from 'vitest'

import { mutate } from '../../../test/tools/evtx-mutate.ts'
import { readEvtx } from '../../../test/tools/evtx-read.ts'
import {
  type EvtxEvent,
  type EvtxLayout,
  element,
  sealChunk,
  slot,
  typed,
  writeEvtx,
} from '../../../test/tools/evtx-writer.ts'
import { evtxChunks } from './index.ts'

const layouts: readonly EvtxLayout[] = ['nested', 'flat', 'raw', 'nested-raw']
const header = 4096
const chunk = 65_536

function events(count: number, layout?: EvtxLayout): EvtxEvent[] {
  return Array.from({ length: count }, (_, i) => ({
    provider: 'Microsoft-Windows-Sysmon',
    channel: 'Microsoft-Windows-Sysmon/Operational',
    computer: 'ws1.example',
    time: Date.UTC(2024, 0, 2) + i,
    eventId: 1 + (i % 4),
    data: { PipeName: `\\pipe${i}`, ProcessId: i },
    layout: layout ?? layouts[i % 4]!,
  }))
}

/** Three chunks of 20 records. */
function threeChunks(options = {}): Buffer {
  return writeEvtx(events(60, 'nested'), { recordsPerChunk: 20, ...options })
}

function offsetsOf(file: Buffer): number[] {
  return readEvtx(file).records.map((r) => r.offset)
}

function numbers(file: Buffer): number[] {
  return readEvtx(file).records.map((r) => r.number)
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i)
}

describe('files that are cut', () => {
  it('are said to be empty', () => {
    const { damages } = readEvtx(Buffer.alloc(0))
    expect(damages).toEqual([
      { what: 'file header', offset: 0, message: 'the file is empty' },
    ])
  })

  it('are said to have part of a header', () => {
    const { damages } = readEvtx(threeChunks().subarray(0, 100))
    expect(damages[0]!.message).toBe('100 of 4096 bytes')
  })

  it('keep the records of the chunk that is cut', () => {
    const file = threeChunks()
    const cut = offsetsOf(file)[45]! + 10
    const { records, damages } = readEvtx(file.subarray(0, cut))
    expect(records.map((r) => r.number)).toEqual(range(1, 45))
    expect(damages).toHaveLength(1)
    expect(damages[0]).toMatchObject({ what: 'chunk 2', lost: 15 })
    expect(damages[0]!.message).toContain('5 records kept, 15 lost')
  })

  it('are whole where only unused space is cut', () => {
    const file = threeChunks()
    const { records, damages } = readEvtx(file.subarray(0, -10_000))
    expect(records).toHaveLength(60)
    expect(damages).toEqual([])
  })
})

describe('headers that lie', () => {
  it('are not asked how many chunks there are', () => {
    const { records, damages } = readEvtx(threeChunks({ dirty: true }))
    expect(records).toHaveLength(60)
    expect(damages).toEqual([])
  })

  it('leave chunks that were never used unsaid', () => {
    const file = Buffer.concat([
      threeChunks({ spareChunks: 2 }),
      Buffer.alloc(3 * chunk),
    ])
    const { records, damages } = readEvtx(file)
    expect(records).toHaveLength(60)
    expect(damages).toEqual([])
  })

  it('do not bring back records beyond the free-space offset', () => {
    const file = threeChunks()
    const first = file.subarray(header, header + chunk)
    const stale = offsetsOf(file)[12]! - header
    first.writeUInt32LE(stale, 48)
    first.writeBigUInt64LE(12n, 16)
    sealChunk(first)
    const { records, damages } = readEvtx(file)
    expect(records.map((r) => r.number)).toEqual([
      ...range(1, 12),
      ...range(21, 60),
    ])
    expect(damages).toEqual([])
  })

  it('lose no record that they promise though the free-space offset is too small', () => {
    const file = threeChunks()
    file.writeUInt32LE(600, header + 48)
    expect(numbers(file)).toEqual(range(1, 60))
  })

  it('lose no record though the free-space offset is outside the chunk', () => {
    const file = threeChunks()
    file.writeUInt32LE(0xffff_fff0, header + 48)
    const { records, damages } = readEvtx(file)
    expect(records).toHaveLength(60)
    expect(damages[0]!.message).toContain('free-space offset 0xfffffff0')
    expect(damages[0]!.lost).toBe(0)
  })

  it('are not believed in their counts where their checksum is wrong', () => {
    const file = threeChunks()
    file.writeBigUInt64LE(500n, header + 16)
    const { records, damages } = readEvtx(file)
    expect(records).toHaveLength(60)
    expect(damages[0]).toMatchObject({ lost: 0 })
    expect(damages[0]!.message).toContain('checksum of its header is wrong')
  })
})

describe('torn chunks', () => {
  it('are read though their magic is gone', () => {
    const file = threeChunks()
    file.fill(0, header + chunk, header + chunk + 8)
    const { records, damages } = readEvtx(file)
    expect(records).toHaveLength(60)
    expect(damages).toHaveLength(1)
    expect(damages[0]!.what).toBe('chunk 1')
    expect(damages[0]!.message).toContain('not with ElfChnk')
  })

  it('cost their own records only', () => {
    const file = threeChunks()
    file.fill(0xaa, header + chunk, header + 2 * chunk)
    const { records, damages } = readEvtx(file)
    expect(records.map((r) => r.number)).toEqual([
      ...range(1, 20),
      ...range(41, 60),
    ])
    expect(damages[0]!.message).toContain('holds no record')
  })

  it('are found again after bytes that were put in', () => {
    const file = threeChunks()
    const shifted = Buffer.concat([
      file.subarray(0, header + chunk),
      Buffer.alloc(777, 0x55),
      file.subarray(header + chunk),
    ])
    const { records, damages } = readEvtx(shifted)
    expect(records).toHaveLength(60)
    expect(damages).toHaveLength(1)
    expect(damages[0]!.message).toBe('777 bytes that no chunk begins with')
  })

  it('say which checksum they have and should have', () => {
    const file = threeChunks()
    const at = offsetsOf(file)[3]!
    file.fill(0xff, at + 24, at + 40)
    const { records, damages } = readEvtx(file)
    expect(records).toHaveLength(59)
    expect(damages[0]!.message).toMatch(
      /^checksum 0x[0-9a-f]+, computed 0x[0-9a-f]+; 19 records kept, 1 lost; record at 0x/,
    )
  })
})

describe('torn records', () => {
  it.each([
    ['zero', 0],
    ['huge', 0xffff_ffff],
    ['into the next record', 1000],
    ['shorter than a header', 12],
  ])('whose size is %s cost at most themselves', (_, size) => {
    const file = threeChunks()
    const at = offsetsOf(file)[5]!
    file.writeUInt32LE(size, at + 4)
    const found = numbers(file)
    expect(found.filter((n) => n !== 6)).toEqual(
      range(1, 60).filter((n) => n !== 6),
    )
  })

  it('without magic are counted as lost', () => {
    const file = threeChunks()
    const at = offsetsOf(file)[5]!
    file.writeUInt32LE(0, at)
    const { records, damages } = readEvtx(file)
    expect(records).toHaveLength(59)
    expect(damages).toHaveLength(1)
    expect(damages[0]!.lost).toBe(1)
  })

  it('whose values run past their end are counted as lost', () => {
    const wide = (): EvtxEvent => ({
      ...events(1)[0]!,
      document: {
        kind: 'instance',
        root: element('Event', {}, element('A', {}, slot(0))),
        slots: ['x'],
      },
    })
    const file = writeEvtx([wide(), wide(), wide()])
    const at = offsetsOf(file)[1]!
    // The second record refers to the template: header, token and two numbers, then the count and the first length.
    file.writeUInt16LE(60_000, at + 24 + 4 + 10 + 4)
    const { records, damages } = readEvtx(file)
    expect(records).toHaveLength(2)
    expect(damages[0]!.message).toContain('bytes past the record')
    file.writeUInt32LE(0xffff_ffff, at + 24 + 4 + 10)
    expect(readEvtx(file).damages[0]!.message).toContain('4294967295 values')
  })
})

describe('references that lead astray', () => {
  /** A document whose only name is at `name`, put in place of the first record's own. */
  function withName(name: number): Buffer {
    const file = writeEvtx(events(2, 'raw'))
    // Header of the record and of the fragment, the token of the root and its size.
    file.writeUInt32LE(name, header + 512 + 24 + 4 + 1 + 4)
    return file
  }

  it.each([
    ['outside the chunk', 70_000],
    ['in the header of the chunk', 128],
    ['at the last byte', 65_535],
  ])('to a name %s cost the record', (_, name) => {
    const { records, damages } = readEvtx(withName(name))
    expect(records.length).toBeLessThan(2)
    expect(damages).toHaveLength(1)
  })

  it('of a name to itself end', () => {
    const file = writeEvtx(events(2, 'raw'))
    const name = 512 + 24 + 4 + 1 + 4 + 4
    file.writeUInt32LE(name, header + name)
    expect(readEvtx(file).records).toHaveLength(2)
  })

  it('of a template to itself or to nowhere end', () => {
    for (const offset of [0, 100, 65_530, 0xffff_ffff]) {
      const file = writeEvtx(events(3, 'flat'))
      const at = offsetsOf(file)[2]!
      file.writeUInt32LE(offset, at + 24 + 4 + 6)
      const { records, damages } = readEvtx(file)
      expect(records).toHaveLength(2)
      expect(damages[0]!.lost).toBe(1)
    }
  })
})

describe('bounds', () => {
  const document = (root: ReturnType<typeof element>): EvtxEvent => ({
    ...events(1)[0]!,
    document: { kind: 'fragment', root },
  })

  it('stop elements within elements', () => {
    let root = element('E', {}, 'x')
    for (let i = 0; i < 100; i++) root = element('E', {}, root)
    const { records, damages } = readEvtx(writeEvtx([document(root)]))
    expect(records).toHaveLength(0)
    expect(damages[0]!.message).toContain('deeper than 64')
  })

  it('stop one template from unfolding again and again', () => {
    const wide = element(
      'EventData',
      {},
      ...Array.from({ length: 500 }, (_, i) => element(`E${i % 9}`, {}, 'x')),
    )
    const slots = Array.from({ length: 40 }, () => ({
      kind: 'instance' as const,
      root: wide,
      slots: [typed('uint8', 1)],
    }))
    const root = element('Event', {}, ...slots.map((_, i) => slot(i)))
    const file = writeEvtx([
      { ...events(1)[0]!, document: { kind: 'instance', root, slots } },
    ])
    const { records, damages } = readEvtx(file)
    expect(records).toHaveLength(0)
    expect(damages[0]!.message).toContain('more than 8192')
  })

  it('stop names that are too long', () => {
    const file = writeEvtx([document(element('E'.repeat(2000), {}, 'x'))])
    expect(readEvtx(file).damages[0]!.message).toContain('2000 characters')
  })
})

describe('mutated files', () => {
  const seeds = [
    writeEvtx(events(120), { recordsPerChunk: 40, spareChunks: 1 }),
    writeEvtx(events(300, 'nested')),
    writeEvtx(
      Array.from({ length: 40 }, (_, i) => ({
        ...events(1)[0]!,
        data: [['a', 'b', String(i)], `x${i}`],
        binary: Buffer.alloc(i, 7),
        layout: layouts[i % 4]!,
      })),
    ),
  ]

  it('never throw, and yield no more records than there can be', () => {
    for (let seed = 0; seed < 400; seed++) {
      const file = mutate(seeds[seed % seeds.length]!, seed)
      const blocks = seed % 2 ? [100_000] : [1 << 20]
      const { records, damages } = readEvtx(file, { blocks })
      expect(records.length).toBeLessThanOrEqual(file.length / 29)
      for (const damage of damages) {
        expect(damage.message).not.toBe('')
        expect(damage.offset).toBeLessThanOrEqual(file.length)
      }
    }
  })

  it.each(['nested', 'raw'] as const)(
    'end, whatever token stands where in layout %s',
    (layout) => {
      const file = writeEvtx(events(1, layout))
      const end = header + file.readUInt32LE(header + 48)
      const cut = file.subarray(0, end)
      for (let at = header + 512 + 24; at < end; at++) {
        const before = cut[at]!
        for (const token of [0x00, 0x01, 0x04, 0x0c, 0x0f, 0x45, 0x4f]) {
          cut[at] = token
          readEvtx(cut)
        }
        cut[at] = before
      }
    },
  )

  it('read alike in one piece and in many', () => {
    for (let seed = 1000; seed < 1060; seed++) {
      const file = mutate(seeds[seed % seeds.length]!, seed)
      const whole = readEvtx(file)
      const cut = readEvtx(file, { blocks: [70_001, 13, 4096] })
      expect(cut).toEqual(whole)
    }
  })

  it('are read as bare chunks too', () => {
    for (let seed = 2000; seed < 2040; seed++) {
      const file = mutate(seeds[seed % seeds.length]!.subarray(header), seed)
      readEvtx(file, { format: evtxChunks })
    }
  })
})
