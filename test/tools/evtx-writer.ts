// Writes EVTX files as Windows does: for fixtures, examples, benches and fuzzing. Layout after [MS-EVEN6] 2.2.12 to
// 2.2.18 and libyal's description of the format.
import { crc32 } from 'node:zlib'

import {
  ChunkWriter,
  chunkBytes,
  chunkHeaderBytes,
  type Element,
  element,
  type Fragment,
  type Instance,
  type SlotValue,
  slot,
} from './evtx-binxml.ts'
import {
  encodeFiletime,
  type EvtxValue,
  printValue,
  typed,
} from './evtx-values.ts'

export { element, slot } from './evtx-binxml.ts'
export { type EvtxValue, typed } from './evtx-values.ts'

/**
 * `nested`: as manifest providers are logged, event data in a template of its own. `flat`: all in one template. `raw`:
 * no template at all, values as text, as collectors write forwarded events. `nested-raw`: a template for the System
 * part, event data as a bare fragment.
 */
export type EvtxLayout = 'nested' | 'flat' | 'raw' | 'nested-raw'

export interface EvtxEvent {
  readonly provider: string
  readonly guid?: string
  readonly eventSourceName?: string
  /** Absent: an event without a channel, as some ETW providers write. */
  readonly channel?: string
  readonly eventId: number
  /** Of classic events. */
  readonly qualifiers?: number
  readonly version?: number
  readonly level?: number
  readonly task?: number
  readonly opcode?: number
  readonly keywords?: bigint
  readonly computer: string
  /** A number is milliseconds since 1970 UTC. */
  readonly time: Date | number
  /** Default: the number of the record in the file, from `firstRecordId`. */
  readonly recordId?: number
  readonly userSid?: string
  readonly processId?: number
  readonly threadId?: number
  readonly activityId?: string
  /** A list is data without names. */
  readonly data?: Readonly<Record<string, EvtxValue>> | readonly EvtxValue[]
  /** The `Binary` element of classic events. */
  readonly binary?: Uint8Array
  /** Instead of `data`: one wrapper element with its own namespace, then the fields. */
  readonly userData?: {
    readonly name: string
    readonly namespace?: string
    readonly fields: Readonly<Record<string, EvtxValue>>
  }
  /** Instead of all the rest but `recordId` and `time`: a document of the caller's own. */
  readonly document?: Instance | Fragment
  readonly layout?: EvtxLayout
}

export interface EvtxOptions {
  /** For events that state none; `nested` by default. */
  readonly layout?: EvtxLayout
  readonly firstRecordId?: number
  /** A file that was not closed: flag set, counts of the file header stale. */
  readonly dirty?: boolean
  /** Preallocated chunks without records at the end. */
  readonly spareChunks?: number
  readonly recordsPerChunk?: number
}

const recordHeaderBytes = 24
const eventNamespace = 'http://schemas.microsoft.com/win/2004/08/events/event'

export function writeEvtx(
  events: readonly EvtxEvent[],
  options: EvtxOptions = {},
): Buffer {
  const first = options.firstRecordId ?? 1
  const most = options.recordsPerChunk ?? Number.POSITIVE_INFINITY
  const chunks: Buffer[] = []
  let chunk = new OpenChunk(first)
  events.forEach((event, i) => {
    const full = chunk.count >= most
    if (!full && chunk.write(event, first + i, options)) return
    chunks.push(chunk.close())
    chunk = new OpenChunk(first + i)
    if (!chunk.write(event, first + i, options)) {
      throw new Error(`event ${i} does not fit a chunk`)
    }
  })
  chunks.push(chunk.close())
  for (let i = 0; i < (options.spareChunks ?? 0); i++) {
    chunks.push(new OpenChunk(1).close())
  }
  const used = chunks.length - (options.spareChunks ?? 0)
  return Buffer.concat([
    fileHeader(options.dirty ? 1 : used, first + events.length, options),
    ...chunks,
  ])
}

