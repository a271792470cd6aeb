// What the words of `ausearch -i` stand for. It writes numbers in words and leaves the quotes out; here the fields get
// back the names and forms of auditd's ENRICHED log, so that all that follows knows one form of a record. A number that
// the words do not tell (that of any account but root) is left out: its word stands under ENRICHED's name for it.
// Which fields are interpreted, and how: audit-userspace, auparse/typetab.h and auparse/interpret.c.
import { entryOf } from '../../base/entry.ts'

import { errnoOf } from './errno.ts'
import { type FieldSink, scanFields } from './fields.ts'
import { registerOf } from './register-words.ts'

/** Reads the records of an event, one after the other. */
export class InterpretedFields implements FieldSink {
  readonly #sink: FieldSink
  #type = ''
  #call = ''

  constructor(sink: FieldSink) {
    this.#sink = sink
  }

  /** As `scanFields`. */
  scan(type: string, line: string, from: number): boolean {
    this.#type = type
    this.#call = ''
    // Each line ends with a blank of its own.
    const to = line.endsWith(' ') ? line.length - 1 : line.length
    const trimmed = line.trimEnd().length
    const only = entryOf(onlyField, type)
    if (only !== undefined && line.startsWith(`${only}=`, from)) {
      const start = from + only.length + 1
      this.#sink.field(only, line.slice(start, to), false)
      return true
    }
    if (type === 'EXECVE') {
      scanArguments(line, from, to, this.#sink)
      return true
    }
    return scanFields(line, from, trimmed, 'words', this)
  }

  field(name: string, words: string): void {
    if (name === 'syscall') this.#call = words
    if (accounts.has(name)) this.#account(name, words)
    else if (name === 'saddr' && words.includes('fam=')) {
      this.#sink.field('SADDR', words, false)
    } else if (this.#type === 'SYSCALL' && /^a[0-3]$/.test(name)) {
      this.#sink.field(name, registerOf(this.#call, name, words), false)
    } else this.#sink.field(name, plainOf(name, words), false)
  }

  #account(name: string, words: string) {
    const number = accountNumber(words)
    if (number !== undefined) this.#sink.field(name, number, false)
    if (number !== words) this.#sink.field(name.toUpperCase(), words, false)
  }
}

/** Fields of accounts and groups; ENRICHED writes their words under the same names in capitals. */
const accounts: ReadonlySet<string> = new Set([
  'auid',
  'uid',
  'euid',
  'suid',
  'fsuid',
  'ouid',
  'oauid',
  'old-auid',
  'iuid',
  'id',
  'inode_uid',
  'sauid',
  'obj_uid',
  'obj_gid',
  'gid',
  'egid',
  'sgid',
  'fsgid',
  'ogid',
  'igid',
  'inode_gid',
  'new_gid',
])

const unset = '4294967295'

function accountNumber(words: string): string | undefined {
  if (words === 'root') return '0'
  if (words === 'unset') return unset
  const unknown = /^unknown\((-?\d{1,10})\)$/.exec(words)
  if (unknown) return unknown[1]
  return /^-?\d{1,10}$/.test(words) ? words : undefined
}

/** Records with one field, in which anything may stand. */
const onlyField: Readonly<Record<string, string>> = {
  PROCTITLE: 'proctitle',
  CWD: 'cwd',
}

/** Of one record. */
const maxArguments = 32_768

const argumentHead = / ?a(\d{1,7})(?:\[(\d{1,7})\]|_len)?=/g

// An argument ends where the next one begins: ` a1=` within the text of another argument is none, if it is not its turn.
function scanArguments(
  line: string,
  from: number,
  to: number,
  sink: FieldSink,
) {
  const count = /argc=\d{1,7}/y
  count.lastIndex = from
  const argc = count.exec(line)?.[0]
  if (argc) sink.field('argc', argc.slice(5), false)
  const heads: { name: string; at: number; end: number }[] = []
  let next = 0
  argumentHead.lastIndex = from
  for (
    let m = argumentHead.exec(line);
    m && m.index < to && heads.length < maxArguments;
    m = argumentHead.exec(line)
  ) {
    const index = Number(m[1])
    const isPart = m[2] !== undefined || m[0].includes('_len')
    if (index !== next && !(isPart && index === next - 1)) {
      if (heads.length > 0) continue
      next = index
    }
    next = index + 1
    const name = m[0].trim().slice(0, -1)
    heads.push({ name, at: m.index, end: m.index + m[0].length })
  }
  for (const [i, { name, end }] of heads.entries()) {
    sink.field(name, line.slice(end, heads[i + 1]?.at ?? to), false)
  }
}

/** What the words of a field stand for that is neither an account nor a register. */
function plainOf(name: string, words: string): string {
  if (name === 'exit') return exitOf(words)
  if (name === 'ses' || name === 'old-ses') {
    return words === 'unset' ? unset : words
  }
  // The kernel writes a digit, programs a word.
  if (name === 'res' && words === 'yes') return '1'
  if (name === 'res' && words === 'no') return '0'
  return words
}

/** `ENOENT(No such file or directory)`, of older versions `-2(No such file or directory)`. */
function exitOf(words: string): string {
  const m = /^(-?\d{1,20}|E[0-9A-Z_]{1,24})\(/.exec(words)
  if (!m) return words
  const number = errnoOf(m[1]!)
  return number === undefined ? m[1]! : String(-number)
}
