// Was a record's line cut off, by a buffer, a terminal or a copy that ended? One line tells it by itself: its last value is open, or
// is half a byte, or the kernel writes more behind it. What stands at the cut may be the beginning of another value, so it is left out;
// a system call of which it is not told who made it is left out whole, since a rule would take the silence for an answer.
import { plural } from '../../base/shown.ts'

import type { RecordSink } from '../reader.ts'
import { encodingOf } from './encoding.ts'
import type { AuditText, Header } from './header.ts'

/** Names of a record's fields in the order of the kernel's auditsc.c; `?`: not always there. Behind them others may follow. */
const orders: Readonly<Record<string, readonly string[]>> = {
  SYSCALL:
    'arch per? syscall success? exit? a0 a1 a2 a3 items ppid pid auid uid gid euid suid fsuid egid sgid fsgid tty? ses? comm exe'.split(
      ' ',
    ),
  PATH: 'item name inode dev mode ouid ogid rdev'.split(' '),
  SECCOMP:
    'auid uid gid ses subj? pid comm exe sig arch syscall compat ip code'.split(
      ' ',
    ),
}

/** Kinds of names in PATH, whole. */
const kindsOfName = ['NORMAL', 'PARENT', 'CREATE', 'DELETE', 'UNKNOWN']

/** Digits that hold port and address, by the family as the kernel writes it: sockaddr_in's first 8 bytes, sockaddr_in6's first 24. */
const leastDigits: Readonly<Record<string, number>> = { '0200': 16, '0A00': 48 }

/** The cut lines of one source. */
export class CutLines {
  #lines = 0
  /** Of them: system calls that are left out. */
  #calls = 0
  #firstOffset = 0
  #firstLength = 0
  #areAlike = true

  /** What is whole of a record; undefined: nothing that can be judged. `isAtWidth`: its line is as long as others that were cut. */
  whole(
    { text, header }: AuditText,
    offset: number,
    isAtWidth = false,
  ): string | undefined {
    const whole = wholeOf(text, header, isAtWidth)
    if (whole === undefined) return text
    if (this.#lines++ === 0) {
      this.#firstOffset = offset
      this.#firstLength = text.length
    } else if (text.length !== this.#firstLength) this.#areAlike = false
    if (header.type !== 'SYSCALL' || isTold(whole)) return whole
    this.#calls++
    return undefined
  }

  say(sink: RecordSink): void {
    if (this.#lines === 0) return
    const length = `${this.#firstLength} characters`
    const at = this.#areAlike ? ` at ${length}` : `, the first at ${length}`
    const calls = this.#calls
      ? `, and so ${this.#calls === 1 ? 'is' : 'are'} ${plural(this.#calls, 'system call')} of which too little is left`
      : ''
    sink.damaged({
      what: 'text',
      offset: this.#firstOffset,
      message: `${plural(this.#lines, 'line')} cut off${at}: the value at the end of each is left out${calls}`,
      lost: this.#calls,
    })
    this.#lines = 0
    this.#calls = 0
  }
}

/** Does the line show by itself that it was cut? */
export function isCut(text: string, header: Header): boolean {
  return wholeOf(text, header, false) !== undefined
}

/** Is it said which program made the call? */
function isTold(text: string): boolean {
  return / exe=./.test(text)
}

/** What is whole of a line that was cut; undefined: it was not, as far as it shows. */
function wholeOf(
  text: string,
  header: Header,
  isAtWidth: boolean,
): string | undefined {
  if (text.length <= header.body) return undefined
  const last = lastWord(text, header.body)
  const isEarly = endsEarly(text, header)
  const isKernels = !header.interpreted
  if (last === '' || (isKernels && isClosed(last))) {
    // The value is whole; the call is not.
    return isEarly && header.type === 'SYSCALL' ? text : undefined
  }
  const isTorn =
    isEarly ||
    isAtWidth ||
    isOpenMessage(text, header) ||
    (isKernels && isTornWord(last, text, header.type))
  if (!isTorn) return undefined
  return isKernels && !last.includes('=')
    ? text.slice(0, text.length - last.length).trimEnd()
    : withoutLast(text, header.body)
}

/** '' where a blank ends the line. */
function lastWord(text: string, body: number): string {
  const at = Math.max(text.lastIndexOf(' '), text.lastIndexOf('\x1d'))
  return text.slice(Math.max(at + 1, body))
}

function isClosed(word: string): boolean {
  return /="[^"]*"$/.test(word) || word.endsWith("'") || word.endsWith('}')
}

