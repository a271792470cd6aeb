// Where is the file that an event names? Below a mounted image, or in the evidence under its own name. Read without following a way out.
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
} from 'node:fs'
import { join } from 'node:path'

import { baseName } from '../../base/base-name.ts'

import { walk } from '../../readers/walk.ts'
import { isInside } from './capture-store.ts'

/** Larger ones are data with a script's name, in bytes. */
const maxBytes = 16 * 1024 * 1024
/** Files of evidence whose names are known. */
const maxIndexed = 200_000

export type FoundScript =
  | { readonly path: string; readonly bytes: Buffer }
  | { readonly reason: string }

export class ScriptFinder {
  readonly #root: string | undefined
  readonly #byName = new Map<string, string[]>()

  private constructor(root: string | undefined) {
    this.#root = root && realpathSync(root)
  }

  static async open(
    root: string | undefined,
    evidence: readonly string[],
  ): Promise<ScriptFinder> {
    const finder = new ScriptFinder(root)
    let files = 0
    for (const path of evidence) {
      if (path === '-') continue
      for await (const file of walk(path, () => {})) {
        if (++files > maxIndexed) return finder
        finder.#add(file.path)
      }
    }
    return finder
  }

  #add(path: string): void {
    const name = baseName(path).toLowerCase()
    const known = this.#byName.get(name)
    if (known) known.push(path)
    else this.#byName.set(name, [path])
  }

  find(named: string): FoundScript {
    const inRoot = this.#root && below(this.#root, named)
    if (inRoot)
      return this.#root && isInside(realpathSync(inRoot), this.#root)
        ? read(inRoot)
        : { reason: 'a link leads out of the image' }
    const own = this.#byName.get(baseName(named).toLowerCase()) ?? []
    // Of several the one whose folders are most alike.
    const best = [...own].sort((a, b) => alike(b, named) - alike(a, named))[0]
    if (best) return read(best)
    const isRelative = !/^(?:[a-z]:)?[\\/]/i.test(named)
    if (isRelative)
      return {
        reason:
          'the path is relative, and no file of the evidence has its name',
      }
    return {
      reason: this.#root
        ? 'not in the image, nor in the evidence'
        : 'not in the evidence',
    }
  }
}

function partsOf(path: string): string[] {
  return path
    .replace(/^\\\\[?.]\\/, '')
    .split(/[\\/]+/)
    .filter((p) => p && p !== '.')
}

/** Parts at the end that are the same. */
function alike(a: string, b: string): number {
  const x = partsOf(a.toLowerCase()).reverse()
  const y = partsOf(b.toLowerCase()).reverse()
  let n = 0
  while (n < x.length && x[n] === y[n]) n++
  return n
}

/** The path below a folder, in whatever case; a drive is the folder itself, or one of its name. */
function below(root: string, named: string): string | undefined {
  if (!/^(?:[a-z]:)?[\\/]/i.test(named)) return undefined
  const parts = partsOf(named)
  if (parts.includes('..')) return undefined
  const drive = /^[a-z]:$/i.test(parts[0] ?? '')
    ? parts.shift()!.slice(0, 1)
    : undefined
  const starts = drive
    ? [
        root,
        join(root, drive),
        join(root, drive.toLowerCase()),
        join(root, drive.toUpperCase()),
      ]
    : [root]
  for (const start of starts) {
    const path = steps(start, parts)
    if (path) return path
  }
  return undefined
}

function steps(start: string, parts: readonly string[]): string | undefined {
  let path = start
  for (const part of parts) {
    const name = nameIn(path, part)
    if (name === undefined) return undefined
    path = join(path, name)
  }
  return path
}

function nameIn(folder: string, part: string): string | undefined {
  try {
    const names = readdirSync(folder)
    return names.includes(part)
      ? part
      : names.find((n) => n.toLowerCase() === part.toLowerCase())
  } catch {
    return undefined
  }
}

function read(path: string): FoundScript {
  let file: number
  try {
    // A pipe that somebody left there must not be waited for.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  } catch (error) {
    return { reason: (error as Error).message }
  }
  try {
    const stats = fstatSync(file)
    if (!stats.isFile()) return { reason: 'no regular file' }
    if (stats.size > maxBytes)
      return { reason: `${stats.size} bytes, at most ${maxBytes} are captured` }
    const bytes = Buffer.alloc(stats.size)
    const got = readSync(file, bytes, 0, bytes.length, 0)
    return { path, bytes: bytes.subarray(0, got) }
  } finally {
    closeSync(file)
  }
}
