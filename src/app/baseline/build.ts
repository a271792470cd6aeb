// `baseline build`: telemetry in, what is usual in it out. Sightings are counted in every thread; interpreters where processes are joined.
import type { FactName } from '../../enrich/facts/fact.ts'
import { Baseline } from '../../enrich/rarity/baseline.ts'
import { rarityKinds } from '../../enrich/rarity/kinds.ts'
import { RarityJudge } from '../../enrich/rarity/judge.ts'

import { JoinerCollector } from '../collectors/joiner.ts'
import { SightingsCollector } from '../collectors/sightings.ts'
import { Input, type InputListener, type InputRequest } from '../input.ts'
import type { InputTotals } from '../reading/input-totals.ts'
import type { FactsPart } from '../stations/facts.ts'
import type { ScopeConfig } from '../stations/scope.ts'
import type { SightingsPart } from '../stations/sightings.ts'
import type { Part } from '../stations/station.ts'

export interface BuildRequest extends InputRequest {
  /** Which events it is about. */
  readonly scope: ScopeConfig
}

export interface Built {
  readonly baseline: Baseline
  readonly totals: InputTotals
  /** Events that the person asked about; undefined: about all. */
  readonly inScope: number | undefined
}

/** The lineage of interpreters rests on these. */
const facts: readonly FactName[] = ['start', 'end', 'fork']

export async function buildBaseline(
  request: BuildRequest,
  listener: InputListener,
  signal: AbortSignal,
): Promise<Built> {
  const baseline = new Baseline('the new baseline')
  const counting = new SightingsCollector(baseline)
  const joiner = joinerInto(baseline, (message) => listener.problem(message))
  const take = (part: Part) => {
    if (part.kind === 'sightings') counting.take(part as SightingsPart)
    else if (part.kind === 'facts') joiner.take(part as FactsPart)
  }
  const input = await Input.open(request, listener, signal)
  try {
    const met = await input.read(
      {
        kind: 'scan',
        rules: [],
        picking: [],
        index: true,
        routing: true,
        facts,
        sightings: rarityKinds,
        ...request.scope,
      },
      (parts) => parts.forEach(take),
      signal,
    )
    joiner.advance(Number.POSITIVE_INFINITY)
    return { baseline, totals: input.totals, inScope: met.inside }
  } finally {
    input.close()
  }
}

/** It makes no events: processes are counted as they are joined. */
function joinerInto(
  counted: Baseline,
  note: (message: string) => void,
): JoinerCollector {
  const judge = new RarityJudge(counted, true)
  const rarity = {
    kinds: rarityKinds,
    ofEvents: [],
    ofEdges: [],
    judge,
    counted,
  }
  return new JoinerCollector([], { event: () => {}, note }, { rarity })
}
