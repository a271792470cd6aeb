// A baseline as text: one JSON object a line, sorted, so that equal baselines are equal files. The first line says what it is; then come,
// of each kind, how many there were in all, on which hosts, and what was seen.
import { formatTime } from '../../base/time.ts'

import type { Baseline } from './baseline.ts'
import { partsOfKey, type RarityKind, sightingKinds } from './kinds.ts'
import type { Sighting } from './sighting.ts'
import { type Population, settled } from './sightings.ts'

export const baselineVersion = 1

export function* baselineLines(baseline: Baseline): Generator<string> {
  yield line({ ipcwatch: 'baseline', version: baselineVersion })
  for (const {
    kind,
    all,
    level,
    hostLevel,
    hosts,
    sightings,
  } of baseline.plain()) {
    if (!all.events) continue
    yield line({ kind, ...spanText(all), level, hostLevel })
    for (const [host, own] of hosts)
      yield line({ kind, host, ...spanText(own) })
    for (const [key, of] of sightings)
      yield line({ kind, ...sightingText(key, kind, of) })
  }
}

function line(of: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify(of)}\n`
}

function spanText({ events, first, last }: Population) {
  return { events, first: formatTime(first), last: formatTime(last) }
}

function sightingText(key: string, kind: RarityKind, of: Sighting) {
  const parts = partsOfKey(key)
  return {
    ...Object.fromEntries(
      sightingKinds[kind].parts.map((name, i) => [name, parts[i]]),
    ),
    ...spanText(settled(of)),
    hosts: of.hosts,
    ...(of.moreHosts && { moreHosts: true }),
  }
}
