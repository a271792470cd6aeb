// Is this line an audit record, of which event, and where do its fields begin?
// `[node=host ]type=SYSCALL msg=audit(1490995752.404:20614537): arch=…`; auoms and the kernel's own printing leave out
// `msg=`, `ausearch -i` writes a date, and something may stand before all of it (prefix.ts). journald prints
// `audit[7]: SYSCALL arch=…`, without the stamp.
import { withoutMark } from './mark.ts'
import { readPrefix } from './prefix.ts'
import { recordType } from './record-types.ts'
import { type Stamp, StampReader } from './stamp.ts'

/** In UTF-16 units: `audit(` begins before this; a syslog head, a node name and a type are shorter. */
const maxHead = 1024

export interface Header {
  /** '' where the line names none. */
  readonly node: string
  readonly type: string
  /** `sec.ms:serial` as written: with the node the identity of the event. */
  readonly stamp: string
  /** Milliseconds since 1970 UTC; undefined where only a time without a year is told. */
  readonly time: number | undefined
  readonly serial: number
  /** Where the fields begin. */
  readonly body: number
  /** Values are in words (`ausearch -i`): nothing is hex, blanks are not quoted. */
  readonly interpreted: boolean
}

/** Reads the heads of a source's lines. */
export class HeaderReader {
  readonly #stamps = new StampReader()
  readonly #unstamped = new UnstampedEvents()

  /** A date and a time of day as the locale of the writer has them: milliseconds since 1970 UTC. */
  readLocal(text: string): number | undefined {
    return this.#stamps.read(`${text}:0`, 0, text.length + 2)?.time
  }

  read(line: string): Header | undefined {
    const audit = line.indexOf('audit(')
    if (audit < 0 || audit > maxHead) return this.#unstamped.read(line)
    const typeAt = line.lastIndexOf('type=', audit)
    if (typeAt < 0) return undefined
    const typeEnd = line.indexOf(' ', typeAt)
    if (typeEnd < 0 || typeEnd > audit) return undefined
    const type = typeOf(line.slice(typeAt + 5, typeEnd))
    if (type === undefined) return undefined
    const start = audit + 6
    const end = line.indexOf(')', start)
    const stamp: Stamp | undefined =
      end < 0 ? undefined : this.#stamps.read(line, start, end)
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
}

/** Of one line alone. */
export function readHeader(line: string): Header | undefined {
  return new HeaderReader().read(line)
}

const nextRecord =
  /[\s\0\x1d](?=(?:node=\S{1,255} )?type=\S{1,40} (?:msg=)?audit\()/g

/** Of one line. */
const maxRecords = 4096

/** The records of a line: forwarders join those of an event by blanks. `header` is that of the first. */
export function recordsOfLine(
  line: string,
  header: Header,
  headers: HeaderReader,
): readonly AuditText[] {
  if (line.indexOf('audit(', header.body) < 0) return [{ header, text: line }]
  const starts = [{ at: 0, header }]
  nextRecord.lastIndex = header.body
  for (
    let m = nextRecord.exec(line);
    m && starts.length < maxRecords;
    m = nextRecord.exec(line)
  ) {
    const at = m.index + 1
    const own = headers.read(line.slice(at))
    if (!own) continue
    // Words are not quoted, so that only a record of the same event is beyond doubt.
    if (own.interpreted && own.stamp !== header.stamp) continue
    starts.push({ at, header: { ...own, node: own.node || header.node } })
  }
  return starts.map((start, i) => ({
    header: start.header,
    text: line.slice(start.at, starts[i + 1]?.at).trimEnd(),
  }))
}

export interface AuditText {
  readonly header: Header
  readonly text: string
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

/** A name or a number; `3DSYSCALL` is what quoted-printable makes of one. */
const typeShape = /^(?:\d{1,6}|[A-Za-z_][A-Za-z0-9_]{0,39})(?:\[\d{1,6}\])?$/

function nodeOf(line: string, typeAt: number): string {
  const at = line.lastIndexOf('node=', typeAt)
  if (at >= 0) {
    const end = line.indexOf(' ', at)
    return line.slice(at + 5, end < 0 ? typeAt : end)
  }
  return readPrefix(withoutMark(line.slice(0, typeAt))).host
}

function bodyAfter(line: string, at: number): number {
  let i = at
  while (line.charCodeAt(i) === 0x20) i++
  if (line.charCodeAt(i) === 0x3a) i++
  while (line.charCodeAt(i) === 0x20) i++
  return i
}

const unstamped =
  /^(.{0,512}?)(?:\s|^)audit(?:\[\d{1,10}\])?: ([A-Z][A-Z0-9_]{1,39}|UNKNOWN\[\d{1,6}\]) (?=[\w-]{1,64}=)/

/** journald's lines name no event: the records of one stand together, a SYSCALL before those that it brought about. */
class UnstampedEvents {
  #head = ''
  #events = 0
  #types = new Set<string>()

  read(line: string): Header | undefined {
    if (!line.includes('audit')) return undefined
    const m = unstamped.exec(line)
    if (!m) return undefined
    const type = typeOf(m[2]!)
    if (type === undefined) return undefined
    const { host, time, timeText } = readPrefix(`${m[1]} `)
    const head = `${timeText} ${host}`
    const isNext =
      head !== this.#head ||
      this.#types.has('PROCTITLE') ||
      (type !== 'PATH' && type !== 'EXECVE' && this.#types.has(type))
    if (isNext) {
      this.#head = head
      this.#events++
      this.#types.clear()
    }
    this.#types.add(type)
    return {
      node: host,
      type,
      stamp: `${timeText}#${this.#events}`,
      time,
      serial: this.#events,
      body: m[0].length,
      interpreted: false,
    }
  }
}
