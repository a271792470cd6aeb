// How does a value look in the substitution table of an EVTX record? Windows' own binary forms ([MS-EVEN6] 2.2.12
// lists the types), written from plain JavaScript values or from a value with its type named.

export const evtxTypes = {
  null: 0x00,
  string: 0x01,
  ansi: 0x02,
  int8: 0x03,
  uint8: 0x04,
  int16: 0x05,
  uint16: 0x06,
  int32: 0x07,
  uint32: 0x08,
  int64: 0x09,
  uint64: 0x0a,
  real32: 0x0b,
  real64: 0x0c,
  bool: 0x0d,
  binary: 0x0e,
  guid: 0x0f,
  sizeT: 0x10,
  filetime: 0x11,
  systemtime: 0x12,
  sid: 0x13,
  hex32: 0x14,
  hex64: 0x15,
} as const

export type EvtxType = keyof typeof evtxTypes

export type PlainValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | Date
  | Uint8Array

/** A value whose type is stated: `typed('guid', '{…}')`, `typed('hex32', 0x1000)`; a list makes an array of the type. */
export interface TypedValue {
  readonly type: EvtxType
  readonly value: PlainValue | readonly PlainValue[]
}

/** A list of strings is a string array; else a number is UInt32, Int32, Int64 or Real64, whichever it fits first. */
export type EvtxValue = PlainValue | readonly string[] | TypedValue

export function typed(type: EvtxType, value: TypedValue['value']): TypedValue {
  return { type, value }
}

export interface EncodedValue {
  readonly type: number
  readonly bytes: Buffer
}

const arrayFlag = 0x80

export function encodeValue(value: EvtxValue): EncodedValue {
  const { type, value: plain } = withType(value)
  if (isList(plain)) {
    const parts = plain.map((v) => encodeScalar(type, v))
    const ends =
      type === 'string'
        ? parts.map((p) => Buffer.concat([p, Buffer.alloc(2)]))
        : type === 'ansi'
          ? parts.map((p) => Buffer.concat([p, Buffer.alloc(1)]))
          : parts
    return { type: evtxTypes[type] | arrayFlag, bytes: Buffer.concat(ends) }
  }
  return { type: evtxTypes[type], bytes: encodeScalar(type, plain) }
}

/** As Windows would print it into XML; for records that are written without substitutions. */
export function printValue(value: EvtxValue): string {
  const { type, value: plain } = withType(value)
  if (isList(plain)) return plain.map((v) => print(type, v)).join(', ')
  return print(type, plain)
}

function isList(
  value: EvtxValue | readonly PlainValue[],
): value is readonly PlainValue[] {
  return Array.isArray(value)
}

function print(type: EvtxType, value: PlainValue): string {
  if (value === null) return ''
  if (value instanceof Date || type === 'filetime') {
    return new Date(value as Date | number).toISOString()
  }
  if (value instanceof Uint8Array) {
    return Buffer.from(value).toString('hex').toUpperCase()
  }
  if (
    (type === 'hex32' || type === 'hex64' || type === 'sizeT') &&
    typeof value !== 'string'
  ) {
    return `0x${BigInt(value).toString(16)}`
  }
  return String(value)
}

function withType(value: EvtxValue): TypedValue {
  if (value === null) return { type: 'null', value }
  switch (typeof value) {
    case 'string':
      return { type: 'string', value }
    case 'boolean':
      return { type: 'bool', value }
    case 'bigint':
      return { type: value < 0n ? 'int64' : 'uint64', value }
    case 'number':
      return { type: typeOfNumber(value), value }
  }
  if (value instanceof Date) return { type: 'filetime', value }
  if (value instanceof Uint8Array) return { type: 'binary', value }
  if (isList(value)) return { type: 'string', value }
  return value as TypedValue
}

function typeOfNumber(value: number): EvtxType {
  if (!Number.isInteger(value)) return 'real64'
  if (value >= 0 && value <= 0xffff_ffff) return 'uint32'
  if (value < 0 && value >= -0x8000_0000) return 'int32'
  return Number.isSafeInteger(value) ? 'int64' : 'real64'
}

function encodeScalar(type: EvtxType, value: PlainValue): Buffer {
  if (value === null) return Buffer.alloc(0)
  switch (type) {
    case 'null':
      return Buffer.alloc(0)
    case 'string':
      return Buffer.from(String(value), 'utf16le')
    case 'ansi':
      return Buffer.from(String(value), 'latin1')
    case 'binary':
      return Buffer.from(value as Uint8Array)
    case 'guid':
      return encodeGuid(String(value))
    case 'sid':
      return encodeSid(String(value))
    case 'filetime':
      return encodeFiletime(value as Date | number)
    case 'systemtime':
      return encodeSystemtime(value as Date)
    case 'real32':
    case 'real64':
      return encodeReal(type, Number(value))
    case 'bool':
      return encodeInteger(4, BigInt(value ? 1 : 0))
    default:
      return encodeInteger(integerBytes[type], BigInt(value as number))
  }
}

const integerBytes = {
  int8: 1,
  uint8: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  uint32: 4,
  int64: 8,
  uint64: 8,
  hex32: 4,
  hex64: 8,
  sizeT: 8,
} as const

function encodeInteger(bytes: number, value: bigint): Buffer {
  const out = Buffer.alloc(8)
  out.writeBigUInt64LE(BigInt.asUintN(64, value))
  return out.subarray(0, bytes)
}

function encodeReal(type: 'real32' | 'real64', value: number): Buffer {
  const out = Buffer.alloc(type === 'real32' ? 4 : 8)
  if (type === 'real32') out.writeFloatLE(value)
  else out.writeDoubleLE(value)
  return out
}

/** The first three groups are little-endian numbers, the rest bytes in order. */
export function encodeGuid(text: string): Buffer {
  const raw = Buffer.from(text.replace(/[{}-]/g, ''), 'hex')
  if (raw.length !== 16) throw new Error(`not a GUID: ${text}`)
  raw.subarray(0, 4).reverse()
  raw.subarray(4, 6).reverse()
  raw.subarray(6, 8).reverse()
  return raw
}

export function encodeSid(text: string): Buffer {
  const [s, revision, authority, ...sub] = text.split('-')
  if (s !== 'S') throw new Error(`not a SID: ${text}`)
  const out = Buffer.alloc(8 + 4 * sub.length)
  out[0] = Number(revision)
  out[1] = sub.length
  out.writeUIntBE(Number(authority), 2, 6)
  sub.forEach((part, i) => {
    out.writeUInt32LE(Number(part), 8 + 4 * i)
  })
  return out
}

/** 100 ns since 1601. A number is milliseconds since 1970, with a fraction if wanted. */
export function encodeFiletime(time: Date | number): Buffer {
  const ms = typeof time === 'number' ? time : time.getTime()
  const whole = Math.floor(ms)
  const ticks =
    (BigInt(whole) + 11_644_473_600_000n) * 10_000n +
    BigInt(Math.round((ms - whole) * 10_000))
  return encodeInteger(8, ticks)
}

function encodeSystemtime(time: Date): Buffer {
  const out = Buffer.alloc(16)
  const parts = [
    time.getUTCFullYear(),
    time.getUTCMonth() + 1,
    time.getUTCDay(),
    time.getUTCDate(),
    time.getUTCHours(),
    time.getUTCMinutes(),
    time.getUTCSeconds(),
    time.getUTCMilliseconds(),
  ]
  parts.forEach((p, i) => {
    out.writeUInt16LE(p, 2 * i)
  })
  return out
}
