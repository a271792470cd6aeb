// What does a file that a person names hold? Only regular files are read, and only so far: a pipe or a device may never end.
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readSync,
  type Stats,
} from 'node:fs'

/** Opening a pipe that nobody writes to would wait; reading it is refused below. */
const openFlags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

/**
 * The whole text. The error says in one line what stands in the way. Not awaited: the four calls that a small file takes
 * cost five times as much through the thread pool, and none of them can wait for anybody; who reads many pauses between them.
 */
export function readRegularFile(path: string, maxBytes: number): string {
  return readRegularBytes(path, maxBytes).toString('utf8')
}

/** The same as bytes. */
export function readRegularBytes(path: string, maxBytes: number): Buffer {
  const file = openSync(path, openFlags)
  try {
    const stats = fstatSync(file)
    if (!stats.isFile()) {
      throw new Error(`it is ${kindOf(stats)}; a regular file was expected`)
    }
    return bytesOf(file, stats.size, maxBytes)
  } finally {
    closeSync(file)
  }
}

// A file of /proc says that it has no bytes, and one that grows has more than it said.
function bytesOf(file: number, size: number, maxBytes: number): Buffer {
  let buffer = Buffer.allocUnsafe(Math.min(size, maxBytes) + 1)
  let length = 0
  for (;;) {
    const room = buffer.length - length
    length += readSync(file, buffer, length, room, null)
    if (length > maxBytes) {
      throw new Error(`it is larger than ${maxBytes} bytes`)
    }
    // Fewer bytes than asked for are the last ones of a regular file.
    if (length < buffer.length) return buffer.subarray(0, length)
    buffer = Buffer.concat([buffer, Buffer.allocUnsafe(buffer.length)])
  }
}

export function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return 'a folder'
  if (stats.isFIFO()) return 'a named pipe'
  if (stats.isSocket()) return 'a socket'
  if (stats.isCharacterDevice() || stats.isBlockDevice()) return 'a device'
  return 'no regular file'
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'its links lead back to themselves',
  ENAMETOOLONG: 'its name is too long',
  ENXIO:
    'it is a socket, or a pipe that nobody reads; a regular file was expected',
  EISDIR: 'it is a folder; a file was expected',
  ENOTDIR: 'a part of its path is no folder',
  ENOSPC: 'no space is left on the device',
  EROFS: 'it lies on what can only be read',
  EMFILE: 'too many files are open',
}

/** In an author's words where there are some. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  return (code && reasons[code]) || message
}
