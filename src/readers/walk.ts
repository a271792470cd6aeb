// Which files are there? Folders walked in the order of their names; what cannot be read is told.
import type { BigIntStats } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { isAbsolute, join, relative } from 'node:path'

import type { ProblemKind, SourceProblem } from './containers/member.ts'
import { nameOfBytes, onDisk, shownPath } from './disk-name.ts'
import { plainError } from './plain-error.ts'

/** Folders in folders. */
const maxFolderDepth = 64
/** Files of one run; each is kept in a list until it is read. */
const maxFiles = 1_000_000

export interface SourceFile {
  /** What to open; `-` is standard input. */
  readonly path: string
  /** What to call it. */
  readonly display: string
  /** In bytes; undefined for what has no size before it is read (pipes). */
  readonly size: number | undefined
  /** It is the same file as one that was given before, under this name. */
  readonly same?: string
  /** A link within the evidence led here, out of it. */
  readonly outside?: string
}

/** What walks came by: a file or folder that has several names is read under the first. */
export class Visited {
  readonly #names = new Map<string, string>()
  /** How often something was met again. */
  again = 0
  #files = 0
  #isFull = false

  /** false: there are more than one run reads. `say` hears of it once. */
  mayAdd(say: (message: string) => void): boolean {
    if (this.#files < maxFiles) {
      this.#files++
      return true
    }
    if (!this.#isFull) say(`over ${maxFiles} files; the rest was not read`)
    this.#isFull = true
    return false
  }

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
  yield* walkFrom({ path, depth: 0, root: path }, report, visited)
}

interface Step {
  readonly path: string
  readonly depth: number
  /** The folder that was given. */
  readonly root: string
  /** Where the link behind this path leads, if it leaves that folder. */
  readonly outside?: string
}

async function* walkFrom(
  { path, depth, root, outside }: Step,
  report: (problem: SourceProblem) => void,
  visited: Visited,
): AsyncGenerator<SourceFile> {
  const say = (kind: ProblemKind, message: string) =>
    report({ file: shownPath(path), kind, message })
  let stats: BigIntStats
  try {
    stats = await stat(onDisk(path), { bigint: true })
  } catch (error) {
    say('unreadable', plainError(error))
    return
  }
  if (stats.isFile()) {
    if (!visited.mayAdd((message) => say('limit', message))) return
    const same = visited.before(stats, path)
    yield {
      path,
      display: shownPath(path),
      size: Number(stats.size),
      ...(same !== undefined && { same }),
      ...(outside !== undefined && { outside }),
    }
  } else if (stats.isDirectory()) {
    if (depth >= maxFolderDepth) {
      say('limit', `over ${maxFolderDepth} folders deep, not read`)
    } else if (visited.before(stats, path) === undefined) {
      // A folder that links lead to again is walked once: its files are read under its first name.
      for (const { name, isLink } of await namesIn(path, say)) {
        const inner = join(path, name)
        const left = isLink ? await leaving(inner, root) : undefined
        const to = left ?? outside
        const step = { path: inner, depth: depth + 1, root }
        yield* walkFrom(
          to === undefined ? step : { ...step, outside: to },
          report,
          visited,
        )
      }
    }
  } else if (depth === 0 && (stats.isFIFO() || stats.isCharacterDevice())) {
    yield { path, display: path, size: undefined }
  } else say('not-inspected', 'neither a file nor a folder')
}

async function namesIn(
  path: string,
  say: (kind: ProblemKind, message: string) => void,
): Promise<{ name: string; isLink: boolean }[]> {
  try {
    const found = await readdir(onDisk(path), {
      withFileTypes: true,
      encoding: 'buffer',
    })
    // By code units, so that the order does not depend on the machine's language.
    return found
      .map((f) => ({ name: nameOfBytes(f.name), isLink: f.isSymbolicLink() }))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch (error) {
    say('unreadable', plainError(error))
    return []
  }
}

/** Where a link leads that leaves the folder. undefined: it stays within, or leads nowhere. */
async function leaving(
  link: string,
  root: string,
): Promise<string | undefined> {
  try {
    const to = await realpath(onDisk(link))
    const way = relative(await realpath(root), to)
    return way.startsWith('..') || isAbsolute(way) ? to : undefined
  } catch {
    return undefined
  }
}
