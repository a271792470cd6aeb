// Tables for searches: the CSV files below some folders, and what a `transforms.conf` beside them says of how they are compared.
// Databases of places lie among them.
import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

import {
  type LookupTable,
  maxTableCells,
  parseLookup,
} from '../executors/pipeline/index.ts'
import { parseTransforms } from '../languages/spl/index.ts'

import { readRegularBytes, reasonOf } from '../readers/regular-file.ts'

/** Levels of folders, and files below them that are tables or speak of tables. */
const maxDepth = 8
const maxFiles = 1_000
/** In bytes, of all tables together; they stay in memory. */
const maxTableBytes = 64 * 1024 * 1024
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
    await walk(folder, 0, files, problems)
  }
  const room = { bytes: maxTableBytes, cells: maxTableCells }
  for (const path of files) {
    if (!isTable(path)) continue
    const name = basename(path)
    if (tables.has(name)) {
      problems.push(`${path} is passed over: another table is called so`)
      continue
    }
    const bytes = bytesOf(path, room.bytes, problems)
    if (bytes === undefined) continue
    room.bytes -= bytes.length
    const { table, problem } = parseLookup(bytes, {}, room)
    if (problem) problems.push(`${path}: ${problem}`)
    tables.set(name, table)
  }
  for (const path of files) {
    if (isTable(path) || isDatabase(path)) continue
    const bytes = bytesOf(path, maxConfBytes, problems)
    if (bytes) define(path, bytes.toString('utf8'), tables, problems)
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
  problems: string[],
): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true })
  entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const entry of entries) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) {
      if (depth < maxDepth) await walk(path, depth + 1, files, problems)
      else problems.push(`${path} is too deep: no table in it is read`)
      continue
    }
    const isWanted =
      isTable(entry.name) ||
      isDatabase(entry.name) ||
      entry.name === 'transforms.conf'
    if (!isWanted) continue
    if (files.length < maxFiles) files.push(path)
    else problems.push(`${path} is one file too many: ${maxFiles} are read`)
  }
}

function bytesOf(
  path: string,
  maxBytes: number,
  problems: string[],
): Buffer | undefined {
  try {
    return readRegularBytes(path, maxBytes)
  } catch (error) {
    problems.push(`${path} cannot be read: ${reasonOf(error)}`)
    return undefined
  }
}
