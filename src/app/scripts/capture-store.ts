// Where captured scripts are kept: by their hash, each once, with a list of where each was named and found. Write-once, bounded, and never
// inside of evidence.
import { appendFileSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs'
import {
  basename,
  dirname,
  isAbsolute,
  join,
  relative,
  resolve,
} from 'node:path'

import { hashOf } from '../../readers/script/actions.ts'

/** Of all scripts in the store, in bytes. */
const maxStoreBytes = 1024 * 1024 * 1024
/** Lines of the list that one run adds. */
const maxLines = 100_000

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

export class CaptureStore {
  readonly #folder: string
  #bytes = 0
  #lines = 0

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
    mkdirSync(folder, { recursive: true })
    this.#folder = realpathSync(folder)
  }

  /** undefined: it was kept, now or before; else why not. */
  keep(bytes: Buffer): string | undefined {
    const hash = hashOf(bytes)
    if (this.#bytes + bytes.length > maxStoreBytes)
      return `the store has its ${maxStoreBytes} bytes`
    const folder = join(this.#folder, hash.slice(0, 2))
    mkdirSync(folder, { recursive: true })
    try {
      writeFileSync(join(folder, hash), bytes, { flag: 'wx', mode: 0o400 })
      this.#bytes += bytes.length
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
        return (error as Error).message
    }
    return undefined
  }

  list(captured: Captured): void {
    if (this.#lines++ >= maxLines) return
    const time =
      captured.time === undefined
        ? undefined
        : new Date(captured.time).toISOString()
    const line = JSON.stringify({ ...captured, time })
    appendFileSync(join(this.#folder, 'index.ndjson'), `${line}\n`)
  }
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
