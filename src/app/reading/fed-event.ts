// An event as plain data: searches with operators run where findings are put together, on events that were picked elsewhere.
import type { Provenance, Value } from '../../base/record.ts'

import type { Event, Origin } from '../../event/event.ts'

import type { EvidencePart } from '../../findings/assemble.ts'

/** An event that can cross between threads. */
export interface FedEvent {
  /** Of the search. */
  readonly rule: string
  readonly names: readonly string[]
  readonly values: readonly (Value | undefined)[]
  readonly product: string | undefined
  readonly category: readonly string[] | undefined
  readonly service: readonly string[] | undefined
  readonly provenance: Provenance
  readonly origin: Origin
  readonly time: number | undefined
  readonly host: string | undefined
  readonly evidence: EvidencePart
}

export function feedEvent(
  rule: string,
  event: Event,
  evidence: EvidencePart,
): FedEvent {
  const { shape } = event
  const { product, category, service } = shape.logSource
  return {
    rule,
    names: shape.names,
    values: shape.names.map((_, i) => event.value(i)),
    product,
    category,
    service,
    provenance: shape.provenance,
    origin: { ...event.origin },
    time: event.time(),
    host: event.host(),
    evidence,
  }
}
