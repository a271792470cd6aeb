// How well is a host kept from abuse? Dumps, an image or this host are read, and each check is judged by what they tell.
import { Facts } from '../../posture/facts/facts.ts'
import type { Check } from '../../posture/checks/check.ts'
import { type Checked, judge } from '../../posture/checks/judge.ts'
import { readDump } from '../../posture/sources/index.ts'

import { reasonOf } from '../../readers/regular-file.ts'

import { spareMemory } from '../reading/heap.ts'
import { wantedKeys } from './checks.ts'
import { listDumps, readDumpFile } from './dumps.ts'
import { readHost } from './host.ts'
import { readRoot } from './root.ts'

export interface PostureRequest {
  readonly dumps: readonly string[]
  /** Mounted images. */
  readonly roots: readonly string[]
  readonly checks: readonly Check[]
}

export interface PostureListener {
  /** What a source said of its dump. */
  note(message: string): void
  /** What could not be read or was not understood. */
  problem(message: string): void
  /** A dump, and what it was read as. */
  read?(name: string, what: string): void
}

export interface Posture {
  readonly checked: readonly Checked[]
  /** Dumps and files that told something. */
  readonly understood: number
  readonly problems: number
  /** Paths that were given and cannot be read. */
  readonly unusable: number
}

/** Of dumps and images where some are given, else of this host. */
export function posture(
  { dumps, roots, checks }: PostureRequest,
  listener: PostureListener,
): Posture {
  spareMemory()
  const facts = new Facts(wantedKeys(checks))
  let problems = 0
  const problem = (message: string) => {
    problems++
    listener.problem(message)
  }
  const note = (message: string) => listener.note(message)
  let understood = 0
  const { files, unusable, problems: unread } = listDumps(dumps)
  for (const message of unusable) listener.problem(message)
  for (const message of unread) problem(message)
  understood += readDumps(files, facts, { ...listener, problem })
  for (const root of roots) {
    understood += readRoot({ root, facts, note, problem })
  }
  if (!dumps.length && !roots.length) {
    readHost({ facts, checks, note })
    understood = facts.count
  }
  if (facts.lost) problem(`${facts.lost} facts beyond the bound were left out`)
  return {
    checked: checks.map((c) => judge(c, facts)),
    understood,
    problems,
    unusable: unusable.length,
  }
}

function readDumps(
  files: readonly string[],
  facts: Facts,
  { note, problem, read }: PostureListener,
): number {
  let understood = 0
  for (const file of files) {
    try {
      const what = readDump(readDumpFile(file), facts, note)
      if (what) {
        understood++
        read?.(file, what)
      } else problem(`"${file}" is not understood: no dump that checks know`)
    } catch (error) {
      problem(`"${file}" cannot be read: ${reasonOf(error)}`)
    }
  }
  return understood
}
