// What of an event do edges and lineage need? A fact: its kind, host, time and a few fields, and where its record lies. Facts cross
// between threads and wait as text, in order of time.
import type { Value } from '../../base/record.ts'
import { SharedTexts } from '../../base/shared-texts.ts'

import type { Origin } from '../../event/event.ts'

import { wholeNumber } from '../../normalise/whole-number.ts'

export const factNames = [
  'start',
  'end',
  'fork',
  'pipe',
  'share',
  'logon',
  'network',
  'access',
  'thread',
  'connect',
  'bind',
  'fifo',
  'open',
  'memory',
  'bus',
  'xpc',
  'item',
  'permission',
  'load',
  'service',
  'file',
  'event',
] as const

export type FactName = (typeof factNames)[number]

export interface Fact {
  readonly kind: FactName
  /** Milliseconds since 1970. */
  readonly time: number
  /** As `hostName` writes it. */
  readonly host: string
  /** As the event writes it. */
  readonly hostShown: string | undefined
  readonly product: string | undefined
  readonly category: string | undefined
  readonly service: string | undefined
  readonly fields: Readonly<Record<string, Value>>
  readonly origin: Origin
  /** Of its text, in UTF-16 units: what keeping it costs. */
  readonly units: number
}

/** What a table of records that hold a fact charges for each. */
export const textsOfFact = {
  bytesOf: ({ fact }: { readonly fact: Fact }) => fact.units,
}

type Written = readonly [
  kind: FactName,
  host: string,
  hostShown: string | null,
  source: readonly (string | null)[],
  fields: Record<string, Value>,
  file: string,
  record: number,
  offset: number,
]

export function writeFact(fact: Omit<Fact, 'units'>): string {
  const { kind, host, hostShown, product, category, service, origin } = fact
  const written: Written = [
    kind,
    host,
    hostShown ?? null,
    [product ?? null, category ?? null, service ?? null],
    fact.fields,
    origin.file,
    origin.record,
    origin.offset,
  ]
  return JSON.stringify(written)
}

/** Of processes, sessions and edges, which are held for long. */
const sharedFields = [
  'Image',
  'ParentImage',
  'SourceImage',
  'TargetImage',
  'User',
  'ParentUser',
  'IntegrityLevel',
  'SourceIp',
] as const
const shared = new SharedTexts(16_384)

export function readFact(line: string, time: number): Fact {
  const [kind, host, hostShown, source, fields, file, record, offset] =
    JSON.parse(line) as Written
  const [product, category, service] = source
  for (const name of sharedFields) {
    const value = fields[name]
    if (typeof value === 'string') fields[name] = shared.of(value)
  }
  return {
    kind,
    time,
    host: shared.of(host),
    hostShown: shared.ofAny(hostShown),
    product: shared.ofAny(product),
    category: shared.ofAny(category),
    service: shared.ofAny(service),
    fields,
    origin: { file: shared.of(file), record, offset },
    units: line.length,
  }
}

/** Of two facts of records that share an identity: do they say the same? Then it is one record, read in two places. */
export function isCopy(a: Fact, b: Fact): boolean {
  return (
    a.kind === b.kind && JSON.stringify(a.fields) === JSON.stringify(b.fields)
  )
}

export function textIn(fact: Fact, name: string): string | undefined {
  const value = fact.fields[name]
  const one = Array.isArray(value) ? value[0] : value
  return one === undefined || one === null || one === ''
    ? undefined
    : String(one)
}

export function listIn(fact: Fact, name: string): readonly string[] {
  const value = fact.fields[name]
  if (value === undefined || value === null) return []
  return [value].flat().map(String)
}

export function numberIn(fact: Fact, name: string): number | undefined {
  const value = fact.fields[name]
  return wholeNumber(Array.isArray(value) ? value[0] : value)
}
