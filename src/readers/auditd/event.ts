// One event out of its joined records: names merged, values decoded when they are asked for. Alike events have the same
// names in the same order, so a walk along a tree of names finds their shape without building a key.
import { NameBudget } from '../../base/name-budget.ts'
import type { Provenance, SourceRecord, Value } from '../../base/record.ts'
import { provenance, Shape } from '../../base/record.ts'
import { formatTime } from '../../base/time.ts'

import type { Encoding } from './encoding.ts'
import { decodeBare, decodeHex, encodingOf } from './encoding.ts'
import { scanFields } from './fields.ts'
import type { AuditText } from './header.ts'
import { InterpretedFields } from './interpreted.ts'
import { rankOf } from './record-types.ts'

export interface AuditLine extends AuditText {
  readonly offset: number
}

/** Nodes of the tree of names; over it the tree is forgotten and grows anew. */
const maxNodes = 65_536

/** Fields of one event that are kept, arguments apart; what is over is said to be cut. */
const maxFields = 4096

/** Arguments of EXECVE that are kept, and parts of one. */
const maxArguments = 32_768

/** Arguments that may be missing before one that is there: those of a record that was lost. */
const maxGap = 1024

/** Items of the lists of an event, one for each PATH record; over it lists hold what is there, and no longer correspond. */
const maxPathItems = 65_536

/** Arguments that have a field of their own (`a0`); all of them are in `argv`. Rounded up, so that shapes are few. */
const argumentFields: readonly number[] = [4, 8, 16, 32, 64]

type Read = (event: AuditRecord) => Value | undefined

/** What is known of all events with one sequence of records and names. */
interface Layout {
  readonly shape: Shape
  readonly provenance: Provenance
  readonly reads: readonly Read[]
}

/** A record begins (`record` is its type), or a field was read, or the arguments of EXECVE follow (`count`). */
interface Step {
  readonly parent: Step | undefined
  readonly key: string
  readonly kind: 'start' | 'record' | 'field' | 'arguments'
  next: Map<string, Step> | undefined
  last: Step | undefined
  layout: Layout | undefined
}

function step(parent: Step | undefined, kind: Step['kind'], key: string): Step {
  return {
    parent,
    kind,
    key,
    next: undefined,
    last: undefined,
    layout: undefined,
  }
}

export class AuditRecord implements SourceRecord {
  shape = new Shape([])
  provenance = provenance('linux-audit', '', '', '')
  number = 0
  offset = 0
  writtenAt: number | undefined
  node = ''
  readonly #raws: string[] = []
  readonly #bare: boolean[] = []
  #count = 0
  readonly #arguments = new Arguments()
  #inExecve = false
  readonly #words = new InterpretedFields(this)
  #root = step(undefined, 'start', '')
  #nodes = 0
  #at = this.#root
  #reads: readonly Read[] = []
  /** Offset of a line that was cut within a value, -1 where none was. */
  tornAt = -1

