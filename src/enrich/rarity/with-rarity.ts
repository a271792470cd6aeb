// An event with what rarity says of it. Where the event is no sighting, nothing is said; where it cannot be judged, "unknown" and why.
import type { Value } from '../../base/record.ts'

import { type Event, fieldOf } from '../../event/event.ts'
import { withAdded } from '../../event/made-event.ts'

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
  event: Event,
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
  event: Event,
  kinds: ReadonlySet<RarityKind>,
): readonly RarityKind[] {
  const told = tellerOf(event)
  return rowsFor(event, kinds)
    .filter((row) => row.parts(told, event.time()) !== undefined)
    .map((row) => row.kind)
}

function rowsFor(
  { shape }: Event,
  kinds: ReadonlySet<RarityKind>,
): readonly SightedRow[] {
  return judgedRows.filter(
    (row) => kinds.has(row.kind) && isSightedBy(row, shape.logSource),
  )
}

function tellerOf(event: Event) {
  return (name: string) => textOf(fieldOf(event, name))
}

function judgedBy(
  { kind, parts: partsOf }: SightedRow,
  event: Event,
  told: (name: string) => string | undefined,
  judge: JudgeOfRarity,
): readonly Judged[] {
  const { field, ofHost } = sightingKinds[kind]
  const own = partsOf(told, event.time())
  if (!own) return []
  if (!ofHost) return [{ field, rarity: judge.judge(kind, own) }]
  const name = hostPart(event.host())
  const judged = { field, rarity: judge.judge(kind, [...own, name]) }
  if (kind !== 'interpreter') return [judged]
  const [interpreter = ''] = own
  return [
    judged,
    {
      field: firstField,
      rarity: judge.first(interpreter, name, event.time() ?? 0),
    },
  ]
}

export function withRarity(event: Event, judged: readonly Judged[]): Event {
  if (!judged.length) return event
  const names = namesOf(judged.map(({ field }) => field))
  const { length } = said
  return withAdded(event, {
    names,
    value: (i) => said[i % length]![1](judged[Math.floor(i / length)]!.rarity),
  })
}

/** What is said of each that was judged, by what stands behind the name of its field. */
const said: readonly (readonly [
  suffix: string,
  of: (rarity: Rarity) => Value | undefined,
])[] = [
  ['', ({ rare }) => rare],
  ['Reason', ({ reason }) => reason],
  ['Count', ({ count }) => count],
  ['Hosts', ({ hosts }) => hosts],
  ['Others', ({ others }) => others],
]

/** One list for all alike. */
const knownNames = new Map<string, readonly string[]>()

function namesOf(fields: readonly string[]): readonly string[] {
  const key = fields.join()
  let names = knownNames.get(key)
  if (!names) {
    names = fields.flatMap((field) => said.map(([suffix]) => field + suffix))
    knownNames.set(key, names)
  }
  return names
}
