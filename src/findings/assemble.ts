// How is a finding written? Every road (one event, a correlation, the row of a search, twins) ends here, so that all findings say
// the same things under the same names. What may still be joined with another is kept apart as parts; no text is read again.
import type { Digest } from '../base/digest.ts'
import { plainGuids } from '../base/guid.ts'
import { invariant } from '../base/invariant.ts'
import { isoTime } from '../base/time.ts'

import type { RuleMeta } from '../ir/rule.ts'

import { maxPlaces } from './finding.ts'
import type { Evidence, Explanation, Finding, Place } from './finding.ts'
import { findingId, joined } from './identity.ts'

/** What all findings of a rule share: half of their text. */
export interface RulePart {
  /** `"rule":{...},"techniques":[...]`. */
  readonly head: string
  /** `"why":"...","benign":[...],"mitigations":[...]`. */
  readonly advice: string
  /** The same as UTF-8. */
  readonly headBytes: Uint8Array
  readonly adviceBytes: Uint8Array
}

export function rulePart(meta: RuleMeta): RulePart {
  const rule = { id: meta.id, title: meta.title, level: meta.level }
  const why = meta.description
    ? `"why":${JSON.stringify(meta.description)},`
    : ''
  const head = `"rule":${JSON.stringify(rule)},"techniques":${JSON.stringify(meta.techniques)}`
  const advice = `${why}"benign":${JSON.stringify(meta.falsePositives)},"mitigations":${JSON.stringify(meta.mitigations)}`
  return {
    head,
    advice,
    headBytes: encode(head),
    adviceBytes: encode(advice),
  }
}

/** Of its own memory: a slice of a pool would hold the whole pool. */
function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

/** A piece of evidence. Plain data: it crosses between threads. */
export interface EvidencePart {
  readonly id: Digest
  /** Equal for the same record in other files: see `RecordIdentity`. */
  readonly record: number
  /** `"file":...,"record":...,"offset":...`, of each place where it lies, the least first. */
  readonly places: readonly string[]
  /** `"time":...,"logSource":...,"fields":{...}`. */
  readonly content: string
}

function evidenceText(place: string, content: string): string {
  return `{${place},${content}}`
}

/** `source` is `"time":...,"logSource":...`. */
export function contentText(source: string, fields: string): string {
  return `${source},"fields":${fields}`
}

/** Of its texts, in UTF-16 units: what keeping it costs. */
export function unitsOfEvidence({ places, content }: EvidencePart): number {
  return places.reduce((sum, place) => sum + place.length, content.length)
}

/** The same. */
export function unitsOfFinding(part: FindingPart): number {
  const { evidence, explanation, said = '' } = part
  return evidence.reduce(
    (sum, e) => sum + unitsOfEvidence(e),
    explanation.length + said.length,
  )
}

function textOf({ places, content }: EvidencePart): string {
  const all = places.length > 1 ? `,"places":[{${places.join('},{')}}]` : ''
  return evidenceText(`${places[0]}${all}`, content)
}

/** What a finding of one rule says before it is text. Plain data: it crosses between threads. */
export interface FindingPart {
  /** Of the rule's id. */
  readonly rule: Digest
  readonly time: number | undefined
  readonly host: string | undefined
  readonly evidence: readonly EvidencePart[]
  /** See `explanationText`. */
  readonly explanation: string
  /** What tells it from others with the same evidence. */
  readonly said?: string
}

/** One finding without a line break. */
export function findingLine(part: FindingPart, ofRule: RulePart): string {
  const { rule, host, evidence } = part
  const identity = joined(
    evidence.map((e) => e.id),
    part.said,
  )
  const id = findingId(rule, identity)
  const hostText = host === undefined ? 'null' : JSON.stringify(host)
  const said = evidence.map(textOf).join(',')
  return `${beforeId}${id}${beforeRule(timeText(part.time), hostText)}${ofRule.head}${beforeEvidence}${said}${afterEvidence}${ofRule.advice}${part.explanation}}`
}

export const beforeId = '{"id":"'

/** What stands between the id and what the rule says; both are JSON. */
export function beforeRule(time: string, host: string): string {
  return `","time":${time},"host":${host},`
}

const beforeEvidence = ',"evidence":['
const afterEvidence = '],"explanation":{'

/** Of a finding of one record: what stands between what the rule says and the fields, and behind them. */
export function beforeFields(place: string, source: string): string {
  return `${beforeEvidence}{${place},${contentText(source, '')}`
}

export const afterFields = `}${afterEvidence}`

/** What a line says of rule (its id) and host, both as JSON, without reading the whole. */
export function headOf(line: string): { rule: string; host: string } {
  const head = headPattern.exec(line)
  invariant(head, 'a finding begins as findingLine writes it')
  return { host: head[1]!, rule: head[2]! }
}

