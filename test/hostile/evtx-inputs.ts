// Windows event logs that somebody designed: little to write, much to unfold; and lies about where things are, with good records beside.
import { element, slot, typed, writeEvtx } from '../tools/evtx-writer.ts'
import type { HostileInput } from './inputs.ts'

const chunkBytes = 65_536
const fileHeaderBytes = 4096
const recordsAt = 512

const plain = {
  provider: 'Microsoft-Windows-Sysmon',
  channel: 'Microsoft-Windows-Sysmon/Operational',
  eventId: 1,
  computer: 'h',
  time: 1.6e12,
  data: { Image: 'C:\\good.exe' },
} as const

/** One template whose only value stands in it `n` times. */
function repeated(n: number, text: string) {
  const root = element(
    'Event',
    {},
    element(
      'EventData',
      {},
      element(
        'Data',
        { Name: 'Image' },
        ...Array.from({ length: n }, () => slot(0)),
      ),
    ),
  )
  return {
    ...plain,
    document: { kind: 'instance', root, slots: [text] },
  } as const
}

/** Elements within elements, each with the same slots: a template in a template. */
function nested(depth: number) {
  let inner = element('E', {}, slot(0))
  for (let i = 0; i < depth; i++) inner = element('E', {}, inner)
  const root = element('Event', {}, inner)
  return {
    ...plain,
    document: { kind: 'instance', root, slots: ['x'.repeat(50)] },
  } as const
}

const many = (n: number) => Array.from({ length: n }, () => plain)

/** Whole chunks, so that each lie costs no more than its own. */
function withLie(chunks: number, lie: (chunk: Buffer) => void): Buffer {
  const file = writeEvtx(many(chunks * 4), { recordsPerChunk: 4 })
  for (let i = 0; i < chunks; i += 2) {
    const at = fileHeaderBytes + i * chunkBytes
    lie(file.subarray(at, at + chunkBytes))
  }
  return file
}

export const evtxInputs: readonly HostileInput[] = [
  {
    what: 'EVTX whose one value stands in a record again and again',
    size: 400,
    make: (n) =>
      writeEvtx([repeated(n, 'x'.repeat(4_000)), ...many(50)], {
        recordsPerChunk: 1,
      }),
    // What it would become is said to be lost; the others are there.
    events: () => 50,
    atLeast: true,
  },
  {
    what: 'EVTX whose one list of empty values stands in a record again and again',
    size: 30,
    make: (n) => {
      const slots = [Array.from({ length: 10_000 }, () => '')]
      const { document } = repeated(n, '')
      return writeEvtx([{ ...plain, document: { ...document, slots } }, plain])
    },
    events: () => 2,
    growth: 16,
  },
  {
    what: 'EVTX of records that each have a template of their own',
    size: 100,
    heldSize: 5_000,
    make: (n) =>
      writeEvtx(
        Array.from({ length: n }, (_, i) => ({
          ...plain,
          data: { [`Field${i}`]: 'x' },
        })),
      ),
    events: (n) => n,
  },
  {
    what: 'EVTX of elements within elements',
    size: 20,
    make: (n) => writeEvtx([nested(n), ...many(20)]),
    events: () => 21,
  },
  {
    what: 'EVTX of values that are long lists',
    size: 500,
    make: (n) =>
      writeEvtx([
        {
          ...plain,
          data: { Image: Array.from({ length: n }, (_, i) => `part ${i}`) },
        },
        ...many(20),
      ]),
    events: () => 21,
  },
  {
    what: 'EVTX of chunks whose records say that they have no size',
    size: 20,
    make: (n) =>
      withLie(n, (chunk) => {
        chunk.writeUInt32LE(0, recordsAt + 4)
      }),
    events: (n) => 2 * n,
    atLeast: true,
  },
  {
    what: 'EVTX of chunks whose records say that they are larger than all',
    size: 20,
    make: (n) =>
      withLie(n, (chunk) => {
        chunk.writeUInt32LE(0xffff_fff0, recordsAt + 4)
      }),
    events: (n) => 2 * n,
    atLeast: true,
  },
  {
    what: 'EVTX of chunks whose tables of names and templates lead back to themselves',
    size: 20,
    make: (n) =>
      withLie(n, (chunk) => {
        for (let at = 128; at < recordsAt; at += 4) chunk.writeUInt32LE(at, at)
      }),
    events: (n) => 2 * n,
    atLeast: true,
  },
  {
    what: 'EVTX of chunks that end before they begin',
    size: 20,
    make: (n) =>
      withLie(n, (chunk) => {
        chunk.writeUInt32LE(16, 44)
        chunk.writeUInt32LE(0xffff_ffff, 48)
      }),
    events: (n) => 2 * n,
    atLeast: true,
  },
  {
    what: 'EVTX of many values of no length',
    size: 60,
    make: (n) =>
      writeEvtx(
        Array.from({ length: n }, () => ({
          ...plain,
          data: Object.fromEntries(
            Array.from({ length: 60 }, (_, i) => [
              `f${i}`,
              typed('string', ''),
            ]),
          ),
        })),
      ),
    events: (n) => n,
  },
]
