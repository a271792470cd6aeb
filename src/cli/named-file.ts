// The text of a small file that a flag names: a search, macros, placeholders. Only regular files are read, and only so far.
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readFileSync,
} from 'node:fs'

import { kindOf, reasonOf } from '../readers/regular-file.ts'

import { UsageError } from './exit.ts'

/** In bytes. */
const maxBytes = 16 * 1024 * 1024

/** `what` it is, for the message where it cannot be read. */
export function readNamedFile(path: string, what: string): string {
  try {
    return textOf(path)
  } catch (error) {
    throw new UsageError(`${what} "${path}" cannot be read: ${reasonOf(error)}`)
  }
}

function textOf(path: string): string {
  // Opening a pipe that nobody writes to would wait.
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const stats = fstatSync(file)
    if (!stats.isFile()) {
      throw new Error(`it is ${kindOf(stats)}; a regular file was expected`)
    }
    if (stats.size > maxBytes) {
      throw new Error(`it is larger than ${maxBytes} bytes`)
    }
    return readFileSync(file, 'utf8')
  } finally {
    closeSync(file)
  }
}
