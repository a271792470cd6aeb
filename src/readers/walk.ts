// Which files are there? Folders walked in the order of their names; what cannot be read is told.
import type { BigIntStats } from 'node:fs'
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
  /** It is the same file as one that was given before, under this name. */
  readonly same?: string
}

/** What walks came by: a file or folder that has several names is read under the first. */
export class Visited {
  readonly #names = new Map<string, string>()
  /** How often something was met again. */
  again = 0

  /** The name that it was met under before; undefined: it is new, or the system gives no identity. */
  before(stats: BigIntStats, name: string): string | undefined {
    if (stats.ino === 0n) return undefined
    const identity = `${stats.dev}:${stats.ino}`
    const known = this.#names.get(identity)
    if (known === undefined) this.#names.set(identity, name)
    else this.again++
    return known
  }
}

/**
 * The files behind a path, folders walked in the order of their names. What cannot be read is reported and the rest is
 * given.
 */
export async function* walk(
  path: string,
  report: (problem: SourceProblem) => void,
  visited: Visited = new Visited(),
): AsyncGenerator<SourceFile> {
  if (path === '-') {
    yield { path, display: path, size: undefined }
    return
  }
  yield* walkFrom(path, 0, report, visited)
}

async function* walkFrom(
  path: string,
  depth: number,
  report: (problem: SourceProblem) => void,
  visited: Visited,
): AsyncGenerator<SourceFile> {
  const say = (kind: ProblemKind, message: string) =>
    report({ file: path, kind, message })
  let stats: BigIntStats
  try {
    stats = await stat(path, { bigint: true })
  } catch (error) {
    say('unreadable', plainError(error))
    return
  }
  if (stats.isFile()) {
    const same = visited.before(stats, path)
    const size = Number(stats.size)
    yield { path, display: path, size, ...(same !== undefined && { same }) }
  } else if (stats.isDirectory()) {
    if (depth >= maxFolderDepth) {
      say('limit', `over ${maxFolderDepth} folders deep, not read`)
    } else if (visited.before(stats, path) === undefined) {
      // A folder that links lead to again is walked once: its files are read under its first name.
      for (const name of await namesIn(path, say)) {
        yield* walkFrom(join(path, name), depth + 1, report, visited)
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
