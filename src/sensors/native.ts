// Calls that Node does not have: through koffi, an optional dependency that comes compiled for each system. Where it was left out, or does
// not load, sensors that need it say so.
import { createRequire } from 'node:module'

import type Koffi from 'koffi'

export type Native = typeof Koffi

let loaded: Native | undefined
let failure: string | undefined

/** undefined: it is not there; `nativeFailure` says why. */
export function native(): Native | undefined {
  if (loaded || failure !== undefined) return loaded
  try {
    // By name at run time: it is not put into the bundle, and may be absent.
    const load = createRequire(import.meta.url)
    loaded = load('koffi') as Native
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    failure =
      code === 'MODULE_NOT_FOUND'
        ? 'the optional dependency koffi is not installed'
        : `koffi does not load: ${message.split('\n')[0]}`
  }
  return loaded
}

export function nativeFailure(): string {
  return failure ?? 'koffi is not loaded'
}
