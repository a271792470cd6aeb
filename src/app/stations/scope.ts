// Which events did the person ask about? By time and by host.
import { hostTest } from '../../base/host-test.ts'

import type { Event } from '../../event/event.ts'
import type { LogSource } from '../../event/log-source.ts'

import { nothingMet } from './met.ts'
import type { TrackOptions } from './track.ts'

/** Plain data: it crosses to worker threads as JSON. */
export interface ScopeConfig {
  /** Milliseconds since 1970; `until` is exclusive. */
  readonly since?: number
  readonly until?: number
  /** Names, also with `*` and `?`, letter case ignored; empty: every host. */
  readonly hosts: readonly string[]
}

export class Scope {
  readonly #config: ScopeConfig
  readonly #isWanted: (host: string) => boolean
  #lastHost = ''
  #lastWanted = false
  /** Events that it admitted. */
  inside = 0
  /** Log sources of events that are outside: a rule that met none of them is blind by the person's own choice. */
  readonly outside = new Set<LogSource>()

  constructor(config: ScopeConfig) {
    this.#config = config
    this.#isWanted = hostTest(config.hosts)
  }

  /** false: there is nothing to ask of an event. */
  get narrows(): boolean {
    const { since, until, hosts } = this.#config
    return since !== undefined || until !== undefined || hosts.length > 0
  }

  /** For a track that has no rules: what it admits, and how much of it there was. */
  road(): Pick<TrackOptions, 'admits' | 'met'> {
    if (!this.narrows) return {}
    return {
      admits: (event) => this.admits(event),
      met: () => ({ ...nothingMet, inside: this.inside }),
    }
  }

  admits(event: Event): boolean {
    const inside = this.#inTime(event) && this.#onHost(event)
    if (inside) this.inside++
    else this.outside.add(event.shape.logSource)
    return inside
  }

  #inTime(event: Event): boolean {
    const { since, until } = this.#config
    if (since === undefined && until === undefined) return true
    const time = event.time()
    return (
      time !== undefined &&
      (since === undefined || time >= since) &&
      (until === undefined || time < until)
    )
  }

  #onHost(event: Event): boolean {
    if (this.#config.hosts.length === 0) return true
    const host = event.host() ?? ''
    if (host !== this.#lastHost) {
      this.#lastHost = host
      this.#lastWanted = this.#isWanted(host)
    }
    return this.#lastWanted
  }
}