function fileHeader(
  chunks: number,
  nextRecord: number,
  options: EvtxOptions,
): Buffer {
  const out = Buffer.alloc(4096)
  out.write('ElfFile\0', 'latin1')
  out.writeBigUInt64LE(BigInt(chunks - 1), 16)
  out.writeBigUInt64LE(BigInt(nextRecord), 24)
  out.writeUInt32LE(128, 32)
  out.writeUInt16LE(1, 36)
  out.writeUInt16LE(3, 38)
  out.writeUInt16LE(4096, 40)
  out.writeUInt16LE(chunks & 0xffff, 42)
  out.writeUInt32LE(options.dirty ? 1 : 0, 120)
  out.writeUInt32LE(crc32(out.subarray(0, 120)), 124)
  return out
}

class OpenChunk {
  #writer = new ChunkWriter()
  #first: number
  #lastOffset = chunkHeaderBytes
  count = 0

  constructor(firstNumber: number) {
    this.#first = firstNumber
  }

  /** False, and nothing written, where the event does not fit any more. */
  write(event: EvtxEvent, number: number, options: EvtxOptions): boolean {
    const w = this.#writer
    const start = w.position
    const tables = Buffer.from(w.bytes.subarray(128, chunkHeaderBytes))
    w.position += recordHeaderBytes
    const id = event.recordId ?? number
    w.writeDocument(
      event.document ?? documentOf(event, id, event.layout ?? options.layout),
    )
    const padding = -(w.position - start + 4) & 7
    w.position += padding
    const size = w.position - start + 4
    if (start + size > chunkBytes) {
      w.bytes.set(tables, 128)
      w.bytes.fill(0, start, w.position)
      w.position = start
      return false
    }
    w.u32(size)
    w.bytes.writeUInt32LE(0x2a2a, start)
    w.bytes.writeUInt32LE(size, start + 4)
    w.bytes.writeBigUInt64LE(BigInt(number), start + 8)
    w.bytes.set(encodeFiletime(event.time), start + 16)
    this.#lastOffset = start
    this.count++
    return true
  }

