// Compiled rules kept between runs, by the hash of every rule's text: a rule set that has not changed is read, not compiled.
// The cache is a convenience: whatever is wrong with it, the rules are compiled again.
import { createHash } from 'node:crypto'
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { homedir, platform } from 'node:os'
import { join } from 'node:path'

import type { RuleFile } from '../rule-text/loaded.ts'

import type { RuleSet } from './rule-set.ts'

/** Bump when the IR or a language changes what a text compiles to. */
const cacheVersion = 2

/** Of the texts and their paths (paths stand in diagnostics). */
export function cacheKey(
  files: readonly RuleFile[],
  placeholders: unknown,
): string {
  const hash = createHash('sha256').update(`ipcwatch rules ${cacheVersion}`)
  hash.update(JSON.stringify(placeholders ?? null))
  for (const f of files) hash.update(`\0${f.path}\0${f.text}`)
  return hash.digest('hex')
}

export function cachedRules(key: string): RuleSet | undefined {
  const dir = cacheFolder()
  if (!dir) return undefined
  try {
    return JSON.parse(readFileSync(join(dir, `${key}.json`), 'utf8')) as RuleSet
  } catch {
    return undefined
  }
}

export function storeRules(key: string, rules: RuleSet): void {
  const dir = cacheFolder()
  if (!dir) return
  const file = join(dir, `${key}.json`)
  const fresh = `${file}.${process.pid}`
  try {
    // Only the user may read or change what will be run as rules.
    mkdirSync(dir, { recursive: true, mode: 0o700 })
    writeFileSync(fresh, JSON.stringify(rules), { mode: 0o600 })
    renameSync(fresh, file)
    forgetOldest(dir)
  } catch {
    rmSync(fresh, { force: true })
  }
}

/** Rule sets kept; the oldest is forgotten first. */
const maxKept = 8

function forgetOldest(dir: string): void {
  const kept = readdirSync(dir)
    .filter((name) => /^[0-9a-f]{64}\.json$/.test(name))
    .map((name) => join(dir, name))
    .map((path) => ({ path, written: statSync(path).mtimeMs }))
    .sort((a, b) => b.written - a.written)
  for (const { path } of kept.slice(maxKept)) rmSync(path, { force: true })
}

/** The platform's folder for caches; `IPCWATCH_CACHE` names another, `off` none. */
function cacheFolder(): string | undefined {
  const named = process.env.IPCWATCH_CACHE
  if (named === 'off') return undefined
  if (named) return named
  const home = homedir()
  if (platform() === 'win32') {
    return join(process.env.LOCALAPPDATA ?? home, 'ipcwatch', 'cache')
  }
  if (platform() === 'darwin')
    return join(home, 'Library', 'Caches', 'ipcwatch')
  return join(process.env.XDG_CACHE_HOME ?? join(home, '.cache'), 'ipcwatch')
}
