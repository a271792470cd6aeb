// Which events did the person ask about? By time and by host.
import type { Event } from '../../event/event.ts'
import type { LogSource } from '../../event/log-source.ts'

/** Plain data: it crosses to worker threads as JSON. */
export interface ScopeConfig {
  /** Milliseconds since 1970; `until` is exclusive. */
  readonly since?: number
  readonly until?: number
  /** Lower case; empty: every host. */
  readonly hosts: readonly string[]
}

export class Scope {
  readonly #config: ScopeConfig
  /** Log sources of events that are outside: a rule that met none of them is blind by the person's own choice. */
  readonly outside = new Set<LogSource>()

  constructor(config: ScopeConfig) {
    this.#config = config
  }

  /** false: there is nothing to ask of an event. */
  get narrows(): boolean {
    const { since, until, hosts } = this.#config
    return since !== undefined || until !== undefined || hosts.length > 0
  }

  admits(event: Event): boolean {
    const inside = this.#inTime(event) && this.#onHost(event)
    if (!inside) this.outside.add(event.shape.logSource)
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
    const { hosts } = this.#config
    return (
      hosts.length === 0 || isOneOf(hosts, event.host()?.toLowerCase() ?? '')
    )
  }
}

/** A name without a domain stands for the host in whatever domain. */
function isOneOf(wanted: readonly string[], host: string): boolean {
  return wanted.some(
    (w) => host === w || (!w.includes('.') && host.startsWith(`${w}.`)),
  )
}
