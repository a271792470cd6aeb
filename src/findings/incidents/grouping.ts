// Which findings are one incident? Those that share what ties them, on one host and not too far apart in time; and what a file holds with what
// happened where it was opened. Findings come in order of time, so an incident is called by its first finding: the same in every run.
import { ownText } from '../../base/own-text.ts'

import type { Member } from './member.ts'
import {
  isCrossingKey,
  isOfFile,
  lanesEach,
  otherSide,
  type TieKeys,
  tiesForLong,
} from './tie-keys.ts'
import { TieTable } from './tie-table.ts'

/** Milliseconds after which a process without an identity, an endpoint or a program ties no more. */
const nearMs = 10 * 60_000
/** The same for what is never used again: a process by its identity, a session, a file. */
const farMs = 24 * 60 * 60_000
/** Ties that are remembered. */
const maxTies = 200_000

/** What turned out to be part of an earlier incident names it. */
export interface Group {
  /** Of its first finding. */
  readonly id: string
  partOf: Group | undefined
}

export class Grouping {
  #ties = new TieTable<Group>()
  #last: { readonly ties: TieKeys; readonly group: Group } | undefined

  /** The incident of a finding. Those of one event are of one. */
  of(member: Member): Group {
    const { ties } = member
    if (this.#last?.ties === ties) return rootOf(this.#last.group)
    const group = this.#tied(member)
    this.#last = { ties, group }
    return group
  }

  #tied({ id, time, ties }: Member): Group {
    const table = this.#ties
    let first: Group | undefined
    for (let i = 0; i < ties.length; i += lanesEach) {
      const slot = this.#tiedBy(ties[i]!, ties[i + 1]!, time)
      if (slot < 0) continue
      const root = rootOf(table.value(slot)!)
      first ??= root
      if (root !== first) root.partOf = first
    }
    const group = first ?? { id: ownText(id), partOf: undefined }
    for (let i = 0; i < ties.length; i += lanesEach)
      table.put(ties[i]!, ties[i + 1]!, group, time)
    if (table.size > maxTies) this.#forget(time)
    return group
  }

  /** Where what a tie leads to stands; -1: to nothing, or to what is too long ago. */
  #tiedBy(a: number, b: number, time: number): number {
    const table = this.#ties
    const crosses = isCrossingKey(b)
    const slot = table.slotOf(a, crosses ? otherSide(b) : b)
    if (table.value(slot) === undefined) return -1
    const since = time - table.time(slot)
    if (!crosses) return since <= (tiesForLong(b) ? farMs : nearMs) ? slot : -1
    if (isOfFile(b)) return slot
    // A file has no time of its own: it has that of the first event that it is tied to.
    if (table.time(slot) > 0 && since > farMs) return -1
    table.setTime(slot, time)
    return slot
  }

  #forget(time: number): void {
    this.#ties.forget(time - nearMs)
    if (this.#ties.size > maxTies) this.#ties = new TieTable()
  }
}

/** What an incident is part of now. */
export function rootOf(group: Group): Group {
  let root = group
  while (root.partOf) root = root.partOf
  for (let at = group; at.partOf && at.partOf !== root; ) {
    const next = at.partOf
    at.partOf = root
    at = next
  }
  return root
}
