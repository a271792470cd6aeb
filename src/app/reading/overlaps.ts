// Which sources hold some of the same events, as far as samples of them tell? An export of a wider span, a log and its rotated copy with a day in
// common, the same day from two collectors.
import type { Piece, SourceReport } from './report.ts'

/** Sources that are compared; marks that are kept of all, and thinned beyond. */
const maxSources = 100_000
const maxMarks = 1 << 18
/** Sources of one host whose events were passed by unread, so that no sample tells of them: compared up to so many bytes. */
const maxUnmarkedBytes = 16 * 1024 * 1024
/** Sources that share events are read again, up to so many bytes of all. */
const maxBytesAgain = 256 * 1024 * 1024

class Compared {
  readonly name: string
  readonly format: string
  readonly pieces = new Set<Piece>()
  bytes = 0
  /** Of its group, or itself. */
  first: Compared = this

  constructor(name: string, format: string) {
    this.name = name
    this.format = format
  }
}

export interface Overlapping {
  /** To be read again. */
  readonly pieces: readonly Piece[]
  /** By the name of a source: its format. */
  readonly formats: ReadonlyMap<string, string>
  /** Groups of sources too large for that. */
  readonly notCompared: readonly (readonly string[])[]
}

export class Overlaps {
  readonly #sources = new Map<string, Compared>()
  #firstWith = new Map<number, Compared>()
  #limit = 2 ** 53
  /** By host: sources with events that were passed by. */
  readonly #unmarked = new Map<string, Set<Compared>>()

  /** `hosts`: of the piece that it was read in. */
  add(piece: Piece, source: SourceReport, hosts: readonly string[]): void {
    const { name, format, bytes, marks, unmarked } = source
    if (format === undefined || !(marks || unmarked)) return
    const compared = this.#comparedOf(name, format)
    if (!compared) return
    compared.pieces.add(piece)
    compared.bytes += bytes
    for (const mark of marks ?? []) this.#mark(mark, compared)
    if (!unmarked) return
    for (const host of hosts) {
      const of = this.#unmarked.get(host) ?? new Set()
      this.#unmarked.set(host, of.add(compared))
    }
  }

  /** Asked once: marks are let go of. */
  found(): Overlapping {
    this.#firstWith.clear()
    for (const of of this.#unmarked.values()) {
      const all = [...of]
      if (bytesOf(all) > maxUnmarkedBytes) continue
      for (const source of all) join(all[0]!, source)
    }
    const pieces = new Set<Piece>()
    const formats = new Map<string, string>()
    const notCompared: (readonly string[])[] = []
    let left = maxBytesAgain
    for (const group of this.#groups()) {
      const bytes = bytesOf(group)
      if (bytes > left) {
        notCompared.push(group.map((s) => s.name))
        continue
      }
      left -= bytes
      for (const source of group) {
        formats.set(source.name, source.format)
        for (const piece of source.pieces) pieces.add(piece)
      }
    }
    return { pieces: [...pieces], formats, notCompared }
  }

  /** Of more than one source each, the smallest first. */
  #groups(): Compared[][] {
    const groups = new Map<Compared, Compared[]>()
    for (const source of this.#sources.values()) {
      const first = firstOf(source)
      const group = groups.get(first)
      if (group) group.push(source)
      else groups.set(first, [source])
    }
    return [...groups.values()]
      .filter((group) => group.length > 1)
      .sort((a, b) => bytesOf(a) - bytesOf(b))
  }

  #comparedOf(name: string, format: string): Compared | undefined {
    const known = this.#sources.get(name)
    if (known || this.#sources.size >= maxSources) return known
    const made = new Compared(name, format)
    this.#sources.set(name, made)
    return made
  }

  #mark(mark: number, source: Compared): void {
    if (mark >= this.#limit) return
    const other = this.#firstWith.get(mark)
    if (other) {
      join(other, source)
      return
    }
    this.#firstWith.set(mark, source)
    if (this.#firstWith.size <= maxMarks) return
    this.#limit /= 2
    this.#firstWith = new Map(
      [...this.#firstWith].filter(([m]) => m < this.#limit),
    )
  }
}

function bytesOf(sources: readonly Compared[]): number {
  return sources.reduce((sum, s) => sum + s.bytes, 0)
}

function join(a: Compared, b: Compared): void {
  firstOf(b).first = firstOf(a)
}

function firstOf(source: Compared): Compared {
  let first = source
  while (first.first !== first) first = first.first
  source.first = first
  return first
}
