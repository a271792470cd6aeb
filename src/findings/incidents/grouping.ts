// Which findings are one incident? Those that share what ties them, on one host and not too far apart in time; and what a file holds with what
// happened where it was opened. Findings come in order of time, so an incident is called by its first finding: the same in every run.
import type { Member } from './member.ts'

/** Milliseconds after which a process without an identity, an endpoint or a program ties no more. */
const nearMs = 10 * 60_000
/** The same for what is never used again: a process by its identity, a session, a file. */
const farMs = 24 * 60 * 60_000
/** Ties that are remembered. */
const maxTies = 200_000

/** In front of a tie between the two: on which side it was met. */
const inFiles = 'file\0'
const onHosts = 'host\0'

interface Tied {
  incident: string
  time: number
}

export class Grouping {
  #ties = new Map<string, Tied>()
  /** Incidents that turned out to be part of an earlier one. */
  readonly #partOf = new Map<string, string>()

  /** The id of the incident of a finding: that of its first finding. */
  of({ id, time, ties, crossing, isFile }: Member): string {
    let first: string | undefined
    const join = (tied: Tied) => {
      const root = this.rootOf(tied.incident)
      first ??= root
      if (root !== first) this.#partOf.set(root, first)
    }
    for (const tie of ties) {
      const tied = this.#ties.get(tie)
      if (tied && time - tied.time <= reach(tie)) join(tied)
    }
    const other = isFile ? onHosts : inFiles
    for (const tie of crossing) {
      const tied = this.#ties.get(other + tie)
      if (!tied || isTooLate(tied, time, isFile)) continue
      join(tied)
      if (!isFile) tied.time = time
    }
    const incident = first ?? id
    for (const tie of ties) this.#tie(tie, incident, time)
    const own = isFile ? inFiles : onHosts
    for (const tie of crossing) this.#tie(own + tie, incident, time)
    if (this.#ties.size > maxTies) this.#forget(time)
    return incident
  }

  #tie(tie: string, incident: string, time: number): void {
    const tied = this.#ties.get(tie)
    if (!tied) this.#ties.set(tie, { incident, time })
    else {
      tied.incident = incident
      tied.time = time
    }
  }

  /** What an incident is part of now. */
  rootOf(incident: string): string {
    let root = incident
    for (;;) {
      const above = this.#partOf.get(root)
      if (above === undefined) break
      root = above
    }
    if (root !== incident) this.#partOf.set(incident, root)
    return root
  }

  #forget(time: number): void {
    for (const [tie, tied] of this.#ties) {
      // What files hold has no time.
      if (tied.time > 0 && time - tied.time > nearMs) this.#ties.delete(tie)
    }
    if (this.#ties.size > maxTies) this.#ties = new Map()
  }
}

/** A file has no time of its own: it has that of the first event that it is tied to. */
function isTooLate(tied: Tied, time: number, isFile: boolean): boolean {
  return !isFile && tied.time > 0 && time - tied.time > farMs
}

function reach(tie: string): number {
  return /\0(?:process|session|file|record) /.test(tie) ? farMs : nearMs
}
