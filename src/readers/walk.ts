// Which files are there? Folders walked in the order of their names; what cannot be read is told.
import type { Stats } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

import type { ProblemKind, SourceProblem } from './containers/member.ts'
import { plainError } from './plain-error.ts'

/** Folders in folders. */
const maxFolderDepth = 64

export interface SourceFile {
  /** What to open; `-` is standard input. */
  readonly path: string
  /** What to call it. */
  readonly display: string
  /** In bytes; undefined for what has no size before it is read (pipes). */
  readonly size: number | undefined
}

/**
 * The files behind a path, folders walked in the order of their names. What cannot be read is reported and the rest is
 * given.
 */
export async function* walk(
  path: string,
  report: (problem: SourceProblem) => void,
): AsyncGenerator<SourceFile> {
  if (path === '-') {
    yield { path, display: path, size: undefined }
    return
  }
  yield* walkFrom(path, new Set(), 0, report)
}

async function* walkFrom(
  path: string,
  walked: Set<string>,
  depth: number,
  report: (problem: SourceProblem) => void,
): AsyncGenerator<SourceFile> {
  const say = (kind: ProblemKind, message: string) =>
    report({ file: path, kind, message })
  let stats: Stats
  try {
    stats = await stat(path)
  } catch (error) {
    say('unreadable', plainError(error))
    return
  }
  if (stats.isFile()) {
    yield { path, display: path, size: stats.size }
  } else if (stats.isDirectory()) {
    const identity = `${stats.dev}:${stats.ino}`
    if (depth >= maxFolderDepth) {
      say('limit', `over ${maxFolderDepth} folders deep, not read`)
    } else if (!walked.has(identity)) {
      // A folder that links lead to again is walked once: its files are read under its first name.
      walked.add(identity)
      for (const name of await namesIn(path, say)) {
        yield* walkFrom(join(path, name), walked, depth + 1, report)
      }
    }
  } else if (depth === 0 && (stats.isFIFO() || stats.isCharacterDevice())) {
    yield { path, display: path, size: undefined }
  } else say('not-inspected', 'neither a file nor a folder')
}

async function namesIn(
  path: string,
  say: (kind: ProblemKind, message: string) => void,
): Promise<string[]> {
  try {
    // By code units, so that the order does not depend on the machine's language.
    return (await readdir(path)).sort((a, b) => (a < b ? -1 : 1))
  } catch (error) {
    say('unreadable', plainError(error))
    return []
  }
}