  close(): Buffer {
    const out = this.#writer.bytes.subarray(0, chunkBytes)
    const free = this.#writer.position
    const last = this.count
      ? BigInt(this.#first + this.count - 1)
      : 0xffff_ffff_ffff_ffffn
    out.write('ElfChnk\0', 'latin1')
    out.writeBigUInt64LE(BigInt(this.#first), 8)
    out.writeBigUInt64LE(last, 16)
    out.writeBigUInt64LE(BigInt(this.#first), 24)
    out.writeBigUInt64LE(last, 32)
    out.writeUInt32LE(128, 40)
    out.writeUInt32LE(this.#lastOffset, 44)
    out.writeUInt32LE(free, 48)
    sealChunk(out)
    return out
  }
}

/** Computes both checksums of a chunk anew; for tests that change a chunk and want it to look whole. */
export function sealChunk(chunk: Buffer): void {
  const free = Math.min(chunk.readUInt32LE(48), chunkBytes)
  chunk.writeUInt32LE(crc32(chunk.subarray(chunkHeaderBytes, free)), 52)
  const head = Buffer.concat([
    chunk.subarray(0, 120),
    chunk.subarray(128, chunkHeaderBytes),
  ])
  chunk.writeUInt32LE(crc32(head), 124)
}

/** Gives each value a slot of the template, or prints it where there is no template. */
class Slots {
  readonly values: SlotValue[] = []
  readonly literal: boolean

  constructor(literal: boolean) {
    this.literal = literal
  }

  put(value: EvtxValue | Instance | Fragment) {
    if (this.literal) return printValue(value as EvtxValue)
    this.values.push(value)
    return slot(this.values.length - 1)
  }

  attributes(
    values: Readonly<Record<string, EvtxValue | undefined>>,
  ): Record<string, ReturnType<Slots['put']>> {
    const out: Record<string, ReturnType<Slots['put']>> = {}
    for (const [name, value] of Object.entries(values)) {
      if (value === undefined) continue
      out[name] = this.put(value)
    }
    return out
  }
}

function documentOf(
  event: EvtxEvent,
  recordId: number,
  layout: EvtxLayout = 'nested',
): Instance | Fragment {
  const slots = new Slots(layout === 'raw')
  const system = systemOf(event, recordId, slots)
  const children: (Element | ReturnType<Slots['put']>)[] = [system]
  if (layout === 'nested' || layout === 'nested-raw') {
    const inner = new Slots(layout === 'nested-raw')
    const root = payloadOf(event, inner)
    if (root) {
      children.push(
        slots.put(
          inner.literal
            ? { kind: 'fragment', root }
            : { kind: 'instance', root, slots: inner.values },
        ),
      )
    }
  } else {
    const root = payloadOf(event, slots)
    if (root) children.push(root)
  }
  const root = element('Event', { xmlns: eventNamespace }, ...children)
  return slots.literal
    ? { kind: 'fragment', root }
    : { kind: 'instance', root, slots: slots.values }
}

function systemOf(event: EvtxEvent, recordId: number, slots: Slots): Element {
  const put = (value: EvtxValue) => slots.put(value)
  const provider: Record<string, string> = { Name: event.provider }
  if (event.guid) provider.Guid = event.guid
  if (event.eventSourceName) provider.EventSourceName = event.eventSourceName
  return element(
    'System',
    {},
    element('Provider', provider),
    element(
      'EventID',
      event.qualifiers === undefined
        ? {}
        : slots.attributes({ Qualifiers: typed('uint16', event.qualifiers) }),
      put(typed('uint16', event.eventId)),
    ),
    element('Version', {}, put(typed('uint8', event.version ?? 0))),
    element('Level', {}, put(typed('uint8', event.level ?? 4))),
    element('Task', {}, put(typed('uint16', event.task ?? 0))),
    element('Opcode', {}, put(typed('uint8', event.opcode ?? 0))),
    element(
      'Keywords',
      {},
      put(typed('hex64', event.keywords ?? 0x8000_0000_0000_0000n)),
    ),
    element(
      'TimeCreated',
      slots.attributes({ SystemTime: typed('filetime', dateOf(event.time)) }),
    ),
    element('EventRecordID', {}, put(typed('uint64', recordId))),
    element(
      'Correlation',
      slots.attributes({
        ActivityID: slots.literal
          ? event.activityId
          : event.activityId === undefined
            ? null
            : typed('guid', event.activityId),
      }),
    ),
    element(
      'Execution',
      slots.attributes({
        ProcessID: typed('uint32', event.processId ?? 0),
        ThreadID: typed('uint32', event.threadId ?? 0),
      }),
    ),
    ...(event.channel === undefined
      ? []
      : [element('Channel', {}, event.channel)]),
    element('Computer', {}, put(event.computer)),
    element(
      'Security',
      slots.attributes({
        UserID: slots.literal
          ? event.userSid
          : event.userSid === undefined
            ? null
            : typed('sid', event.userSid),
      }),
    ),
  )
}

function dateOf(time: Date | number): Date | number {
  return typeof time === 'number' && Number.isInteger(time)
    ? new Date(time)
    : time
}

function payloadOf(event: EvtxEvent, slots: Slots): Element | undefined {
  if (event.userData) {
    const { name, namespace, fields } = event.userData
    return element(
      'UserData',
      {},
      element(
        name,
        namespace ? { xmlns: namespace } : {},
        ...Object.entries(fields).map(([field, value]) =>
          element(field, {}, slots.put(value)),
        ),
      ),
    )
  }
  const children: Element[] = []
  if (Array.isArray(event.data)) {
    for (const value of event.data) {
      children.push(element('Data', {}, slots.put(value)))
    }
  } else if (event.data) {
    for (const [name, value] of Object.entries(event.data)) {
      children.push(
        element('Data', { Name: name }, slots.put(value as EvtxValue)),
      )
    }
  }
  if (event.binary)
    children.push(element('Binary', {}, slots.put(event.binary)))
  return children.length ? element('EventData', {}, ...children) : undefined
}
