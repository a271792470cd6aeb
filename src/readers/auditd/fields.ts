// Which fields does the body of an audit line hold? One scan from left to right, in time linear in the line.
import { entryOf } from '../../base/entry.ts'

export interface FieldSink {
  /** `bare`: the value stood without quotes, so that it may be hex. */
  field(name: string, raw: string, bare: boolean): void
}

/**
 * `kernel`: a bare value ends at a blank. `words`: text was written without quoting (`ausearch -i`, auoms), so a value
 * ends where the next ` name=` begins.
 */
export type FieldStyle = 'kernel' | 'words'

/** In UTF-16 units; the longest known name has 23. */
const maxName = 64

/** auditd's ENRICHED format puts this byte between the kernel's fields and the looked-up names (`AUID="root"`). */
const GROUP_SEPARATOR = 0x1d

const SPACE = 0x20
const QUOTE = 0x22
const APOSTROPHE = 0x27
const EQUALS = 0x3d
const BRACE = 0x7b

/** false: the line was cut within a quoted value, which is left out. */
export function scanFields(
  line: string,
  from: number,
  to: number,
  style: FieldStyle,
  sink: FieldSink,
): boolean {
  let at = from
  let whole = true
  while (at < to) {
    const c = line.charCodeAt(at)
    if (c === SPACE || c === GROUP_SEPARATOR || c === 0x2c) {
      at++
      continue
    }
    const nameEnd = endOfName(line, at, to)
    if (nameEnd === at || line.charCodeAt(nameEnd) !== EQUALS) {
      at = skipWord(line, at, to, sink)
      continue
    }
    const name = line.slice(at, nameEnd)
    const start = nameEnd + 1
    const opening = start < to ? line.charCodeAt(start) : SPACE
    if (opening === QUOTE) {
      let close = closingQuote(line, start + 1, to, style)
      if (close < 0) {
        close = to
        whole = false
      } else sink.field(name, line.slice(start + 1, close), false)
      at = close + 1
    } else if (opening === APOSTROPHE) {
      at = scanMessage(line, name, start, to, style, sink)
    } else if (opening === BRACE && /^saddr$/i.test(name)) {
      at = readBraces(line, name, start, to, sink)
    } else {
      at = readBare(line, name, start, to, style, sink)
    }
  }
  return whole
}

function endOfName(line: string, at: number, to: number): number {
  const end = Math.min(to, at + maxName)
  let i = at
  for (; i < end; i++) {
    const c = line.charCodeAt(i)
    const inName =
      (c >= 0x61 && c <= 0x7a) ||
      (c >= 0x41 && c <= 0x5a) ||
      (c >= 0x30 && c <= 0x39) ||
      c === 0x5f ||
      c === 0x2d ||
      c === 0x5b ||
      c === 0x5d
    if (!inName) break
  }
  return i
}

const decision = /avc:\s{1,8}(\w{1,32})\s{1,8}\{([^}]{0,1024})\}/y

// A word that is no field: `user pid=…`, `config changed, auid=…`. SELinux writes its verdict so: `avc:  denied  { read
// write } for`; audit-userspace calls the parts seresult and seperms.
function skipWord(
  line: string,
  at: number,
  to: number,
  sink: FieldSink,
): number {
  decision.lastIndex = at
  const verdict = line.startsWith('avc:', at) ? decision.exec(line) : null
  if (verdict && decision.lastIndex <= to) {
    sink.field('seresult', verdict[1]!, false)
    sink.field('seperms', verdict[2]!.trim(), false)
    return decision.lastIndex
  }
  let i = at + 1
  while (i < to) {
    const c = line.charCodeAt(i)
    if (c === SPACE || c === GROUP_SEPARATOR) break
    i++
  }
  return i
}

const nextName = / (?=[A-Za-z_][\w-]{0,63}=)/g

function closingQuote(
  line: string,
  from: number,
  to: number,
  style: FieldStyle,
): number {
  let close = line.indexOf('"', from)
  // auoms does not escape quotes within quotes: the closing one is followed by the next field, or by nothing.
  while (style === 'words' && close >= 0 && close + 1 < to) {
    nextName.lastIndex = close + 1
    if (nextName.exec(line)?.index === close + 1) break
    close = line.indexOf('"', close + 1)
  }
  return close < to ? close : -1
}

/** `msg='op=login acct="root" …'` holds fields of its own; an apostrophe within is not escaped, so the last one closes. */
function scanMessage(
  line: string,
  name: string,
  start: number,
  to: number,
  style: FieldStyle,
  sink: FieldSink,
): number {
  if (name !== 'msg') {
    const close = line.indexOf("'", start + 1)
    const end = close < 0 || close > to ? to : close
    sink.field(name, line.slice(start + 1, end), false)
    return end + 1
  }
  const separator = line.indexOf('\x1d', start)
  const segment = separator < 0 || separator > to ? to : separator
  const close = line.lastIndexOf("'", segment - 1)
  const end = close > start ? close : segment
  scanFields(line, start + 1, end, style, sink)
  return end + 1
}

/** `SADDR={ saddr_fam=local path=/tmp/{x} }`: a path may hold braces, so the last one closes. */
function readBraces(
  line: string,
  name: string,
  start: number,
  to: number,
  sink: FieldSink,
): number {
  const close = line.lastIndexOf('}', to - 1)
  const end = close > start ? close : to
  sink.field(name, line.slice(start + 1, end).trim(), false)
  return end + 1
}

function readBare(
  line: string,
  name: string,
  start: number,
  to: number,
  style: FieldStyle,
  sink: FieldSink,
): number {
  let end: number
  if (style === 'words') {
    end = endOfWords(line, name, start, to)
    sink.field(name, line.slice(start, end), true)
    return end
  }
  end = line.indexOf(' ', start)
  if (end < 0 || end > to) end = to
  const raw = line.slice(start, end)
  const separator = raw.indexOf('\x1d')
  const cut = separator >= 0 ? separator : enrichedAt(raw)
  sink.field(name, cut < 0 ? raw : raw.slice(0, cut), true)
  return cut < 0 ? end : start + cut
}

// What a program chose may hold blanks and ` name=`: of a record that has its fields in one order, what stands behind is known.
const behind: Readonly<Record<string, readonly string[]>> = {
  name: [' inode=', ' nametype=', ' objtype='],
  comm: [' exe='],
  cmd: [' exe=', ' terminal='],
}

function endOfWords(line: string, name: string, start: number, to: number) {
  for (const next of entryOf(behind, name) ?? []) {
    const at = line.lastIndexOf(next, to - 1)
    if (at >= start) return at
  }
  nextName.lastIndex = start
  return Math.min(nextName.exec(line)?.index ?? to, to)
}

/** The names that auditd adds; where a shipper lost the separator, one stands right behind a value. */
const enriched = [
  'OLD-AUID',
  'SYSCALL',
  'SADDR',
  'OAUID',
  'FSUID',
  'FSGID',
  'AUID',
  'OUID',
  'OGID',
  'EUID',
  'EGID',
  'SUID',
  'SGID',
  'ARCH',
  'UID',
  'GID',
]

function enrichedAt(raw: string): number {
  const equals = raw.indexOf('=')
  if (equals <= 0) return -1
  for (const name of enriched) {
    if (equals >= name.length && raw.startsWith(name, equals - name.length)) {
      return equals - name.length
    }
  }
  return -1
}
