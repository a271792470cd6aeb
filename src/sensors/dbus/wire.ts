// Messages of D-Bus, as far as a monitor needs them: heads are read, and a few calls are written.
// Source: D-Bus specification, "Message Protocol".

export interface BusMessage {
  /** 1 call, 2 return, 3 error, 4 signal. */
  readonly type: number
  readonly serial: number
  readonly path: string | undefined
  readonly interface: string | undefined
  readonly member: string | undefined
  readonly destination: string | undefined
  readonly sender: string | undefined
  readonly replyTo: number | undefined
  /** The first argument, where it is a number (`u`). */
  readonly number: number | undefined
}

/** Bytes of one message: what the specification allows. */
const maxBytes = 128 * 1024 * 1024
const headBytes = 16
const names: Readonly<Record<number, keyof BusMessage>> = {
  1: 'path',
  2: 'interface',
  3: 'member',
  5: 'replyTo',
  6: 'destination',
  7: 'sender',
}

const aligned = (at: number, to: number) => Math.ceil(at / to) * to

/** Messages of a stream, however it is cut. Throws where it is none. */
export class MessageReader {
  #rest: Buffer = Buffer.alloc(0)

  push(block: Buffer): BusMessage[] {
    this.#rest = this.#rest.length ? Buffer.concat([this.#rest, block]) : block
    const messages: BusMessage[] = []
    for (;;) {
      const length = lengthOf(this.#rest)
      if (length === undefined || this.#rest.length < length) return messages
      messages.push(readMessage(this.#rest.subarray(0, length)))
      this.#rest = this.#rest.subarray(length)
    }
  }
}

function numberAt(bytes: Buffer, at: number): number {
  if (at + 4 > bytes.length) throw new Error('a message of the bus is torn')
  return bytes[0] === 0x42 ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at)
}

/** undefined: not enough of it has come. */
function lengthOf(bytes: Buffer): number | undefined {
  if (bytes.length < headBytes) return undefined
  if (bytes[0] !== 0x6c && bytes[0] !== 0x42)
    throw new Error('what the bus sent is no message')
  const fields = numberAt(bytes, 12)
  const length = aligned(headBytes + fields, 8) + numberAt(bytes, 4)
  if (length > maxBytes) throw new Error('a message of the bus is too long')
  return length
}

function readMessage(bytes: Buffer): BusMessage {
  const found: Record<string, string | number> = {}
  const end = headBytes + numberAt(bytes, 12)
  for (let at = headBytes; at < end; ) {
    at = aligned(at, 8)
    const code = bytes[at]!
    const kind = String.fromCharCode(bytes[at + 2] ?? 0)
    const [value, next] = readValue(bytes, kind, at + 4)
    const name = names[code]
    if (name && value !== undefined) found[name] = value
    at = next
  }
  const body = aligned(end, 8)
  return {
    path: undefined,
    interface: undefined,
    member: undefined,
    destination: undefined,
    sender: undefined,
    replyTo: undefined,
    ...found,
    type: bytes[1]!,
    serial: numberAt(bytes, 8),
    number: bytes.length - body === 4 ? numberAt(bytes, body) : undefined,
  }
}

/** Of a header: text, a signature, or a number. */
function readValue(
  bytes: Buffer,
  kind: string,
  at: number,
): [value: string | number | undefined, next: number] {
  if (kind === 'g') {
    const length = bytes[at] ?? 0
    return [undefined, at + 1 + length + 1]
  }
  const from = aligned(at, 4)
  if (kind === 'u') return [numberAt(bytes, from), from + 4]
  if (kind !== 's' && kind !== 'o')
    throw new Error('a header of the bus is of an unknown kind')
  const length = numberAt(bytes, from)
  const text = bytes.toString('utf8', from + 4, from + 4 + length)
  return [text, from + 4 + length + 1]
}

export interface Call {
  readonly interface: string
  readonly member: string
  readonly signature?: string
  readonly body?: Buffer
}

/** To the bus itself. */
export function callOfBus(serial: number, call: Call): Buffer {
  const bus = 'org.freedesktop.DBus'
  const body = call.body ?? Buffer.alloc(0)
  const fields = padded([
    field(1, 'o', text('/org/freedesktop/DBus')),
    field(2, 's', text(call.interface)),
    field(3, 's', text(call.member)),
    field(6, 's', text(bus)),
    ...(call.signature ? [field(8, 'g', signature(call.signature))] : []),
  ])
  const head = Buffer.alloc(headBytes)
  head.write('l')
  head[1] = 1
  head[3] = 1
  head.writeUInt32LE(body.length, 4)
  head.writeUInt32LE(serial, 8)
  head.writeUInt32LE(fields.length, 12)
  const pad = aligned(headBytes + fields.length, 8) - headBytes - fields.length
  return Buffer.concat([head, fields, Buffer.alloc(pad), body])
}

export function text(value: string): Buffer {
  const bytes = Buffer.from(`${value}\0`)
  const length = Buffer.alloc(4)
  length.writeUInt32LE(bytes.length - 1)
  return Buffer.concat([length, bytes])
}

function signature(value: string): Buffer {
  return Buffer.from([value.length, ...Buffer.from(value), 0])
}

function field(code: number, kind: string, value: Buffer): Buffer {
  return Buffer.concat([Buffer.from([code, 1, kind.charCodeAt(0), 0]), value])
}

function padded(parts: readonly Buffer[]): Buffer {
  return parts.reduce((all, part) => {
    const pad = Buffer.alloc(aligned(all.length, 8) - all.length)
    return Buffer.concat([all, pad, part])
  }, Buffer.alloc(0))
}
