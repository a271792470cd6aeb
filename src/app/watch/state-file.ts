// Files of a watch's own state. Whoever could put a link, a pipe or a device in the place of one would have other files written over, or
// the watch wait for ever: they are regular files, or refused.
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  writeFileSync,
} from 'node:fs'

import { kindOf, readRegularBytes } from '../../readers/regular-file.ts'

import { UnusableState } from './unusable.ts'

const opening = {
  read: constants.O_RDONLY,
  change: constants.O_RDWR,
  append: constants.O_RDWR | constants.O_CREAT | constants.O_APPEND,
  replace: constants.O_WRONLY | constants.O_CREAT,
} as const

/** Whoever opens it closes it. `replace`: it is empty then. */
export function openStateFile(path: string, how: keyof typeof opening): number {
  refuseOther(path)
  const truncates = how === 'replace' ? constants.O_TRUNC : 0
  const safe = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)
  const fd = openSync(path, opening[how] | truncates | safe, 0o600)
  const stats = fstatSync(fd)
  if (stats.isFile()) return fd
  closeSync(fd)
  throw notRegular(path, kindOf(stats))
}

/** It holds this text, and nothing else. */
export function writeStateFile(path: string, text: string): void {
  const fd = openStateFile(path, 'replace')
  try {
    writeFileSync(fd, text)
  } finally {
    closeSync(fd)
  }
}

/** Its text; what is larger is none of ours. */
export function readStateFile(path: string, maxBytes: number): string {
  return readStateBytes(path, maxBytes).toString('utf8')
}

export function readStateBytes(path: string, maxBytes: number): Buffer {
  refuseOther(path)
  try {
    return readRegularBytes(path, maxBytes)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== undefined) throw error
    throw new UnusableState(
      `"${path}" cannot be used: ${(error as Error).message}`,
    )
  }
}

function refuseOther(path: string): void {
  const stats = lstatSync(path, { throwIfNoEntry: false })
  if (!stats || stats.isFile()) return
  throw notRegular(path, stats.isSymbolicLink() ? 'a link' : kindOf(stats))
}

function notRegular(path: string, kind: string): Error {
  return new UnusableState(
    `"${path}" cannot be used: it is ${kind}; state is kept in regular files`,
  )
}
