// Where captured scripts are kept: by their hash, each once, with a list of where each was named and found. Write-once, bounded, and never
// inside of evidence. A run that goes on after another one finds there what that one saw.
import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import {
  basename,
  dirname,
  isAbsolute,
  join,
  relative,
  resolve,
} from 'node:path'

import { isoTime } from '../../base/time.ts'

import { makeFolder } from '../../content/make-folder.ts'

import { plainError } from '../../readers/plain-error.ts'
import { hashOf } from '../../readers/script/actions.ts'

/** Of all scripts in the store, in bytes. */
const maxStoreBytes = 1024 * 1024 * 1024
/** Of the list, in bytes: one that a run finds, and what it adds to. */
const maxListBytes = 64 * 1024 * 1024

export interface Captured {
  /** As the event names it. */
  readonly path: string
  /** Where it was found; absent: it was not. */
  readonly found?: string
  readonly sha256?: string
  readonly bytes?: number
  readonly host: string | undefined
  readonly time: number | undefined
  readonly event: { readonly file: string; readonly record: number }
  /** Why it was not captured. */
  readonly reason?: string
}

type About = Pick<Captured, 'path' | 'host' | 'time' | 'event'>

interface Kept {
  readonly found: string
  readonly sha256: string
}

export class CaptureStore {
  readonly #folder: string
  readonly #list: string
  #bytes: number
  #listBytes: number
  /** By event and path; undefined: it was missed. */
  readonly #known = new Map<string, Kept | undefined>()

  /** Throws where the folder lies inside of evidence. */
  constructor(folder: string, evidence: readonly string[]) {
    const own = realpathOf(folder)
    for (const path of evidence) {
      if (path !== '-' && isInside(own, realpathOf(path))) {
        throw new Error(
          `the store "${folder}" lies inside of the evidence "${path}"`,
        )
      }
    }
    makeFolder(folder)
    this.#folder = realpathSync(folder)
    this.#list = join(this.#folder, 'index.ndjson')
    this.#bytes = bytesIn(this.#folder)
    this.#listBytes = this.#readList()
  }

  /** What a run before this one made of the very same event. */
  before(about: About): (Kept & { bytes: Buffer }) | 'missed' | undefined {
    const key = keyOf(about)
    if (!this.#known.has(key)) return undefined
    const kept = this.#known.get(key)
    if (!kept) return 'missed'
    try {
      const bytes = readFileSync(this.#pathOf(kept.sha256))
      return hashOf(bytes) === kept.sha256 ? { ...kept, bytes } : undefined
    } catch {
      return undefined
    }
  }

  /** undefined: it was kept, now or before; else why not. */
  keep(sha256: string, bytes: Buffer): string | undefined {
    const path = this.#pathOf(sha256)
    if (existsSync(path)) return undefined
    if (this.#bytes + bytes.length > maxStoreBytes)
      return `the store has its ${maxStoreBytes} bytes`
    const part = `${path}.${process.pid}.part`
    try {
      makeFolder(dirname(path))
      // Under its name it is whole or not there, whenever the run ends.
      writeFileSync(part, bytes, { flag: 'wx', mode: 0o400 })
      renameSync(part, path)
      this.#bytes += bytes.length
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
        return plainError(error)
    } finally {
      rmSync(part, { force: true })
    }
    return undefined
  }

  list(captured: Captured): void {
    const before = this.#known.get(keyOf(captured))
    if (before && before.sha256 === captured.sha256) return
    const { time: ms, ...rest } = captured
    const time = isoTime(ms) ?? undefined
    const line = `${JSON.stringify({ ...rest, time })}\n`
    this.#listBytes += Buffer.byteLength(line)
    if (this.#listBytes > maxListBytes) return
    this.#note(captured)
    appendFileSync(this.#list, line, { mode: 0o600 })
  }

  #note({ found, sha256, ...about }: Captured): void {
    this.#known.set(
      keyOf(about),
      found && sha256 ? { found, sha256 } : undefined,
    )
  }

  #pathOf(sha256: string): string {
    return join(this.#folder, sha256.slice(0, 2), sha256)
  }

  /** Gives its size; what is no line of the list is passed by. */
  #readList(): number {
    if (!existsSync(this.#list)) return 0
    const { size } = statSync(this.#list)
    if (size > maxListBytes) return size
    for (const line of readFileSync(this.#list, 'utf8').split('\n')) {
      const captured = capturedIn(line)
      if (captured) this.#note(captured)
    }
    return size
  }
}

function keyOf({ path, host, time, event }: About): string {
  return JSON.stringify([path, host, time, event.file, event.record])
}

function capturedIn(line: string): Captured | undefined {
  try {
    const read = JSON.parse(line) as Omit<Captured, 'time'> & { time?: string }
    const { path, event, time, sha256 = '' } = read
    if (typeof path !== 'string' || typeof event?.file !== 'string')
      return undefined
    if (!/^(?:[0-9a-f]{64})?$/.test(sha256)) return undefined
    return { ...read, time: time === undefined ? undefined : Date.parse(time) }
  } catch {
    return undefined
  }
}

/** Of the scripts that are there. */
function bytesIn(folder: string): number {
  let bytes = 0
  for (const name of readdirSync(folder)) {
    if (!/^[0-9a-f]{2}$/.test(name)) continue
    for (const file of readdirSync(join(folder, name)))
      bytes += statSync(join(folder, name, file)).size
  }
  return bytes
}

/** Of what is not there yet, by the folder that is. */
function realpathOf(path: string): string {
  let there = resolve(path)
  const rest: string[] = []
  for (;;) {
    try {
      return join(realpathSync(there), ...rest)
    } catch {
      const above = dirname(there)
      if (above === there) return resolve(path)
      rest.unshift(basename(there))
      there = above
    }
  }
}

export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return !isAbsolute(way) && way !== '..' && !/^\.\.[\\/]/.test(way)
}
