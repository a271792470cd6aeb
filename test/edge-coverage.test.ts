// Is everything that edges and enrichments say shown by a case? Cases are run in any order and cut into parts (edge-cases.test.ts).
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, it } from 'vitest'
import { parse } from 'yaml'

import { edgeKinds } from '../src/enrich/edges/edge.ts'
import { lineageFields, sometimesFields } from '../src/enrich/lineage-fields.ts'
import { rarityKinds, sightingKinds } from '../src/enrich/rarity/kinds.ts'
import { cycleFields } from '../src/enrich/schedule/fields.ts'
import { schema } from '../src/event/schema/index.ts'

interface Case {
  readonly edges?: readonly Readonly<Record<string, unknown>>[]
  readonly enriched?: readonly Readonly<Record<string, unknown>>[]
}

const folder = join('test', 'cases', 'edges')
const cases = readdirSync(folder).flatMap(
  (f) => parse(readFileSync(join(folder, f), 'utf8')) as Case[],
)
const edges = cases.flatMap((c) => c.edges ?? [])
const told = new Set(
  [...edges, ...cases.flatMap((c) => c.enriched ?? [])].flatMap(Object.keys),
)

it('each kind of edge has cases', () => {
  const kinds = new Set(edges.map((e) => e.EdgeKind))
  expect(edgeKinds.filter((kind) => !kinds.has(kind))).toEqual([])
})

it('each enrichment has cases', () => {
  const rarities = rarityKinds.map((kind) => sightingKinds[kind].field)
  const all = [
    ...lineageFields,
    ...sometimesFields,
    ...cycleFields,
    ...rarities,
  ]
  expect(all.filter((field) => !told.has(field))).toEqual([])
})

it('each difference and each outcome of an edge has cases', () => {
  const own = Object.entries(schema)
    .filter(([name]) =>
      /^(?:.*Differs|Outcome(?!Record).*|PrivilegeStep|Parentage|Edge(?!Id|Last).*)$/.test(
        name,
      ),
    )
    .map(([name]) => name)
  expect(own.length).toBeGreaterThan(12)
  expect(own.filter((name) => !told.has(name))).toEqual([])
})
