// All of some bytes into a file, a pipe or a terminal whose reader may stall: others are not kept waiting meanwhile.
import { constants, fstatSync, openSync, writeSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'

import { NotNow } from './output.ts'

/** Milliseconds before a reader that was not ready is tried again. */
const patienceMs = 20

/** To a pipe that is full, or that nobody reads, writing would otherwise wait. */
export const unwaiting = constants.O_NONBLOCK ?? 0

/** Rejects soon after the signal with `NotNow`: some of it may be there then. */
export async function writeWhole(
  fd: number,
  bytes: Uint8Array,
  signal: AbortSignal,
): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    try {
      done += writeSync(fd, bytes, done)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
      if (signal.aborted) throw new NotNow('its reader takes nothing')
      await pause(patienceMs)
    }
  }
}

/** Of a pipe or terminal an opening of its own, that does not wait, where the system gives one; else itself. */
export function unwaitingOf(fd: number): number {
  try {
    const stats = fstatSync(fd)
    if (!stats.isFIFO() && !stats.isCharacterDevice()) return fd
    const flags = constants.O_WRONLY | unwaiting | (constants.O_NOCTTY ?? 0)
    return openSync(`/proc/self/fd/${fd}`, flags)
  } catch {
    return fd
  }
}
