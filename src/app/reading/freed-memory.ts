// The C library keeps what was freed in the midst of its heap, for ever: of a watch of a quarter of an hour 67 MB of 91, buffers of what was
// read and written. Where koffi is there, it is asked to give that back.
// Source: malloc_trim(3), of glibc alone.
import { native } from '../../sensors/native.ts'

let trim: (() => void) | undefined

/** Nothing happens where it cannot be asked. */
export function giveFreedMemoryBack(): void {
  trim ??= trimOfLibrary() ?? (() => {})
  trim()
}

function trimOfLibrary(): (() => void) | undefined {
  if (process.platform !== 'linux') return undefined
  try {
    const call = native()?.load(null).func('int malloc_trim(size_t)')
    return call && (() => call(0))
  } catch {
    return undefined
  }
}