const jsonText = '"(?:[^"\\\\]|\\\\.)*"'
const headPattern = new RegExp(
  `^\\{"id":"\\w*","time":(?:null|"[^"]*"),"host":(null|${jsonText}),"rule":\\{"id":(${jsonText})`,
)

/** JSON. */
export function timeText(ms: number | undefined): string {
  const time = isoTime(ms)
  return time === null ? 'null' : `"${time}"`
}

/** What follows the advice of the rule. `held`, `missing` and `silence` are JSON; `more` begins with a comma. */
export function explanationText(
  held: string,
  missing: string,
  silence: string,
  more = '',
): string {
  return `,"held":${held},"missing":${missing},"silence":${silence}${more}}`
}

/** What a finding of several records says of itself. */
export type Said = Omit<
  Explanation,
  'why' | 'benign' | 'mitigations' | 'missing'
>

export function explain(said: Said): string {
  const { held, silence, ...rest } = said
  const more = JSON.stringify(rest).slice(1, -1)
  return explanationText(
    JSON.stringify(held),
    '[]',
    JSON.stringify(silence),
    more && `,${more}`,
  )
}

/** Of a finding that stands for several: `count` records, the last of them at this time. */
export function withCount(
  part: FindingPart,
  count: number,
  last: number,
): FindingPart {
  const more = `,"matches":${count},"last":${timeText(last)}}`
  return { ...part, explanation: part.explanation.slice(0, -1) + more }
}

/** The same record, found in two places: one piece of evidence that names both. Without `undefined` they say the same. */
export function withPlaces(
  a: EvidencePart,
  b: EvidencePart,
): EvidencePart | undefined {
  if (a.record !== b.record || a.content !== b.content) return undefined
  const places = [...new Set([...a.places, ...b.places])].sort()
  const first = a.id.a - b.id.a || a.id.b - b.id.b
  return {
    ...a,
    id: first <= 0 ? a.id : b.id,
    places: places.slice(0, maxPlaces),
  }
}

/** Equal for lines of one rule that differ in nothing but the place, in whatever format: some write GUIDs in lower case, or without braces. */
export function contentOf(line: string): string {
  const content = line.slice(contentIn(line))
  return plainGuids(withoutTies(content)).toLowerCase()
}

/** What it shares with other findings follows from fields, of which some formats have more. No text holds a quote that is not escaped. */
function withoutTies(content: string): string {
  const from = content.indexOf(',"ties":[')
  const to = content.indexOf(',"fields":')
  return from < 0 || to < from
    ? content
    : content.slice(0, from) + content.slice(to)
}

/** Where the first piece of evidence says what it is, behind its place and its time, which formats state more or less exactly. */
function contentIn(line: string): number {
  const { to } = placeIn(line)
  const at = line.indexOf(',"logSource":', to)
  return at < 0 ? to : at
}

/** One finding of two lines that say the same: it names all places, and bears the lesser id. */
export function joinPlaces(a: string, b: string): string {
  const first = a < b ? a : b
  const { from, to } = placeIn(first)
  const all = [...placesOf(a), ...placesOf(b)]
  const places = [...new Set(all.map((p) => JSON.stringify(p)))].sort()
  if (places.length === 1) return first
  const [place] = places
  return `${first.slice(0, from)}${place!.slice(1, -1)},"places":[${places.slice(0, maxPlaces)}]${first.slice(to)}`
}

function placesOf(line: string): readonly Place[] {
  const { from, to } = placeIn(line)
  const { places, ...own } = JSON.parse(`{${line.slice(from, to)}}`) as Evidence
  return places ?? [own]
}

/** Where its first record lies: of one record in all findings the same. */
export function firstPlaceOf(line: string): string {
  const { from, to } = placeIn(line)
  return line.slice(from, to)
}

/** The first finding, which also names the rules of the others. */
export function withRestatements(
  line: string,
  others: readonly string[],
): string {
  const rules = others.map((other) => (JSON.parse(other) as Finding).rule)
  return `${line.slice(0, -1)},"alsoRules":${JSON.stringify(rules)}}`
}

/** Where the first piece of evidence says where it lies. Within a text no quotation mark stands alone, so neither end can be forged. */
function placeIn(line: string): { from: number; to: number } {
  const from = line.indexOf(evidenceBegins) + evidenceBegins.length
  return { from, to: line.indexOf(',"time":', from) }
}

const evidenceBegins = '"evidence":[{'

/** The host of all, null where they differ. */
export function commonHost(
  of: readonly { readonly host: string | undefined }[],
): string | undefined {
  const hosts = new Set(of.map((e) => e.host))
  return hosts.size === 1 ? [...hosts][0] : undefined
}
