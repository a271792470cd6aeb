// A text that states no offset tells what a clock on a wall showed: of which zone? One answer for what is being read, since no text
// says so itself; UTC unless another was named.
import { type Zone, zoneOf } from './zone.ts'

const msPerMinute = 60_000

let named: string | undefined
let zone: Zone | undefined

/** From now on, in this thread. `name`: as `zoneOf` reads it; undefined: UTC. */
export function readLocalTimesIn(name: string | undefined): void {
  if (name === named) return
  named = name
  zone = name === undefined ? undefined : zoneOf(name)
}

/** Milliseconds since 1970 UTC. `local`: those of a clock that shows UTC the same. */
export function utcOfLocal(local: number): number {
  if (zone === undefined) return local
  // The offset is that of the moment, which is not known yet: a second look settles the hours around a change.
  const first = local - zone.offsetAt(local) * msPerMinute
  return local - zone.offsetAt(first) * msPerMinute
}
