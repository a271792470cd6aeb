// Which checks are there? Files below a folder, each one check.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

import { type ReadCheck, readCheck } from '../../posture/checks/check-file.ts'
import type { Check } from '../../posture/checks/check.ts'

import { packageRoot } from '../../content/rule-files.ts'
import { readRegularFile } from '../../readers/regular-file.ts'

export const builtinChecks = join(packageRoot, 'content', 'posture')

const maxBytes = 512 * 1024

export interface LoadedChecks {
  readonly checks: readonly Check[]
  readonly refused: readonly { readonly file: string; readonly fault: string }[]
}

export function loadChecks(folder: string): LoadedChecks {
  const checks: Check[] = []
  const refused: { file: string; fault: string }[] = []
  const ids = new Map<string, string>()
  for (const file of filesBelow(folder)) {
    const read = readOne(file)
    if ('fault' in read) {
      refused.push(read)
      continue
    }
    const { check } = read
    const other = ids.get(check.id)
    if (other) refused.push({ file, fault: `its id stands in ${other} too` })
    else checks.push(check)
    ids.set(check.id, file)
  }
  return { checks, refused }
}

function readOne(file: string): ReadCheck {
  try {
    return readCheck(readRegularFile(file, maxBytes), file)
  } catch (error) {
    return { file, fault: (error as Error).message }
  }
}

function* filesBelow(folder: string): Generator<string> {
  const entries = readdirSync(folder, { withFileTypes: true })
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* filesBelow(path)
    else if (/\.ya?ml$/.test(entry.name)) yield path
  }
}

/** Keys that these checks ask about. */
export function wantedKeys(checks: readonly Check[]): readonly string[] {
  const keys = checks.flatMap((c) => [
    ...c.look.map((l) => l.key),
    ...c.when.map((w) => w.look.key),
    ...(c.each ? [c.each] : []),
  ])
  return [...new Set(keys)]
}
