// What does a file that a person names hold? Only regular files are read, and only so far: a pipe or a device may never end.
import { close, constants, fstat, open, read, type Stats } from 'node:fs'
import { promisify } from 'node:util'

// Thousands of rule files are read at a start: these cost a third of what `node:fs/promises` does.
const opening = promisify(open)
const stating = promisify(fstat)
const reading = promisify(read)
const closing = promisify(close)

/** Opening a pipe that nobody writes to would wait; reading it is refused below. */
const openFlags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

/** The whole text. The error says in one line what stands in the way. */
export async function readRegularFile(
  path: string,
  maxBytes: number,
): Promise<string> {
  const file = await opening(path, openFlags)
  try {
    const stats = await stating(file)
    if (!stats.isFile()) {
      throw new Error(`it is ${kindOf(stats)}; a regular file was expected`)
    }
    return await textOf(file, stats.size, maxBytes)
  } finally {
    await closing(file)
  }
}

// A file of /proc says that it has no bytes, and one that grows has more than it said.
async function textOf(
  file: number,
  size: number,
  maxBytes: number,
): Promise<string> {
  let buffer = Buffer.allocUnsafe(Math.min(size, maxBytes) + 1)
  let length = 0
  for (;;) {
    const room = buffer.length - length
    const { bytesRead } = await reading(file, buffer, length, room, null)
    length += bytesRead
    if (length > maxBytes) {
      throw new Error(`it is larger than ${maxBytes} bytes`)
    }
    // Fewer bytes than asked for are the last ones of a regular file.
    if (length < buffer.length) return buffer.toString('utf8', 0, length)
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
  ENXIO: 'it is a socket; a regular file was expected',
  EMFILE: 'too many files are open',
}

/** In an author's words where there are some. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  return (code && reasons[code]) || message
}
