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

import { kindOf, reasonOf } from '../../content/regular-file.ts'

/** Of one file; hives of hosts have some 100 MiB. */
const maxBytes = 1024 * 1024 * 1024
/** Of one folder given. */
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
  const open = [...paths].reverse()
  while (open.length) {
    const path = open.pop()!
    try {
      if (statSync(path).isDirectory()) {
        for (const name of readdirSync(path).sort().reverse()) {
          open.push(join(path, name))
        }
      } else files.push(path)
    } catch (error) {
      const message = `"${path}" cannot be read: ${reasonOf(error)}`
      if (paths.includes(path)) unusable.push(message)
      else problems.push(message)
    }
    if (files.length > maxFiles) {
      problems.push(`over ${maxFiles} files: the rest was not read`)
      break
    }
  }
  const dumps = files.filter((f) => !isLogOfHive(f, files))
  return { files: dumps, unusable, problems }
}

const logEnding = /\.log[12]?$/i

function isLogOfHive(file: string, files: readonly string[]): boolean {
  return logEnding.test(file) && files.includes(file.replace(logEnding, ''))
}

export function readDumpFile(path: string, name = path): Dump {
  const bytes = readBytes(path)
  const isHive = Buffer.from(bytes.subarray(0, 4)).toString('latin1') === 'regf'
  return { name, bytes, ...(isHive && { logs: logsBeside(path) }) }
}

function logsBeside(hive: string): readonly Uint8Array[] {
  const own = basename(hive).toLowerCase()
  return readdirSync(dirname(hive))
    .filter(
      (n) => logEnding.test(n) && n.toLowerCase().startsWith(`${own}.log`),
    )
    .sort()
    .flatMap((n) => {
      try {
        return [readBytes(join(dirname(hive), n))]
      } catch {
        return []
      }
    })
}

function readBytes(path: string): Uint8Array {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const stats = fstatSync(file)
    if (!stats.isFile()) throw new Error(`it is ${kindOf(stats)}`)
    if (stats.size > maxBytes) throw new Error(`it has over ${maxBytes} bytes`)
    // A file of /proc says that it has none.
    let bytes = Buffer.alloc(stats.size || 1024 * 1024)
    let length = 0
    for (;;) {
      const read = readSync(file, bytes, length, bytes.length - length, null)
      length += read
      if (read === 0 || length > maxBytes) break
      if (length === bytes.length) {
        bytes = Buffer.concat([bytes, Buffer.alloc(Math.max(4096, length))])
      }
    }
    return new Uint8Array(bytes.buffer, bytes.byteOffset, length)
  } finally {
    closeSync(file)
  }
}
