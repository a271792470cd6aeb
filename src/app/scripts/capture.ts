// Scripts that events name are read where they still are, kept, and told of like any other.
import type { Event } from '../../event/event.ts'
import type { PlainEvent } from '../../event/made-event.ts'

import { hashOf } from '../../readers/script/actions.ts'

import { readScript } from '../../scripts/index.ts'

import { CaptureStore, type Captured } from './capture-store.ts'
import { ScriptFinder } from './find-script.ts'
import { scriptsNamedBy } from './named-scripts.ts'
import { placeOf, scriptEvents } from './script-events.ts'

export interface CaptureRequest {
  /** A mounted image, or `/` of this host. */
  readonly root?: string
  /** The folder of the store; absent: read, and not kept. */
  readonly store?: string
  readonly evidence: readonly string[]
}

/** Names that are looked for. */
const maxNames = 50_000

export class Captures {
  readonly #finder: ScriptFinder
  readonly #store: CaptureStore | undefined
  readonly #seen = new Set<string>()
  readonly #evidence: ReadonlySet<string>
  readonly #missed = new Map<string, string[]>()
  kept = 0

  private constructor(
    finder: ScriptFinder,
    { store, evidence }: CaptureRequest,
  ) {
    this.#finder = finder
    this.#store =
      store === undefined ? undefined : new CaptureStore(store, evidence)
    this.#evidence = new Set(evidence)
  }

  static async open(request: CaptureRequest): Promise<Captures> {
    return new Captures(
      await ScriptFinder.open(request.root, request.evidence),
      request,
    )
  }

  /** What the scripts do that an event names, each told once for a host. */
  *of(event: Event): Generator<PlainEvent> {
    for (const path of scriptsNamedBy(event)) {
      const key = `${event.host() ?? ''}\0${path}`
      if (this.#seen.has(key) || this.#seen.size >= maxNames) continue
      this.#seen.add(key)
      yield* this.#capture(path, event)
    }
  }

  /** Why something was not captured, each reason once. */
  *reasons(): Generator<string> {
    for (const [reason, paths] of this.#missed) {
      const more = paths.length > 3 ? ` and ${paths.length - 3} more` : ''
      yield `not captured: ${paths.slice(0, 3).join(', ')}${more}: ${reason}`
    }
  }

  *#capture(path: string, event: Event): Generator<PlainEvent> {
    const place = placeOf(event)
    const { file, record } = event.origin
    const about = {
      path,
      host: place.host,
      time: place.time,
      event: { file, record },
    }
    const found = this.#finder.find(path)
    if ('reason' in found) {
      this.#miss(about, found.reason)
      return
    }
    const full = this.#store?.keep(found.bytes)
    if (full !== undefined) this.#miss(about, full)
    else {
      this.kept++
      this.#store?.list({
        ...about,
        found: found.path,
        sha256: hashOf(found.bytes),
        bytes: found.bytes.length,
      })
    }
    // A file of the evidence is read as evidence anyhow.
    if (this.#evidence.has(found.path)) return
    const reading = readScript(found.bytes, { name: path })
    if (!reading) return
    const told = { path, hash: hashOf(found.bytes), origin: 'captured' }
    for (const made of scriptEvents(reading, told, place)) yield made
  }

  #miss(about: Omit<Captured, 'reason'>, reason: string): void {
    const known = this.#missed.get(reason)
    if (known) known.push(about.path)
    else this.#missed.set(reason, [about.path])
    this.#store?.list({ ...about, reason })
  }
}
