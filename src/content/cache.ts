// Compiled rules kept between runs, by the hash of every rule's text and of the code that compiles it: a rule set that has
// not changed is read, not compiled. The cache is a convenience and is not trusted: whatever is odd about it, the rules are
// compiled again.
import { createHash, randomUUID } from 'node:crypto'
import { constants, type Stats } from 'node:fs'
import { open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { homedir, platform } from 'node:os'
import { isAbsolute, join } from 'node:path'

import type { RuleFile } from '../rule-text/loaded.ts'

import { codeVersion } from './code-version.ts'
import type { RuleSet } from './rule-set.ts'
import { makeFolder } from './make-folder.ts'

/** Of the texts and their paths (paths stand in diagnostics). undefined: nothing can be kept. */
export async function cacheKey(
  files: readonly RuleFile[],
  placeholders: unknown,
): Promise<string | undefined> {
  const version = cacheFolder() && (await codeVersion())
  if (!version) return undefined
  const hash = createHash('sha256').update(version)
  hash.update(JSON.stringify(placeholders ?? null))
  for (const f of files) hash.update(`\0${f.path}\0${f.text}`)
  return hash.digest('hex')
}

/** The first line of a cache file; what follows has that digest. */
interface Label {
  readonly key: string
  readonly counts: readonly number[]
  readonly digest: string
}

const lists = ['rules', 'searches', 'refused', 'diagnostics'] as const

function labelOf(key: string, rules: RuleSet, text: string): Label {
  const counts = lists.map((name) => rules[name].length)
  return { key, counts, digest: digestOf(text) }
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

export async function cachedRules(key: string): Promise<RuleSet | undefined> {
  const dir = cacheFolder()
  if (!dir) return undefined
  try {
    const text = await ownText(join(dir, `${key}.json`))
    const end = text.indexOf('\n')
    const label = text.slice(0, end)
    const body = text.slice(end + 1)
    // What is not as it was written is not even parsed.
    if (!label.endsWith(`"digest":"${digestOf(body)}"}`)) return undefined
    const rules = JSON.parse(body) as RuleSet
    // Names its own key, so that one file of ours cannot be put in place of another.
    const expected = JSON.stringify(labelOf(key, rules, body))
    return label === expected && isRuleSet(rules) ? rules : undefined
  } catch {
    return undefined
  }
}

function isRuleSet({ rules, searches, refused }: RuleSet): boolean {
  return (
    rules.every((r) => /^(detection|correlation)$/.test(r.kind) && r.meta.id) &&
    searches.every((r) => r.kind === 'search' && r.meta.id) &&
    refused.every((r) => r.diagnostics.length > 0)
  )
}

/** In bytes; compiled, the largest public collection has some 8 MB. */
const maxCacheBytes = 64 * 1024 * 1024

/** A link at its end is not followed, and opening a pipe does not wait. */
const openFlags =
  constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

async function ownText(path: string): Promise<string> {
  const file = await open(path, openFlags)
  try {
    const stats = await file.stat()
    if (!isOwn(stats) || stats.size > maxCacheBytes) throw new Error('not ours')
    return await file.readFile('utf8')
  } finally {
    await file.close()
  }
}

/** Only this user wrote it, and only this user can. Windows keeps a user's folders from others by itself. */
function isOwn(stats: Stats): boolean {
  if (!stats.isFile()) return false
  if (platform() === 'win32') return true
  return stats.uid === process.getuid?.() && (stats.mode & 0o022) === 0
}

export async function storeRules(key: string, rules: RuleSet): Promise<void> {
  const dir = cacheFolder()
  if (!dir) return
  const file = join(dir, `${key}.json`)
  const fresh = `${file}.${randomUUID()}`
  try {
    const body = JSON.stringify(rules)
    const label = JSON.stringify(labelOf(key, rules, body))
    // Only the user may read or change what will be run as rules.
    makeFolder(dir, 0o700)
    await writeFile(fresh, `${label}\n${body}`, { mode: 0o600, flag: 'wx' })
    await rename(fresh, file)
    await forgetOldest(dir)
  } catch {
    await rm(fresh, { force: true }).catch(() => {})
  }
}

/** Rule sets kept; the oldest is forgotten first. */
const maxKept = 8

async function forgetOldest(dir: string): Promise<void> {
  const paths = (await readdir(dir))
    .filter((name) => /^[0-9a-f]{64}\.json/.test(name))
    .map((name) => join(dir, name))
  const kept = await Promise.all(
    paths.map(async (path) => ({ path, written: (await stat(path)).mtimeMs })),
  )
  kept.sort((a, b) => b.written - a.written)
  for (const { path } of kept.slice(maxKept)) await rm(path, { force: true })
}

/** The platform's folder for caches; `IPCWATCH_CACHE` names another, `off` none. undefined: there is none to be had. */
function cacheFolder(): string | undefined {
  const { IPCWATCH_CACHE: named, LOCALAPPDATA, XDG_CACHE_HOME } = process.env
  if (named) return named === 'off' ? undefined : named
  const base =
    platform() === 'win32'
      ? LOCALAPPDATA || inHome('AppData', 'Local')
      : platform() === 'darwin'
        ? inHome('Library', 'Caches')
        : XDG_CACHE_HOME || inHome('.cache')
  return base && isAbsolute(base) ? join(base, 'ipcwatch') : undefined
}

/** A user may have no home. */
function inHome(...names: string[]): string | undefined {
  try {
    return join(homedir(), ...names)
  } catch {
    return undefined
  }
}
