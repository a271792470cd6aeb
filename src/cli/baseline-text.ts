// Baselines as a person reads them.
import { grouped, oneLine, plural, shownJson } from '../base/shown.ts'
import { formatTime } from '../base/time.ts'

import type { Baseline } from '../enrich/rarity/baseline.ts'
import { rarityKinds, sightingKinds } from '../enrich/rarity/kinds.ts'

import type { Difference, Seen } from '../app/baseline/diff.ts'

/** A line for each kind. */
export function summaryText(baseline: Baseline): string {
  return rarityKinds
    .map((kind) => {
      const of = baseline.of[kind]
      const { many, leastEvents } = sightingKinds[kind]
      const { events, first, last } = of.all
      if (!events) return `${kind.padEnd(12)} none`
      const few =
        events < leastEvents
          ? `; too few to call anything rare, which takes ${number(leastEvents)}`
          : ''
      const lost = of.letGo ? `; about ${number(of.letGo)} had no room` : ''
      return `${kind.padEnd(12)} ${number(of.size)} different in ${number(events)} ${many} on ${plural(of.hostCount, 'host')}, ${formatTime(first)} to ${formatTime(last)}${few}${lost}`
    })
    .join('\n')
}

type Shown = Seen & Partial<Pick<Difference, 'change'>>

export function rowText({ change, kind, parts, sighting }: Shown): string {
  const { events, first, last, hosts, moreHosts } = sighting
  const where = moreHosts ? `more than ${hosts.length} hosts` : hosts.join(' ')
  const mark = change ? `${change.padEnd(4)} ${kind.padEnd(11)} ` : ''
  return oneLine(
    `${mark}${number(events).padStart(9)}  ${parts.join(' | ')}  (${formatTime(first)} to ${formatTime(last)}; ${where})`,
  )
}

export function seenJson({ change, kind, parts, sighting }: Shown): string {
  const { events, first, last, hosts, moreHosts } = sighting
  return shownJson(
    JSON.stringify({
      ...(change && { change }),
      kind,
      ...Object.fromEntries(
        sightingKinds[kind].parts.map((name, i) => [name, parts[i]]),
      ),
      events,
      first: formatTime(first),
      last: formatTime(last),
      hosts,
      ...(moreHosts && { moreHosts }),
    }),
  )
}

function number(n: number): string {
  return grouped(n)
}
