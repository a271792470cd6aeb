// Scripts that events name are read where they still are, kept, and told of like any other. They are looked for as soon as their name
// comes, since files go away; their actions are told in order of time.
import { plural } from '../../base/shown.ts'

import { madeEvent } from '../../event/made-event.ts'

import { hashOf, type WantedKinds } from '../../readers/script/actions.ts'

import { readScript, type ScriptReading } from '../../scripts/index.ts'

import type { AskedActions } from '../rules/asked-scripts.ts'
import type { Capturing } from '../scripts/capture.ts'
import type { Captured } from '../scripts/capture-store.ts'
import type { FoundScript } from '../scripts/find-script.ts'
import { Readings, scriptEvents } from '../scripts/script-events.ts'
import {
  type NamedScript,
  type NamedScriptsPart,
  scriptKey,
} from '../stations/named-scripts.ts'
import type { Collector, Outlet } from './collector.ts'

/** Names that are looked for. */
const maxNames = 50_000
/** Actions of scripts that wait for their time. */
const maxWaitingActions = 500_000
/** Paths that are named with a reason. */
const maxShown = 3

interface Waiting {
  /** Who named it first. */
  named: NamedScript
  readonly hash: string
  readonly reading: ScriptReading
}

export class CapturesCollector implements Collector {
  readonly takes = 'named-scripts'
  readonly #outlet: Pick<Outlet, 'event' | 'note'>
  readonly #capturing: Capturing
  readonly #wants: WantedKinds
  /** What a file was like when it was read last; '': it was not there. */
  readonly #seen = new Map<string, string>()
  readonly #waiting = new Map<string, Waiting>()
  readonly #missed = new Map<string, string[]>()
  #waitingActions = 0
  #kept = 0

  /** `asked`: what is told; absent: all. */
  constructor(
    capturing: Capturing,
    outlet: Pick<Outlet, 'event' | 'note'>,
    asked?: AskedActions,
  ) {
    this.#wants = new Readings(asked).wants
    this.#capturing = capturing
    this.#outlet = outlet
  }

  take({ named }: NamedScriptsPart): void {
    for (const one of named) this.#take(one)
  }

  advance(watermark: number): number {
    let least = watermark
    const ready: Waiting[] = []
    for (const [key, waiting] of this.#waiting) {
      const { time } = waiting.named.place
      if (time !== undefined && time >= watermark) least = Math.min(least, time)
      else {
        ready.push(waiting)
        this.#waiting.delete(key)
        this.#waitingActions -= waiting.reading.actions.length
      }
    }
    for (const { named, hash, reading } of ready.sort(inOrder)) {
      const about = () => ({ path: named.path, hash, origin: 'captured' })
      for (const made of scriptEvents(reading, about, named.place, this.#wants))
        this.#outlet.event(madeEvent(made))
    }
    this.#tellMissed()
    if (watermark === Number.POSITIVE_INFINITY && this.#kept > 0)
      this.#outlet.note(`captured: ${plural(this.#kept, 'script')}`)
    return least
  }

  #take(named: NamedScript): void {
    const { path, place } = named
    const key = scriptKey(path, place.host)
    const before = this.#seen.get(key)
    const waiting = this.#waiting.get(`${key}\0${before}`)
    if (waiting && isBefore(named, waiting.named)) waiting.named = named
    if (before === undefined && this.#seen.size >= maxNames) {
      this.#miss(named, `over ${maxNames} scripts are named`, false)
      return
    }
    const { finder, store, goesOn } = this.#capturing
    const known = goesOn ? store?.before(aboutOf(named)) : undefined
    if (known === 'missed') return
    const found: FoundScript = known
      ? { path: known.found, bytes: known.bytes, version: known.sha256 }
      : finder.find(path, place.host, before)
    if ('same' in found) return
    this.#seen.set(key, 'reason' in found ? '' : found.version)
    // That it is not there is said once.
    if ('reason' in found) {
      if (before === undefined) this.#miss(named, found.reason)
    } else this.#capture(key, named, found, known !== undefined)
  }

  #capture(
    key: string,
    named: NamedScript,
    found: Extract<FoundScript, { bytes: Buffer }>,
    isKept: boolean,
  ): void {
    const sha256 = hashOf(found.bytes)
    const { store } = this.#capturing
    if (store && !isKept) {
      const full = store.keep(sha256, found.bytes)
      if (full !== undefined) this.#miss(named, full)
      else {
        this.#kept++
        store.list({
          ...aboutOf(named),
          found: found.path,
          sha256,
          bytes: found.bytes.length,
        })
      }
    }
    // A file of the evidence is read as evidence anyhow.
    if (found.isEvidence) return
    const reading = readScript(found.bytes, { name: named.path })
    if (!reading) return
    this.#waitingActions += reading.actions.length
    if (this.#waitingActions > maxWaitingActions) {
      this.#waitingActions -= reading.actions.length
      this.#miss(named, 'no room for its actions to wait; not judged')
    } else {
      const version = `${key}\0${found.version}`
      this.#waiting.set(version, { named, hash: sha256, reading })
    }
  }

  #miss(named: NamedScript, reason: string, isListed = true): void {
    const paths = this.#missed.get(reason)
    if (paths) paths.push(named.path)
    else this.#missed.set(reason, [named.path])
    if (isListed) this.#capturing.store?.list({ ...aboutOf(named), reason })
  }

  /** Each reason once, with some of its paths. */
  #tellMissed(): void {
    for (const [reason, all] of this.#missed) {
      const paths = all.sort()
      const shown = paths.slice(0, maxShown).join(', ')
      const more =
        paths.length > maxShown ? ` and ${paths.length - maxShown} more` : ''
      this.#outlet.note(`not captured: ${shown}${more}: ${reason}`)
    }
    this.#missed.clear()
  }
}

function aboutOf({
  path,
  place,
}: NamedScript): Pick<Captured, 'path' | 'host' | 'time' | 'event'> {
  const { file, record } = place.origin
  return {
    path,
    host: place.host,
    time: place.time,
    event: { file, record },
  }
}

/** In order of time, then of what decides when that is the same: the same in every run. */
function inOrder(a: { named: NamedScript }, b: { named: NamedScript }): number {
  return isBefore(a.named, b.named) ? -1 : 1
}

function isBefore(a: NamedScript, b: NamedScript): boolean {
  const [x, y] = [orderOf(a), orderOf(b)]
  const at = x.findIndex((v, i) => v !== y[i])
  return at >= 0 && x[at]! < y[at]!
}

function orderOf({ path, place }: NamedScript): (string | number)[] {
  const { time = Number.POSITIVE_INFINITY, origin, host = '' } = place
  return [time, origin.file, origin.record, host, path]
}