/** The last word of a record whose values stand as the kernel writes them. */
function isTornWord(word: string, text: string, type: string): boolean {
  const at = word.indexOf('=')
  const name = word.slice(0, Math.max(at, 0))
  const value = word.slice(at + 1)
  if (at < 0 || value === '') return isFields(type)
  if (value.startsWith('"')) return value.indexOf('"', 1) < 0
  if (value.startsWith('(')) return !value.endsWith(')')
  if (name === 'nametype') {
    return kindsOfName.some((k) => k !== value && k.startsWith(value))
  }
  const argument = type === 'EXECVE' ? argumentName.exec(name) : null
  const isHex = argument || name === 'saddr' || encodingOf(name) !== 'plain'
  if (!isHex || !/^[0-9A-F]+$/.test(value)) return false
  if (value.length % 2 === 1 || buffers.has(text.length)) return true
  if (argument && !name.endsWith(']'))
    return isMissing(Number(argument[1]) + 1, text)
  const least = name === 'saddr' ? leastDigits[value.slice(0, 4)] : undefined
  return least !== undefined && value.length < least
}

const argumentName = /^a(\d{1,7})(?:\[\d{1,7}\])?$/

/** Of a record that the kernel does not spread over several, in UTF-16 units. */
const maxUndivided = 7000

/** Does an argument stand behind those that are there? */
function isMissing(arguments_: number, text: string): boolean {
  const count = / argc=(\d{1,7}) /.exec(text)
  return (
    count !== null &&
    !text.includes('_len=') &&
    Number(count[1]) > arguments_ &&
    text.length < maxUndivided
  )
}

/** Of usual buffers, whole or with a byte for the end: bytes of a line. */
const buffers = new Set([1023, 1024, 2047, 2048, 4095, 4096, 8191, 8192])

/** Records that the kernel makes of names and values alone. */
function isFields(type: string): boolean {
  return Object.hasOwn(orders, type) || fieldsOnly.has(type)
}

const fieldsOnly = new Set([
  'EXECVE',
  'CWD',
  'PROCTITLE',
  'SOCKADDR',
  'MMAP',
  'BPRM_FCAPS',
  'OBJ_PID',
])

/** `msg='op=login ...` without its end. */
function isOpenMessage(text: string, { body }: Header): boolean {
  const at = text.indexOf("msg='", body)
  return at >= 0 && text.lastIndexOf("'") === at + 4
}

/** Its fields are those that the kernel writes first, without a gap, and not all of those that it always writes. */
function endsEarly(text: string, header: Header): boolean {
  const { type, body, interpreted } = header
  const order = Object.hasOwn(orders, type) ? orders[type]! : undefined
  if (!order) return false
  const end = text.indexOf(` ${order.at(-1)}=`, body)
  if (end >= 0 && text.indexOf(' ', end + 1) >= 0) return false
  const words = text.slice(body, body + maxOrdered).split(' ')
  const last = words.length - 1
  let at = 0
  for (const [i, word] of words.entries()) {
    const equals = word.indexOf('=')
    // Values in words hold blanks; a blank may stand at the end.
    if (equals < 0 && (word === '' || (interpreted && i > 0))) continue
    const name = equals < 0 ? word : word.slice(0, equals)
    const next = nextIn(order, at, name, i === last && equals < 0)
    if (next < 0) return false
    at = next + 1
  }
  return at > 0 && (at < order.length || !isWholeEnd(words[last]!))
}

/** In UTF-16 units: what the ordered fields of a record take, its values being bounded by the kernel. */
const maxOrdered = 16 * 1024

/** Where a name stands in the order, from `at` on; -1: a field that must stand before it is not there. */
function nextIn(
  order: readonly string[],
  at: number,
  name: string,
  isTorn: boolean,
): number {
  for (let i = at; i < order.length; i++) {
    const own = order[i]!
    const plain = own.replace('?', '')
    if (isTorn ? plain.startsWith(name) : plain === name) return i
    if (plain === own) return -1
  }
  return -1
}

/** The last of the ordered fields ends the line: is it whole? */
function isWholeEnd(word: string): boolean {
  return isClosed(word) || /^rdev=[0-9a-f]{2,}:[0-9a-f]{2,}$/.test(word)
}

/** Values of several words go with their name. */
export function withoutLast(text: string, from = 0): string {
  const at = text.search(
    /[ \x1d][\w[\]-]{1,64}=(?:(?![ \x1d][\w[\]-]{1,64}=).)*$/,
  )
  return at < from ? text.slice(0, from) : text.slice(0, at)
}
