// Files that people give: each is read whole, with the transaction logs that lie beside a hive.
import {
  closeSync,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  statSync,
  constants,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'

import type { Dump } from '../../posture/sources/source.ts'

import { kindOf, reasonOf } from '../../readers/regular-file.ts'

/** Of one file; hives of hosts have some 100 MiB, exports of the registry more. */
const maxBytes = 192 * 1024 * 1024
/** Of the transaction logs beside a hive, together. */
const maxLogBytes = 16 * 1024 * 1024
/** Of all folders given. */
const maxFiles = 50_000

export interface Listed {
  readonly files: readonly string[]
  /** Given and not there, or not to be read; why. */
  readonly unusable: readonly string[]
  readonly problems: readonly string[]
}

export function listDumps(paths: readonly string[]): Listed {
  const files: string[] = []
  const unusable: string[] = []
  const problems: string[] = []
  const given = new Set(paths)
  // Links may lead back: each folder is walked once.
  const walked = new Set<string>()
  const open = [...paths].reverse()
  while (open.length) {
    const path = open.pop()!
    try {
      const stats = statSync(path, { bigint: true })
      if (!stats.isDirectory()) files.push(path)
      else {
        const id = `${stats.dev} ${stats.ino}`
        if (walked.has(id) && stats.ino !== 0n) continue
        walked.add(id)
        for (const name of readdirSync(path).sort().reverse()) {
          open.push(join(path, name))
        }
      }
    } catch (error) {
      const message = `"${path}" cannot be read: ${reasonOf(error)}`
      if (given.has(path)) unusable.push(message)
      else problems.push(message)
    }
    if (files.length > maxFiles || walked.size > maxFiles) {
      problems.push(`over ${maxFiles} files: the rest was not read`)
      break
    }
  }
  const all = new Set(files)
  const dumps = files.filter((f) => !isLogOfHive(f, all))
  return { files: dumps, unusable, problems }
}

const logEnding = /\.log[12]?$/i

function isLogOfHive(file: string, files: ReadonlySet<string>): boolean {
  return logEnding.test(file) && files.has(file.replace(logEnding, ''))
}

export function readDumpFile(path: string, name = path): Dump {
  const bytes = readBytes(path, maxBytes)
  const isHive = Buffer.from(bytes.subarray(0, 4)).toString('latin1') === 'regf'
  return { name, bytes, ...(isHive && { logs: logsBeside(path) }) }
}

/** What is larger than all of them together may be is passed by: the hive then says that it lacks its end. */
function logsBeside(hive: string): readonly Uint8Array[] {
  const own = basename(hive).toLowerCase()
  let room = maxLogBytes
  return readdirSync(dirname(hive))
    .filter(
      (n) => logEnding.test(n) && n.toLowerCase().startsWith(`${own}.log`),
    )
    .sort()
    .flatMap((n) => {
      try {
        const log = readBytes(join(dirname(hive), n), room)
        room -= log.length
        return [log]
      } catch {
        return []
      }
    })
}

function readBytes(path: string, most: number): Uint8Array {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const stats = fstatSync(file)
    if (!stats.isFile()) throw new Error(`it is ${kindOf(stats)}`)
    if (stats.size > most) throw new Error(`it has over ${most} bytes`)
    // A file of /proc says that it has none.
    let bytes = Buffer.alloc(stats.size || 1024 * 1024)
    let length = 0
    for (;;) {
      const read = readSync(file, bytes, length, bytes.length - length, null)
      length += read
      if (length > most) throw new Error(`it has over ${most} bytes`)
      if (read === 0) break
      if (length === bytes.length && length !== stats.size) {
        bytes = Buffer.concat([bytes, Buffer.alloc(Math.max(4096, length))])
      } else if (length === bytes.length) break
    }
    return new Uint8Array(bytes.buffer, bytes.byteOffset, length)
  } finally {
    closeSync(file)
  }
}
