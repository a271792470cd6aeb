// Tables for searches: the CSV files below some folders, and what a `transforms.conf` beside them says of how they are compared.
// Databases of places lie among them.
import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

import { type LookupTable, parseLookup } from '../executors/pipeline/index.ts'
import { parseTransforms } from '../languages/spl/index.ts'

import { readRegularFile, reasonOf } from '../readers/regular-file.ts'

/** Levels of folders, and files below them that are tables or speak of tables. */
const maxDepth = 8
const maxFiles = 1_000
/** In bytes, of one file. */
const maxTableBytes = 256 * 1024 * 1024
const maxConfBytes = 1024 * 1024

export interface Lookups {
  /** By name: a file's with its extension, a definition's own. */
  readonly tables: ReadonlyMap<string, LookupTable>
  /** Databases of places (`.mmdb`), not opened. */
  readonly databases: readonly string[]
  /** What could not be read, or not whole, a line each. */
  readonly problems: readonly string[]
}

/** A root that is a file stands for the folder that it is in; one that is not there is an exception. */
export async function readLookups(roots: readonly string[]): Promise<Lookups> {
  const tables = new Map<string, LookupTable>()
  const problems: string[] = []
  const files: string[] = []
  for (const root of roots) {
    const folder = (await stat(root)).isDirectory() ? root : dirname(root)
    await walk(folder, 0, files)
  }
  for (const path of files) {
    if (!isTable(path)) continue
    const text = await textOf(path, maxTableBytes, problems)
    if (text === undefined) continue
    const { table, problem } = parseLookup(text)
    if (problem) problems.push(`${path}: ${problem}`)
    tables.set(basename(path), table)
  }
  for (const path of files) {
    if (isTable(path) || isDatabase(path)) continue
    const text = await textOf(path, maxConfBytes, problems)
    if (text !== undefined) define(path, text, tables, problems)
  }
  return { tables, databases: files.filter(isDatabase), problems }
}

function isTable(path: string): boolean {
  return /\.csv$/i.test(path)
}

function isDatabase(path: string): boolean {
  return /\.mmdb$/i.test(path)
}

function define(
  path: string,
  text: string,
  tables: Map<string, LookupTable>,
  problems: string[],
): void {
  const parsed = parseTransforms(text)
  for (const { line, message } of parsed.problems)
    problems.push(`${path}:${line}: ${message}`)
  for (const { name, filename, ...options } of parsed.lookups) {
    const table = tables.get(filename)
    if (table) tables.set(name, { ...table, ...options })
    else
      problems.push(`${path}: lookup "${name}" names "${filename}", not found`)
  }
}

async function walk(
  folder: string,
  depth: number,
  files: string[],
): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true })
  entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const entry of entries) {
    if (files.length >= maxFiles) return
    const path = join(folder, entry.name)
    if (entry.isDirectory() && depth < maxDepth)
      await walk(path, depth + 1, files)
    else if (
      isTable(entry.name) ||
      isDatabase(entry.name) ||
      entry.name === 'transforms.conf'
    )
      files.push(path)
  }
}

async function textOf(
  path: string,
  maxBytes: number,
  problems: string[],
): Promise<string | undefined> {
  try {
    return readRegularFile(path, maxBytes)
  } catch (error) {
    problems.push(`${path} cannot be read: ${reasonOf(error)}`)
    return undefined
  }
}
