// Where the shell did not expand `*`, `?` and `**` in a path, it is done here: PowerShell and cmd hand them on as they are.
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, sep } from 'node:path'

import { globTest, isGlob } from '../../base/glob.ts'

/** Folders in folders that `**` goes into. */
const maxDepth = 32

/** A path that is there is itself, whatever characters it holds. `none` hears of a pattern that nothing matches. */
export async function expandPaths(
  paths: readonly string[],
  none: (message: string) => void,
): Promise<readonly string[]> {
  const all: string[] = []
  for (const path of paths) {
    if (path === '-' || !isGlob(path) || existsSync(path)) {
      all.push(path)
      continue
    }
    const before = all.length
    for await (const found of expand(path)) all.push(found)
    if (all.length === before) none(`${path}: no file or folder matches`)
  }
  return all
}

async function* expand(pattern: string): AsyncGenerator<string> {
  const parts = pattern.split(sep === '\\' ? /[\\/]/ : '/')
  const first = parts.findIndex(isGlob)
  const root = parts.slice(0, first).join(sep)
  const start = root || (first > 0 ? sep : '')
  yield* below(start, parts.slice(first), 0)
}

async function* below(
  folder: string,
  [part, ...rest]: readonly string[],
  depth: number,
): AsyncGenerator<string> {
  if (part === undefined) {
    if (existsSync(folder)) yield folder
    return
  }
  if (part !== '**' && !isGlob(part)) {
    yield* below(join(folder, part), rest, depth)
    return
  }
  const holds = globTest(part)
  if (part === '**') yield* below(folder, rest, depth)
  for (const entry of await entriesOf(folder)) {
    // As shells do: what is hidden is named in full.
    if (entry.name.startsWith('.') && !part.startsWith('.')) continue
    const path = join(folder, entry.name)
    if (part === '**') {
      if (entry.isDirectory() && depth < maxDepth) {
        yield* below(path, [part, ...rest], depth + 1)
      } else if (!rest.length) yield path
    } else if (holds(entry.name)) yield* below(path, rest, depth)
  }
}

async function entriesOf(folder: string) {
  try {
    const entries = await readdir(folder || '.', { withFileTypes: true })
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch {
    return []
  }
}
