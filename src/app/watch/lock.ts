// One run for one folder of state: two would write over each other.
import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

import { readStateFile } from './state-file.ts'
import { UnusableState } from './unusable.ts'

/** It holds the number of a process. */
const maxLockBytes = 64

/** Throws where another process that lives has it. Gives what lets it go. */
export function lockFolder(folder: string): () => void {
  const path = join(folder, 'lock')
  for (;;) {
    try {
      const fd = openSync(path, 'wx', 0o600)
      writeSync(fd, String(process.pid))
      closeSync(fd)
      return () => rmSync(path, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const owner = Number(readStateFile(path, maxLockBytes))
    if (owner > 0 && owner !== process.pid && lives(owner)) {
      throw new UnusableState(`"${folder}" is in use by process ${owner}`)
    }
    rmSync(path, { force: true })
  }
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
