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
import { join, parse } from 'node:path'

import { baseName } from '../../base/base-name.ts'

import { plainError } from '../../readers/plain-error.ts'
import { walk } from '../../readers/walk.ts'

import { isInside } from './capture-store.ts'
import { isWhole } from '../../scripts/index.ts'

/** Larger ones are data with a script's name, in bytes. */
const maxBytes = 16 * 1024 * 1024
/** Files of evidence whose names are known. */
const maxIndexed = 200_000

export type FoundScript =
  | {
      readonly path: string
      readonly bytes: Buffer
      /** Another one says that it was written since. */
      readonly version: string
      /** It lies among what is scanned. */
      readonly isEvidence?: boolean
    }
  | { readonly same: true }
  | { readonly reason: string }

export interface ScriptPlaces {
  /** A mounted image, or `/` of this host, without links. */
  readonly root?: string
  /** By host: its own image. */
  readonly hostRoots?: Readonly<Record<string, string>>
  readonly evidence: readonly string[]
  /** What this host is called: of its files only its own events speak. */
  readonly hostName: string
}

export class ScriptFinder {
  readonly #root: string | undefined
  readonly #hostRoots = new Map<string, string>()
  readonly #isLive: boolean
  readonly #hostName: string
  readonly #byName = new Map<string, string[]>()

  private constructor({ root, hostRoots = {}, hostName }: ScriptPlaces) {
    this.#root = root
    for (const [host, path] of Object.entries(hostRoots))
      this.#hostRoots.set(shortName(host), path)
    this.#isLive = this.#root === parse(this.#root ?? '').root
    this.#hostName = hostName
  }

  static async open(places: ScriptPlaces): Promise<ScriptFinder> {
    const finder = new ScriptFinder(places)
    let files = 0
    for (const path of places.evidence) {
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

  /** `version`: what was found there before; it is not read again. */
  find(named: string, host: string | undefined, version?: string): FoundScript {
    const image = this.#hostRoots.get(shortName(host ?? ''))
    const root = image ?? this.#root
    const isElsewhere =
      image === undefined && this.#isLive && isOther(host, this.#hostName)
    const inRoot =
      root === undefined || isElsewhere ? undefined : below(root, named)
    if (root !== undefined && inRoot !== undefined)
      return readWithin(root, inRoot, version)
    const own = this.#byName.get(baseName(named).toLowerCase()) ?? []
    // Of several the one whose folders are most alike.
    const best = [...own].sort((a, b) => alike(b, named) - alike(a, named))[0]
    if (best === undefined)
      return {
        reason:
          root === undefined && this.#hostRoots.size > 0
            ? `no image of host "${host ?? ''}" is named, and it is not in the evidence`
            : this.#whyNot(isWhole(named), isElsewhere, image !== undefined),
      }
    const found = read(best, version)
    return 'bytes' in found ? { ...found, isEvidence: true } : found
  }

  #whyNot(isPlaced: boolean, isElsewhere: boolean, isImage: boolean): string {
    if (!isPlaced)
      return 'the path is relative, and no file of the evidence has its name'
    if (isElsewhere)
      return `not in the evidence, and the event is not of this host ("${this.#hostName}")`
    if (isImage) return 'not in the image of its host, nor in the evidence'
    if (this.#root === undefined) return 'not in the evidence'
    return this.#isLive
      ? 'not on this host any more, nor in the evidence'
      : 'not in the image, nor in the evidence'
  }
}

/** Without its domain. */
function shortName(host: string): string {
  return host.toLowerCase().replace(/\..*/, '')
}

function isOther(host: string | undefined, own: string): boolean {
  return host !== undefined && host !== '' && shortName(host) !== shortName(own)
}

function partsOf(path: string): string[] {
  return path
    .replace(/^\\\\[?.]\\/, '')
    .split(/[\\/]+/)
    .filter((p) => p && p !== '.')
}

/** Without steps up; none leads out. */
function stepsOf(path: string): string[] {
  const steps: string[] = []
  for (const part of partsOf(path)) {
    if (part === '..') steps.pop()
    else steps.push(part)
  }
  return steps
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
  if (!isWhole(named)) return undefined
  const parts = stepsOf(named)
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

function readWithin(
  root: string,
  path: string,
  version: string | undefined,
): FoundScript {
  try {
    const real = realpathSync(path)
    return isInside(real, root)
      ? read(real, version)
      : { reason: 'a link leads out of the image' }
  } catch (error) {
    return { reason: plainError(error) }
  }
}

function read(path: string, version: string | undefined): FoundScript {
  let file: number
  try {
    // A pipe that somebody left there must not be waited for.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  } catch (error) {
    return { reason: plainError(error) }
  }
  try {
    const stats = fstatSync(file)
    if (!stats.isFile()) return { reason: 'no regular file' }
    if (stats.size > maxBytes)
      return { reason: `${stats.size} bytes, at most ${maxBytes} are captured` }
    const now = `${stats.dev} ${stats.ino} ${stats.size} ${stats.mtimeMs}`
    if (now === version) return { same: true }
    const bytes = Buffer.alloc(stats.size)
    const got = readSync(file, bytes, 0, bytes.length, 0)
    return { path, bytes: bytes.subarray(0, got), version: now }
  } catch (error) {
    return { reason: plainError(error) }
  } finally {
    closeSync(file)
  }
}
