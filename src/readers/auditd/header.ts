// Is this line an audit record, of which event, and where do its fields begin?
// `[node=host ]type=SYSCALL msg=audit(1490995752.404:20614537): arch=…`; auoms and the kernel's own printing leave out
// `msg=`, `ausearch -i` writes a date, and a syslog daemon may have put its own head before all of it.
import { recordType } from './record-types.ts'

/** In UTF-16 units: `audit(` begins before this; a syslog head, a node name and a type are shorter. */
const maxHead = 1024
/** The longest `sec.ms:serial` or `MM/DD/YYYY HH:MM:SS.mmm:serial`. */
const maxStamp = 64

export interface Header {
  /** '' where the line names none. */
  readonly node: string
  readonly type: string
  /** `sec.ms:serial` as written: with the node the identity of the event. */
  readonly stamp: string
  /** Milliseconds since 1970 UTC. */
  readonly time: number
  readonly serial: number
  /** Where the fields begin. */
  readonly body: number
  /** Values are in words (`ausearch -i`): nothing is hex, blanks are not quoted. */
  readonly interpreted: boolean
}

/** Reads the heads of a source's lines. Neighbouring lines are mostly of one event, so the last stamp is remembered. */
export class HeaderReader {
  #stamp: Stamp = { text: '', time: 0, serial: 0, interpreted: false }

  read(line: string): Header | undefined {
    const audit = line.indexOf('audit(')
    if (audit < 0 || audit > maxHead) return undefined
    const typeAt = line.lastIndexOf('type=', audit)
    if (typeAt < 0) return undefined
    const typeEnd = line.indexOf(' ', typeAt)
    if (typeEnd < 0 || typeEnd > audit) return undefined
    const type = typeOf(line.slice(typeAt + 5, typeEnd))
    if (type === undefined) return undefined
    const start = audit + 6
    const end = line.indexOf(')', start)
    if (end < 0 || end - start > maxStamp) return undefined
    const stamp = this.#stampOf(line, start, end)
    if (!stamp) return undefined
    return {
      node: typeAt === 0 ? '' : nodeOf(line, typeAt),
      type,
      stamp: stamp.text,
      time: stamp.time,
      serial: stamp.serial,
      body: bodyAfter(line, end + 1),
      interpreted: stamp.interpreted,
    }
  }

  #stampOf(line: string, start: number, end: number): Stamp | undefined {
    const last = this.#stamp
    if (last.text.length === end - start && line.startsWith(last.text, start)) {
      return last
    }
    const stamp = parseStamp(line.slice(start, end))
    if (stamp) this.#stamp = stamp
    return stamp
  }
}

/** Of one line alone. */
export function readHeader(line: string): Header | undefined {
  return new HeaderReader().read(line)
}

interface Stamp {
  readonly text: string
  readonly time: number
  readonly serial: number
  readonly interpreted: boolean
}

function parseStamp(text: string): Stamp | undefined {
  const colon = text.lastIndexOf(':')
  const serial = decimal(text, colon + 1, text.length)
  if (colon < 0 || serial < 0) return undefined
  const interpreted = text.includes('/')
  const time = interpreted
    ? localTime(text.slice(0, colon))
    : epochTime(text, colon)
  return time === undefined ? undefined : { text, time, serial, interpreted }
}

/** Spellings of types that are remembered. */
const maxTypes = 1024

const types = new Map<string, string>()

function typeOf(text: string): string | undefined {
  const known = types.get(text)
  if (known !== undefined) return known
  const type = recordType(text)
  if (!typeShape.test(type)) return undefined
  if (types.size < maxTypes) types.set(text, type)
  return type
}

const typeShape = /^[A-Za-z0-9_]{1,40}(?:\[\d{1,6}\])?$/

// RFC 3164 and RFC 5424 heads: a time, then the host.
const syslogHead =
  /^(?:<\d{1,3}>(?:\d )?)?(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT[\d:.+Z-]{1,30}) (\S{1,255}) /

function nodeOf(line: string, typeAt: number): string {
  const at = line.lastIndexOf('node=', typeAt)
  if (at >= 0) {
    const end = line.indexOf(' ', at)
    return line.slice(at + 5, end < 0 ? typeAt : end)
  }
  return syslogHead.exec(line)?.[1] ?? ''
}

function bodyAfter(line: string, at: number): number {
  let i = at
  while (line.charCodeAt(i) === 0x20) i++
  if (line.charCodeAt(i) === 0x3a) i++
  while (line.charCodeAt(i) === 0x20) i++
  return i
}

function epochTime(stamp: string, colon: number): number | undefined {
  const point = stamp.indexOf('.')
  const secondsEnd = point >= 0 && point < colon ? point : colon
  const seconds = decimal(stamp, 0, secondsEnd)
  if (seconds < 0) return undefined
  if (secondsEnd === colon) return seconds * 1000
  const fraction = decimal(stamp, point + 1, colon)
  if (fraction < 0) return undefined
  return seconds * 1000 + fraction / 10 ** (colon - point - 4)
}

const localStamp =
  /^(\d\d)\/(\d\d)\/(\d{4}|\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,3}))?$/

// ausearch -i writes the reader's local time without a zone: taken as UTC, like every time without one.
function localTime(text: string): number | undefined {
  const m = localStamp.exec(text)
  if (!m) return undefined
  const [month, day, year, hour, minute, second] = m.slice(1, 7).map(Number)
  const millisecond = Number((m[7] ?? '0').padEnd(3, '0'))
  const century = m[3]!.length === 2 ? 2000 : 0
  return Date.UTC(
    century + year!,
    month! - 1,
    day!,
    hour!,
    minute!,
    second!,
    millisecond,
  )
}

/** -1 where the text from `from` to `to` is not a decimal number of 1 to 15 digits. */
function decimal(text: string, from: number, to: number): number {
  if (to <= from || to - from > 15) return -1
  let n = 0
  for (let i = from; i < to; i++) {
    const c = text.charCodeAt(i) - 0x30
    if (!(c >= 0 && c <= 9)) return -1
    n = n * 10 + c
  }
  return n
}
