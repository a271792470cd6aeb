// What is asked of captures, and what they need: where scripts may still lie, and where they are kept.
import { realpathSync } from 'node:fs'
import { hostname } from 'node:os'
import { parse, resolve } from 'node:path'

import { CaptureRefused } from './capture-refused.ts'
import { CaptureStore } from './capture-store.ts'
import { ScriptFinder } from './find-script.ts'

export interface CaptureRequest {
  /** A mounted image, or `/` of this host: for events of every host that has none of its own. */
  readonly root?: string
  /** Mounted images by the host whose they are. */
  readonly hostRoots?: Readonly<Record<string, string>>
  /** The folder of the store; absent: read, and not kept. */
  readonly store?: string
}

export interface Capturing {
  readonly finder: ScriptFinder
  readonly store?: CaptureStore
  /** Events may come again that a run before this one met: what it captured of them stands. */
  readonly goesOn: boolean
}

/** undefined: nothing was asked. Throws `CaptureRefused`. */
export async function openCapture(
  { root, hostRoots = {}, store }: CaptureRequest,
  evidence: readonly string[],
  goesOn = false,
): Promise<Capturing | undefined> {
  const images = Object.values(hostRoots)
  if (root === undefined && store === undefined && !images.length)
    return undefined
  // An image is evidence; of the host itself each folder is a part.
  const isImage =
    root !== undefined && resolve(root) !== parse(resolve(root)).root
  const closed = [...evidence, ...(isImage ? [root] : []), ...images]
  try {
    const kept =
      store === undefined ? undefined : new CaptureStore(store, closed)
    const finder = await ScriptFinder.open({
      evidence,
      hostName: hostname(),
      ...(root !== undefined && { root: realpathSync(root) }),
      hostRoots: Object.fromEntries(
        Object.entries(hostRoots).map(([host, path]) => [
          host,
          realpathSync(path),
        ]),
      ),
    })
    return { finder, goesOn, ...(kept && { store: kept }) }
  } catch (error) {
    if (isOfSystem(error)) throw error
    throw new CaptureRefused((error as Error).message)
  }
}

/** The command line says those in its own words. */
function isOfSystem(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).syscall !== undefined
}
