// What is the moment of a record called? One list for all who look for it, the most trustworthy first: the provider, its log, a
// collector, an index.
import { spellingOf } from './spelling.ts'

/** A provider's own UTC, which no collector has touched. */
export const utcName = 'UtcTime'

/** Of the header of an event, whoever wrote it. */
const ofHeader = [
  'TimeCreated_SystemTime',
  'TimeCreated.value',
  'TimeCreated.DateTime',
  'TimeCreated',
  'SystemTime',
  'TimeCreatedUtc',
  'DateAndTime',
  'EventTime',
  'TimeGenerated',
  'TimeGeneratedUtc',
  'DateTime',
  '@timestamp',
  'timestamp',
  'time',
  'date',
  'EventDate',
  'LogDate',
  'DateCreated',
  'TimeWritten',
] as const

/** Of those who keep and carry events. */
const ofCarriers = [
  'EventTimestamp',
  '_time',
  'ts',
  'unixTime',
  'calendarTime',
  'UTCTime',
  'event.created',
  'SYSLOG_TIMESTAMP',
  'event.ingested',
  '_indextime',
] as const

/** The spellings of those of a header. */
export const headerTimes: readonly string[] = [
  ...new Set(ofHeader.map(spellingOf)),
]

/** A name is ranked as it is written, or else as it is spelt. */
const ranks = new Map<string, number>()
for (const [i, name] of [utcName, ...ofHeader, ...ofCarriers].entries()) {
  ranks.set(name, i)
  const spelling = spellingOf(name)
  if (!ranks.has(spelling)) ranks.set(spelling, i)
}

/** Members that carry the event of others, where nothing at the top tells a time: Datadog, Loki, databases of documents. */
const carriers =
  /^(?:attributes|event|data|record|log|payload|body|content|fields|properties|metadata|_source)\./

/** Those of the names that are of a time, the most trustworthy first. */
export function timeNamesIn(names: readonly string[]): readonly string[] {
  const found: (readonly [rank: number, name: string])[] = []
  for (const name of names) {
    const rank = rankOf(name)
    if (rank !== undefined) found.push([rank, name])
  }
  return found.sort(([a], [b]) => a - b).map(([, name]) => name)
}

function rankOf(name: string): number | undefined {
  const rank = ranks.get(name) ?? ranks.get(spellingOf(name))
  if (rank !== undefined) return rank
  const inner = name.replace(carriers, '')
  const below = inner === name ? undefined : ranks.get(spellingOf(inner))
  return below === undefined ? undefined : below + ranks.size
}

/** It may hold a day alone: the spelling of the name under which its clock then stands. */
export function clockNameOf(name: string): string | undefined {
  const spelling = spellingOf(name)
  return /date/.test(spelling) && !/time/.test(spelling)
    ? spelling.replace('date', 'time')
    : undefined
}

/** It tells UTC, whether it says so or not. */
export function isUtcName(name: string): boolean {
  return /^(?:utctime|time(?:created|generated)utc)$/.test(spellingOf(name))
}
