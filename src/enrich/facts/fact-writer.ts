// Takes from each event the facts that are asked for, as text. What gives none costs one look at its shape.
import type { Value } from '../../base/record.ts'

import { ByShape } from '../../event/by-shape.ts'
import type { Event, EventShape } from '../../event/event.ts'

import type { Demand } from '../../ir/demand.ts'

import { hostName } from '../host-name.ts'
import { type FactName, writeFact } from './fact.ts'
import { factRowsOf, givesFact } from './kinds.ts'

interface Plan {
  readonly kind: FactName
  readonly names: readonly string[]
  /** In the shape. */
  readonly at: readonly number[]
}

/** UTF-16 units kept of a value. */
const maxUnits = 8_192

export class FactWriter {
  readonly #plans: ByShape<readonly Plan[]>

  /** `product`: of events that may be of it alone. */
  constructor(asked: readonly FactName[], product?: string) {
    const rows = factRowsOf(asked, product)
    this.#plans = new ByShape((shape) =>
      rows.flatMap(([kind, row]) =>
        givesFact(row, shape) ? [planOf(kind, row.fields, shape)] : [],
      ),
    )
  }

  /** Events of the shape give none. */
  ignores(shape: EventShape): boolean {
    return this.#plans.of(shape).length === 0
  }

  /** Calls `write` for each fact of the event. An event without a time gives none. */
  facts(event: Event, write: (text: string, time: number) => void): void {
    const plans = this.#plans.of(event.shape)
    for (let i = 0; i < plans.length; i++) {
      const plan = plans[i]!
      const fields = fieldsOf(event, plan)
      if (plan.kind === 'open' && !isFifo(fields)) continue
      if (plan.kind === 'file' && !isTelling(fields)) continue
      const time = event.time()
      if (time === undefined) return
      const { product, category, service } = event.shape.logSource
      const shown = event.host()
      const text = writeFact({
        kind: plan.kind,
        time,
        host: hostName(shown),
        hostShown: shown,
        product,
        category: category?.at(-1),
        service: service?.at(-1),
        fields,
        origin: event.origin,
      })
      write(text, time)
    }
  }
}

/** What a gate must let through for these facts. */
export function demandsOfFacts(
  asked: readonly FactName[],
  product?: string,
): readonly Demand[] {
  return factRowsOf(asked, product).map(([, { demand }]) => demand)
}

function planOf(kind: FactName, fields: string, shape: EventShape): Plan {
  const there = fields.split(' ').filter((name) => shape.indexOf(name) >= 0)
  return { kind, names: there, at: there.map((name) => shape.indexOf(name)) }
}

function fieldsOf(event: Event, { names, at }: Plan): Record<string, Value> {
  const fields: Record<string, Value> = {}
  for (let i = 0; i < at.length; i++) {
    const value = event.value(at[i]!)
    if (value === undefined || value === null) continue
    fields[names[i]!] =
      typeof value === 'string' && value.length > maxUnits
        ? value.slice(0, maxUnits)
        : value
  }
  return fields
}

function isFifo({ FileType }: Record<string, Value>): boolean {
  return FileType !== undefined && [FileType].flat().includes('fifo')
}

/** Where code starts by itself, and where it is written who may do what. */
const telling =
  /^(?:\/private)?\/(?:Library\/(?:LaunchDaemons|LaunchAgents|PrivilegedHelperTools|Security|StartupItems)\/|etc\/(?:sudoers|pam\.d\/|crontab|cron\.d\/|ssh\/|zshenv|profile)|usr\/local\/bin\/|var\/at\/tabs\/)|\/\.ssh\/authorized_keys$/i

function isTelling({ TargetFilename }: Record<string, Value>): boolean {
  return [TargetFilename].flat().some((path) => telling.test(String(path)))
}
