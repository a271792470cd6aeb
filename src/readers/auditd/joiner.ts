// Which lines belong together? auditd interleaves the records of different events, and they arrive out of order or not
// at all: an event is closed by its end, its age or a bound, never by the next line.
import type { AuditText } from './header.ts'
import { isSingle } from './record-types.ts'

/** Event time, in milliseconds: what is farther from the newest line than this gets no more records. auditd waits as long. */
const maxAgeMs = 2000

/** Lines that a finished or aged event still waits, for records that were overtaken. */
const graceLines = 32

/** Open events; beyond it the oldest is closed. */
const maxOpen = 4096

/** Of one event, in UTF-16 units and in lines; EXECVE may carry 2 MiB of arguments in hex. */
const maxEventText = 8 * 1024 * 1024
const maxEventLines = 8192

/** What a line costs besides its text, in UTF-16 units. */
const costOfLine = 256

/** Of all open events, text and lines, in UTF-16 units. */
const maxOpenCost = 32 * 1024 * 1024

/** Keys of events that were given, to tell records that come late: so many, and as many before them. */
const maxClosedKeys = 4096

interface Group<Line> {
  readonly key: string
  readonly time: number | undefined
  readonly lines: Line[]
  /** In UTF-16 units. */
  cost: number
  /** The number of its newest line. */
  lastAt: number
  /** The number of the line that finished it; 0 while nothing has. */
  finishedAt: number
  closed: boolean
}

export class Joiner<Line extends AuditText> {
  readonly #close: (lines: readonly Line[]) => void
  readonly #late: (line: Line) => void
  readonly #open = new Map<string, Group<Line>>()
  #closed = new Set<string>()
  #closedBefore = new Set<string>()
  /** In order of PROCTITLE. */
  #finished: Group<Line>[] = []
  #firstFinished = 0
  #last: Group<Line> | undefined
  #lineCount = 0
  #openCost = 0

  /** `late`: of a record whose event was given already; it comes alone. */
  constructor(
    close: (lines: readonly Line[]) => void,
    late: (line: Line) => void,
  ) {
    this.#close = close
    this.#late = late
  }

  add(line: Line): void {
    const { type, time } = line.header
    this.#lineCount++
    if (time !== undefined) this.#closeAged(time)
    const key = keyOf(line)
    const group = this.#groupOf(key, line)
    if (type === 'EOE') {
      if (group) this.#closeGroup(group)
    } else if (group) {
      this.#append(group, line)
    } else {
      this.#close([line])
    }
    this.#closeWaited()
  }

  /** Of what is open, the line that came first. */
  get oldest(): Line | undefined {
    for (const { lines } of this.#open.values()) return lines[0]
    return undefined
  }

  /** No more lines belong to what is open: the source has ended, or is quiet. */
  end(): void {
    for (const group of [...this.#open.values()]) this.#closeGroup(group)
    this.#finished = []
    this.#firstFinished = 0
  }

  /** undefined: the line is an event of its own, or an end without a beginning. */
  #groupOf(key: string, line: Line): Group<Line> | undefined {
    const { type, time } = line.header
    if (this.#last && this.#last.key === key && !this.#last.closed) {
      return this.#last
    }
    let group = this.#open.get(key)
    if (!group) {
      if (isSingle(type)) return undefined
      if (type === 'EOE') return undefined
      group = {
        key,
        time,
        lines: [],
        cost: 0,
        lastAt: 0,
        finishedAt: 0,
        closed: false,
      }
      this.#open.set(key, group)
      if (this.#closed.has(key) || this.#closedBefore.has(key)) {
        this.#late(line)
      }
      if (this.#open.size > maxOpen) this.#closeOldest()
    }
    this.#last = group
    return group
  }

  #append(group: Group<Line>, line: Line) {
    group.lines.push(line)
    group.lastAt = this.#lineCount
    const cost = line.text.length + costOfLine
    group.cost += cost
    this.#openCost += cost
    if (group.lines.length >= maxEventLines || group.cost > maxEventText) {
      this.#closeGroup(group)
      return
    }
    while (this.#openCost > maxOpenCost) this.#closeOldest()
    if (line.header.type === 'PROCTITLE' && group.finishedAt === 0) {
      group.finishedAt = this.#lineCount
      this.#finished.push(group)
    }
  }

  // Groups are in order of their first line, so mostly in order of time; a clock that jumps (a rotated log, a new boot)
  // ages all that came before it.
  #closeAged(time: number) {
    for (const group of this.#open.values()) {
      const age = Math.abs(time - (group.time ?? time))
      if (age <= maxAgeMs && group.time !== undefined) break
      if (this.#lineCount - group.lastAt < graceLines) break
      this.#closeGroup(group)
    }
  }

  #closeWaited() {
    const finished = this.#finished
    while (this.#firstFinished < finished.length) {
      const group = finished[this.#firstFinished]!
      if (!group.closed) {
        if (this.#lineCount - group.finishedAt < graceLines) break
        this.#closeGroup(group)
      }
      this.#firstFinished++
    }
    if (this.#firstFinished > 1024) {
      this.#finished = finished.slice(this.#firstFinished)
      this.#firstFinished = 0
    }
  }

  #closeOldest() {
    for (const group of this.#open.values()) {
      this.#closeGroup(group)
      return
    }
  }

  #closeGroup(group: Group<Line>) {
    if (group.closed) return
    group.closed = true
    this.#open.delete(group.key)
    this.#openCost -= group.cost
    this.#remember(group.key)
    if (group.lines.length) this.#close(group.lines)
  }

  #remember(key: string) {
    this.#closed.add(key)
    if (this.#closed.size < maxClosedKeys) return
    this.#closedBefore = this.#closed
    this.#closed = new Set()
  }
}

// Serials begin anew at boot, so the time is part of the identity.
function keyOf({ header }: AuditText): string {
  return header.node ? `${header.stamp} ${header.node}` : header.stamp
}
