// What a scan needs where rules ask for edges or lineage: which facts threads shall take, who joins them, and where what is made of
// them meets rules. Where no rule asks, none of it is loaded.
import type { Rule } from '../../ir/rule.ts'

import type { FactName } from '../../enrich/facts/fact.ts'
import type { RarityKind } from '../../enrich/rarity/kinds.ts'
import type { ScheduleConfig } from '../../enrich/schedule/schedule.ts'

import type { Collector, Outlet } from '../collectors/collector.ts'
import type { Capturing } from '../scripts/capture.ts'
import type { JoinerCollector } from '../collectors/joiner.ts'
import type { RarityOptions } from '../collectors/rarity.ts'
import type { AskedActions } from '../rules/asked-scripts.ts'
import { edgesAreAwaited, isPrompt } from '../rules/prompt-edges.ts'
import {
  type RaritiesAsked,
  type SplitRules,
  splitRules,
} from '../rules/enriched-rules.ts'
import { detections } from '../rules/selection.ts'
import type { MatchConfig } from '../stations/match.ts'
import type { PromptTrack } from '../stations/prompt-track.ts'
import type { Track } from '../stations/track.ts'
import type { Judging } from './judging.ts'

export interface Join {
  /** What threads run. */
  readonly inThreads: readonly Rule[]
  /** Of each rule on made events: its place among all detections. */
  readonly places: readonly number[]
  readonly facts: readonly FactName[]
  /** Of events of this product alone; undefined: of all. */
  readonly factsOf: string | undefined
  /** Threads read the scripts that they come by, for this; absent: they do not. */
  readonly scripts?: AskedActions
  /** Threads say which script files events name. */
  readonly names: boolean
  /** What threads count, where the input can be read only once. */
  readonly sightings: readonly RarityKind[]
  /** All has been read: joins it, and says of which kinds of sightings something waits for what the input holds of them. */
  awaited(): readonly RarityKind[]
  /** Fields that were asked for and always unknown, each with why; known at the end. */
  unknown(): ReadonlyMap<string, string>
  /** In the order in which they move. */
  collectors(outlet: Outlet): readonly Collector[]
  /** Where made events meet rules; `Collectors` is given it. */
  track(config: Omit<MatchConfig, 'rules'>): Track
  /** Where edges meet rules before they end; absent: none is told of before. */
  readonly prompt?: (config: Omit<MatchConfig, 'rules'>) => PromptTrack
}

const ownInput: Judging = { by: 'input' }

function asksRarity({ ofEvents, ofEdges }: RaritiesAsked): boolean {
  return ofEvents.length + ofEdges.length > 0
}

/** Interpreters are counted where processes are joined. */
function countedInThreads(kinds: readonly RarityKind[]): readonly RarityKind[] {
  return kinds.filter((kind) => kind !== 'interpreter' && kind !== 'hour')
}

/** Lineage rests on these. */
const ofLineage: readonly FactName[] = [
  'start',
  'end',
  'fork',
  'logon',
  'service',
]

/** What is asked of a join besides rules. */
export interface Joining {
  /** By what it is said what is rare; absent: by the input itself. */
  readonly judging?: Judging | undefined
  readonly capturing?: Capturing | undefined
  /** Absent: nothing can be out of cycle. */
  readonly schedule?: ScheduleConfig | undefined
  /** The input has no end: edges are told of when rules hold on them, not when they end. */
  readonly isEndless?: boolean
}

/** Rules that tell of an edge before it ends, and what meets it when it has: of those, what others make of their matches. */
function tellAtOnce({ onMade }: SplitRules) {
  const atOnce = detections(onMade).filter(isPrompt)
  const silent = new Set<Rule>(atOnce)
  return {
    atOnce,
    onMade: onMade.map((r) => (silent.has(r) ? { ...r, emits: false } : r)),
  }
}

/** Only what is asked for is loaded. */
async function partsFor(
  { scripts, asksCycle, rarities }: SplitRules,
  captures: boolean,
  tellsAtOnce: boolean,
) {
  const [enrich, joiner, found, made, blocks, capture, rare, cycle, prompt] =
    await Promise.all([
      import('../../enrich/joiner.ts'),
      import('../collectors/joiner.ts'),
      import('../collectors/made-findings.ts'),
      import('../stations/made-track.ts'),
      scripts ? import('../collectors/script-blocks.ts') : undefined,
      captures ? import('../collectors/captures.ts') : undefined,
      asksRarity(rarities) ? import('./judging.ts') : undefined,
      asksCycle ? import('../schedule/open.ts') : undefined,
      tellsAtOnce ? import('../stations/prompt-track.ts') : undefined,
    ])
  return { enrich, joiner, found, made, blocks, capture, rare, cycle, prompt }
}

/** What moves before the joiner. */
function before(
  { blocks, capture, rare }: Awaited<ReturnType<typeof partsFor>>,
  {
    scripts,
    capturing,
    rarity,
  }: {
    readonly scripts: AskedActions | undefined
    readonly capturing: Capturing | undefined
    readonly rarity: RarityOptions | undefined
  },
  outlet: Outlet,
): readonly Collector[] {
  return [
    ...(blocks ? [new blocks.ScriptBlocksCollector(outlet, scripts)] : []),
    ...(capture && capturing
      ? [new capture.CapturesCollector(capturing, outlet, scripts)]
      : []),
    ...(rarity?.counted && rare
      ? [new rare.SightingsCollector(rarity.counted)]
      : []),
  ]
}

/** undefined: no rule asks, and nothing is captured. */
export async function openJoin(
  rules: readonly Rule[],
  { judging = ownInput, capturing, schedule, isEndless = false }: Joining = {},
): Promise<Join | undefined> {
  const split = splitRules(rules, { hasSchedule: schedule !== undefined })
  const { edges, asksLineage, rarities, scripts } = split
  if (!split.onMade.length && !capturing) return undefined
  const { onMade, atOnce } = isEndless
    ? tellAtOnce(split)
    : { ...split, atOnce: [] }
  const parts = await partsFor(
    split,
    capturing !== undefined,
    atOnce.length > 0,
  )
  const { enrich, joiner, found, made, rare, cycle, prompt } = parts
  const lineage = asksLineage ? ofLineage : []
  const rarity = rare?.rarityOf(rarities, judging)
  const baseline = judging.by === 'baseline' ? judging.baseline : undefined
  let opened: JoinerCollector | undefined
  return {
    inThreads: split.inThreads,
    places: split.places,
    ...(scripts && { scripts }),
    names: capturing !== undefined,
    sightings: rarity?.counted ? countedInThreads(rarity.kinds) : [],
    awaited: () => countedInThreads(opened?.awaited() ?? []),
    unknown: () => opened?.unknown ?? new Map(),
    factsOf: edges.length ? undefined : split.lineageOf,
    facts: [...new Set([...enrich.factsForEdges(edges), ...lineage])],
    collectors: (outlet) => {
      opened = new joiner.JoinerCollector(edges, outlet, {
        rarity,
        schedule: schedule && cycle?.openSchedule(schedule, baseline),
        edgesAreAwaited: !isEndless || edgesAreAwaited(rules),
      })
      return [
        ...before(parts, { scripts, capturing, rarity }, outlet),
        opened,
        new found.MadeFindingsCollector(outlet),
      ]
    },
    track: (config) => made.madeTrack({ ...config, rules: onMade }),
    ...(prompt && {
      prompt: (config) => new prompt.PromptTrack({ ...config, rules: atOnce }),
    }),
  }
}
