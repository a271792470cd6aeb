// A folder and those above it. Node's own way (`recursive`) tries for ever where the system says that what is there is not, as /proc does.
import { mkdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** Throws what the system says to the first folder that cannot be made. */
export function makeFolder(path: string, mode = 0o777): void {
  const missing: string[] = []
  let at = resolve(path)
  while (!isFolder(at)) {
    missing.push(at)
    const above = dirname(at)
    if (above === at) break
    at = above
  }
  for (const folder of missing.reverse()) {
    try {
      mkdirSync(folder, { mode })
    } catch (error) {
      // Another process was quicker.
      if (!isFolder(folder)) throw error
    }
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