  /** Takes the records of one event, in any order. */
  load(lines: readonly AuditLine[]): void {
    if (this.#nodes > maxNodes) {
      this.#root = step(undefined, 'start', '')
      this.#nodes = 0
    }
    this.#at = this.#root
    this.#count = 0
    this.#arguments.clear()
    this.tornAt = -1
    const { header } = lines[0]!
    this.number = header.serial
    this.writtenAt = header.time
    this.node = header.node
    this.offset = lines[0]!.offset
    for (const line of inKernelOrder(lines)) this.#loadLine(line)
    if (this.#arguments.count > 0) {
      this.#advance('arguments', String(this.#arguments.fields))
    }
    const layout = (this.#at.layout ??= layoutOf(this.#at))
    this.shape = layout.shape
    this.provenance = layout.provenance
    this.#reads = layout.reads
  }

  value(i: number): Value | undefined {
    return this.#reads[i]?.(this)
  }

  #loadLine(line: AuditLine) {
    const { header, text, offset } = line
    if (offset < this.offset) this.offset = offset
    this.#advance('record', header.type)
    this.#inExecve = header.type === 'EXECVE'
    const whole = header.interpreted
      ? this.#words.scan(header.type, text, header.body)
      : scanFields(text, header.body, text.length, 'kernel', this)
    if (!whole || this.#count >= maxFields || this.#arguments.isCut)
      this.tornAt = offset
  }

  field(name: string, raw: string, bare: boolean): void {
    if (this.#inExecve && this.#arguments.take(name, raw, bare)) return
    if (this.#count >= maxFields) return
    this.#raws[this.#count] = raw
    this.#bare[this.#count] = bare
    this.#count++
    this.#advance('field', name)
  }

  #advance(kind: Step['kind'], key: string) {
    const at = this.#at
    const last = at.last
    if (last !== undefined && last.key === key && last.kind === kind) {
      this.#at = last
      return
    }
    at.next ??= new Map()
    const id = kind === 'field' ? key : `${kind} ${key}`
    let next = at.next.get(id)
    if (!next) {
      this.#nodes++
      next = step(at, kind, key)
      at.next.set(id, next)
    }
    at.last = next
    this.#at = next
  }

  /** The decoded value of the field that was read as number `i`. */
  decoded(i: number, encoding: Encoding): string | readonly string[] {
    const raw = this.#raws[i]!
    return this.#bare[i] ? decodeBare(raw, encoding) : raw
  }

  argument(i: number): string | undefined {
    return this.#arguments.text(i)
  }

  get argumentCount(): number {
    return this.#arguments.count
  }
}

/** `a0`, `a1[0]`, `a1_len` of EXECVE, which may be spread over several records. */
class Arguments {
  count = 0
  /** Those that are there: `count` also counts gaps between them. */
  #seen = 0
  /** By argument, in the order in which they came. */
  #parts: Part[][] = []
  #bare: boolean[] = []
  /** Some were out of bounds. */
  isCut = false

  clear() {
    this.isCut = false
    if (this.count === 0) return
    this.count = 0
    this.#seen = 0
    this.#parts = []
    this.#bare = []
  }

  get fields(): number {
    return argumentFields.find((n) => n >= this.count) ?? argumentFields.at(-1)!
  }

  /** false where the name is not an argument's. */
  take(name: string, raw: string, bare: boolean): boolean {
    const m = argumentName.exec(name)
    if (!m) return false
    const index = Number(m[1])
    if (m[3]) return true
    if (index >= Math.min(maxArguments, this.#seen + maxGap)) {
      this.isCut = true
      return true
    }
    const at = m[2] ? Number(m[2]) : 0
    if (at >= maxArguments) return true
    const known = this.#parts[index]
    const part = { at, raw }
    if (known) known.push(part)
    else {
      this.#parts[index] = [part]
      this.#seen++
    }
    this.#bare[index] = bare
    if (index >= this.count) this.count = index + 1
    return true
  }

  text(i: number): string | undefined {
    const parts = this.#parts[i]
    if (!parts) return undefined
    const raw = parts.length === 1 ? parts[0]!.raw : joined(parts)
    return this.#bare[i] ? (decodeHex(raw) ?? raw) : raw
  }
}

interface Part {
  readonly at: number
  readonly raw: string
}

/** In their order; of one that came twice, the last. */
function joined(parts: readonly Part[]): string {
  const sorted = [...parts].sort((a, b) => a.at - b.at)
  return sorted
    .filter((part, i) => sorted[i + 1]?.at !== part.at)
    .map((part) => part.raw)
    .join('')
}

const argumentName = /^a(\d{1,7})(?:\[(\d{1,7})\]|(_len))?$/

/** So that an event is the same however its lines were mixed up: by kind, then by item, then by text. */
function inKernelOrder(lines: readonly AuditLine[]): readonly AuditLine[] {
  let ordered = true
  for (let i = 1; i < lines.length && ordered; i++) {
    ordered = compareLines(lines[i - 1]!, lines[i]!) <= 0
  }
  return ordered ? lines : [...lines].sort(compareLines)
}

function compareLines(a: AuditLine, b: AuditLine): number {
  const byRank = rankOf(a.header.type) - rankOf(b.header.type)
  if (byRank !== 0) return byRank
  if (a.header.type !== b.header.type) {
    return a.header.type < b.header.type ? -1 : 1
  }
  const byItem = itemOf(a) - itemOf(b)
  if (byItem !== 0) return byItem
  return a.text < b.text ? -1 : a.text > b.text ? 1 : 0
}

const item = /\bitem=(\d{1,7})/y

function itemOf({ text, header }: AuditLine): number {
  item.lastIndex = header.body
  const m = item.exec(text)
  return m ? Number(m[1]) : -1
}

/** A field, seen from the sequence of steps. */
interface Place {
  /** Position among the fields of the event. */
  readonly index: number
  /** Which PATH record it is in, -1 for other records. */
  readonly path: number
}

function layoutOf(end: Step): Layout {
  const steps: Step[] = []
  for (let s: Step | undefined = end; s; s = s.parent) steps.push(s)
  steps.reverse()
  const types = new Set<string>()
  const places = new Map<string, Place[]>()
  let index = 0
  let paths = 0
  let path = -1
  let argumentFieldCount = 0
  for (const { kind, key } of steps) {
    if (kind === 'record') {
      types.add(key)
      path = key === 'PATH' ? paths++ : -1
    } else if (kind === 'arguments') {
      argumentFieldCount = Number(key)
    } else if (kind === 'field') {
      const known = places.get(key)
      const place = { index: index++, path }
      if (known) known.push(place)
      else places.set(key, [place])
    }
  }
  const reads = new Map<string, Read>()
  const typeList = [...types]
  reads.set('type', () => typeList)
  reads.set('timestamp', (e) =>
    e.writtenAt === undefined ? undefined : formatTime(e.writtenAt),
  )
  reads.set('serial', (e) => e.number)
  reads.set('node', (e) => e.node || undefined)
  for (const [name, of] of places) {
    const free = reads.has(name) ? `${name}.2` : name
    const isAligned = paths * places.size <= maxPathItems
    reads.set(free, readOf(name, of, isAligned ? paths : 0))
  }
  if (argumentFieldCount > 0) addArguments(reads, argumentFieldCount)
  return {
    shape: sharedShape([...reads.keys()]),
    provenance: provenance('linux-audit', '', '', typeList.join('+')),
    reads: [...reads.values()],
  }
}

function readOf(name: string, of: readonly Place[], paths: number): Read {
  const encoding = encodingOf(name)
  const [first] = of
  if (of.length === 1 && (first!.path < 0 || paths === 1)) {
    const { index } = first!
    return (e) => e.decoded(index, encoding)
  }
  const indexes = of.filter((p) => p.path < 0).map((p) => p.index)
  const byPath = new Map<number, number>()
  for (const { path, index } of of) {
    if (path >= 0 && !byPath.has(path)) byPath.set(path, index)
  }
  if (paths === 0) for (const index of byPath.values()) indexes.push(index)
  else if (byPath.size > 0) {
    // One item for each PATH, null where it lacks the name, so that the lists of names, modes and kinds correspond.
    for (let path = 0; path < paths; path++) {
      indexes.push(byPath.get(path) ?? -1)
    }
  }
  return (e) =>
    indexes.flatMap((i): Value[] => {
      const value = i < 0 ? null : e.decoded(i, encoding)
      return Array.isArray(value) ? value : [value]
    }) as Value
}

// SYSCALL's a0 to a3 are registers, EXECVE's are arguments: both are values of the one name, and any may match.
function addArguments(reads: Map<string, Read>, count: number) {
  reads.set('argv', (e) => argumentsOf(e))
  for (let i = 0; i < count; i++) {
    const name = `a${i}`
    const register = reads.get(name)
    reads.set(name, (e) => {
      const text = e.argument(i)
      if (!register) return text
      const value = register(e)
      return text === undefined ? value : [value as string, text]
    })
  }
}

function argumentsOf(e: AuditRecord): readonly string[] {
  const out: string[] = []
  for (let i = 0; i < e.argumentCount; i++) out.push(e.argument(i) ?? '')
  return out
}

const shapes = new Map<string, Shape>()
const budget = new NameBudget()

/** The one shape of these names in this order. */
export function sharedShape(names: readonly string[]): Shape {
  const key = names.join('\0')
  const known = shapes.get(key)
  if (known) return known
  const made = new Shape(names)
  if (budget.mustForget(names)) shapes.clear()
  shapes.set(key, made)
  return made
}
