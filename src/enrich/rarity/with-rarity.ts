// An event with what rarity says of it. Where the event is no sighting, nothing is said; where it cannot be judged, "unknown" and why.
import type { Value } from '../../base/record.ts'

import type { PlainEvent } from '../../event/made-event.ts'

import type { Rarity, JudgeOfRarity } from './judge.ts'
import { firstField, type RarityKind, sightingKinds } from './kinds.ts'
import { isSightedBy, judgedRows, type SightedRow, textOf } from './sighted.ts'
import { hostPart } from './template.ts'

export interface Judged {
  readonly field: string
  readonly rarity: Rarity
}

/** `kinds`: those that are asked for. */
export function judgedOf(
  event: PlainEvent,
  kinds: ReadonlySet<RarityKind>,
  judge: JudgeOfRarity,
): readonly Judged[] {
  const told = tellerOf(event)
  return rowsFor(event, kinds).flatMap((row) =>
    judgedBy(row, event, told, judge),
  )
}

/** Of which kinds of sightings it is. */
export function sightingsIn(
  event: PlainEvent,
  kinds: ReadonlySet<RarityKind>,
): readonly RarityKind[] {
  const told = tellerOf(event)
  return rowsFor(event, kinds)
    .filter((row) => row.parts(told, event.time) !== undefined)
    .map((row) => row.kind)
}

function rowsFor(
  event: PlainEvent,
  kinds: ReadonlySet<RarityKind>,
): readonly SightedRow[] {
  return judgedRows.filter(
    (row) => kinds.has(row.kind) && isSightedBy(row, event),
  )
}

function tellerOf({ names, values }: PlainEvent) {
  return (name: string) => textOf(values[names.indexOf(name)])
}

function judgedBy(
  { kind, parts: partsOf }: SightedRow,
  { host, time }: PlainEvent,
  told: (name: string) => string | undefined,
  judge: JudgeOfRarity,
): readonly Judged[] {
  const { field, ofHost } = sightingKinds[kind]
  const own = partsOf(told, time)
  if (!own) return []
  if (!ofHost) return [{ field, rarity: judge.judge(kind, own) }]
  const name = hostPart(host)
  const judged = { field, rarity: judge.judge(kind, [...own, name]) }
  if (kind !== 'interpreter') return [judged]
  const [interpreter = ''] = own
  return [
    judged,
    { field: firstField, rarity: judge.first(interpreter, name, time ?? 0) },
  ]
}

export function withRarity(
  event: PlainEvent,
  judged: readonly Judged[],
): PlainEvent {
  if (!judged.length) return event
  const added = judged.flatMap(({ field, rarity }): [string, Value][] => [
    [field, rarity.rare],
    [`${field}Reason`, rarity.reason],
    ...count(`${field}Count`, rarity.count),
    ...count(`${field}Hosts`, rarity.hosts),
    ...count(`${field}Others`, rarity.others),
  ])
  const names = added.map(([name]) => name)
  return {
    ...event,
    names: [...event.names, ...names],
    values: [...event.values, ...added.map(([, value]) => value)],
    // What was added is no content of the record: keywords pass it over.
    aside: [...(event.aside ?? []), ...names],
  }
}

function count(name: string, n: number | undefined): [string, Value][] {
  return n === undefined ? [] : [[name, n]]
}
