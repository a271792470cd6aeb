// Who wrote a record, from values that are attackers' input: provenances are kept for the whole run, so what they hold is
// bounded.
import type { Provenance, Value } from '../../base/record.ts'
import { provenance } from '../../base/record.ts'

/** Of a provider, channel or id, in UTF-16 units; real ones have at most some hundred. */
const maxLength = 256

export function writtenBy(
  family: Provenance['family'],
  provider: Value | undefined,
  channel: Value | undefined,
  id: Value | undefined,
): Provenance {
  return provenance(family, short(provider), short(channel), short(id))
}

function short(value: Value | undefined): string {
  // Where a name came twice, the last value is the one that others see.
  const one: Value | undefined = Array.isArray(value) ? value.at(-1) : value
  return textOf(one).slice(0, maxLength)
}

/** The text of a value; '' of nothing. */
export function textOf(value: Value | undefined): string {
  if (typeof value === 'string') return value
  return value === undefined || value === null ? '' : String(value)
}

/** Verdicts that are remembered for one source. */
const maxVerdicts = 8192

/** What a gate said, asked once for each provenance. */
export class Verdicts {
  readonly #wants: ((p: Provenance) => boolean) | undefined
  readonly #known = new Map<Provenance, boolean>()

  constructor(gate: { wants(p: Provenance): boolean } | undefined) {
    this.#wants = gate && ((p) => gate.wants(p))
  }

  wants(p: Provenance): boolean {
    if (!this.#wants) return true
    const known = this.#known.get(p)
    if (known !== undefined) return known
    const wanted = this.#wants(p)
    if (this.#known.size >= maxVerdicts) this.#known.clear()
    this.#known.set(p, wanted)
    return wanted
  }
}
