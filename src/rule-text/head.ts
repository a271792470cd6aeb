// What does a rule say about itself? Everything but its logic: the same keys at the top of a Sigma document and in the
// front matter of a search, read the same.
import { createHash } from 'node:crypto'

import { didYouMean } from '../base/did-you-mean.ts'

import type { CustomValue, Level, RuleMeta } from '../ir/rule.ts'
import { levels } from '../ir/rule.ts'

import type { Place } from './yaml/locate.ts'
import type { YamlMap, YamlValue } from './yaml/value.ts'
import { describe, isList, isMap, isScalar, quote } from './yaml/value.ts'

/** A rule may have no level. It then counts as one whose author did not say, neither hidden nor loud. */
const defaultLevel: Level = 'medium'

const statuses = ['stable', 'test', 'experimental', 'deprecated', 'unsupported']

const tagNamespaces = [
  'attack',
  'car',
  'cve',
  'd3fend',
  'detection',
  'stp',
  'tlp',
]

/** Keys that have a place in `RuleMeta`. */
const readKeys = [
  'title',
  'id',
  'name',
  'status',
  'description',
  'author',
  'references',
  'date',
  'modified',
  'falsepositives',
  'level',
  'tags',
  'mitigations',
  'restates',
  'counted',
]

/** Keys that are known, and stay with the rule as they are. */
const keptKeys = [
  'related',
  'license',
  'scope',
  'attack',
  'attack_v17',
  'attack_v18',
]

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const date = /^\d{4}[-/]\d{1,2}[-/]\d{1,2}$/
const techniqueTag = /^attack\.(t\d{4}(?:\.\d{3})?)$/i
const technique = /^t\d{4}(?:\.\d{3})?$/i

/** What may be wrong with a head; each language has codes of its own for them. */
export type HeadFault =
  | 'wrong-type'
  | 'level'
  | 'title'
  | 'id'
  | 'date'
  | 'status'
  | 'tag'
  | 'unknown-key'

/** How a language uses the head. */
export interface HeadUse {
  readonly file: string
  /** Of the document within the file, 1-based. */
  readonly line: number
  /** Keys that the language reads itself. */
  readonly ownKeys: readonly string[]
  /** A key that nobody knows is a fault; else only one that is close to a known key. */
  readonly isClosed: boolean
  /** The key that names the fields to be shown. */
  readonly shown: string
  readonly report: (
    fault: HeadFault,
    place: Place,
    message: string,
    hint?: string,
  ) => void
}

export function readHead(map: YamlMap, use: HeadUse): RuleMeta {
  const reader = new HeadReader(map, use)
  const id = reader.id()
  const tags = reader.tags()
  const given = reader.techniques()
  return {
    id,
    ...optional('name', reader.text('name')),
    title: reader.title(id),
    level: reader.level(),
    ...optional('status', reader.status()),
    ...optional('description', reader.text('description')),
    techniques: techniquesOf(given, tags),
    tags,
    falsePositives: reader.texts('falsepositives'),
    references: reader.texts('references'),
    mitigations: reader.texts('mitigations'),
    fields: reader.texts(use.shown),
    ...(map.has('restates') && { restates: reader.texts('restates') }),
    ...(map.has('counted') && { counted: reader.texts('counted') }),
    ...optional('author', reader.author()),
    ...optional('date', reader.date('date')),
    ...optional('modified', reader.date('modified')),
    ...optional('custom', reader.custom()),
    file: use.file,
    line: use.line,
  }
}

function optional<K extends string, V>(key: K, value: V | undefined) {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]: V })
}

/** `T1559.001`, and `attack.t1559.001` among the tags; each once, in order. */
function techniquesOf(given: readonly string[], tags: readonly string[]) {
  const tagged = tags.flatMap((tag) => techniqueTag.exec(tag)?.[1] ?? [])
  return [...new Set([...given, ...tagged].map((t) => t.toUpperCase()))]
}

/** The same file with the same documents gives the same ids. */
function derivedId(file: string, line: number): string {
  const hex = createHash('sha256').update(`${file}\n${line}`).digest('hex')
  const cut = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`]
  return `${cut.join('-')}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

class HeadReader {
  readonly #map: YamlMap
  readonly #use: HeadUse

  constructor(map: YamlMap, use: HeadUse) {
    this.#map = map
    this.#use = use
  }

  id(): string {
    const { file, line, report } = this.#use
    const value = this.#map.get('id')
    if (value === undefined || value === null) return derivedId(file, line)
    if (typeof value !== 'string' || !value.trim()) {
      this.#wrongType(['id'], value, 'a text')
      return derivedId(file, line)
    }
    if (!uuid.test(value)) {
      report(
        'id',
        { path: ['id'] },
        `id ${quote(value)} is no UUID`,
        'Sigma expects a random one, as "uuidgen" makes them',
      )
    }
    return value
  }

  title(id: string): string {
    const title = this.text('title')
    if (title?.trim()) return title
    this.#use.report(
      'title',
      { path: [] },
      'there is no title',
      'a title says in a few words what the rule finds',
    )
    return this.text('name') ?? id
  }

  level(): Level {
    const value = this.#map.get('level')
    if (value === undefined || value === null) return defaultLevel
    const level = levels.find((l) => l === value)
    if (level) return level
    this.#use.report(
      'level',
      { path: ['level'] },
      `unknown level ${typeof value === 'string' ? quote(value) : describe(value)}`,
      (typeof value === 'string' && didYouMean(value, levels)) ||
        `levels are ${levels.join(', ')}`,
    )
    return defaultLevel
  }

  status(): string | undefined {
    const value = this.text('status')
    if (value !== undefined && !statuses.includes(value)) {
      this.#use.report(
        'status',
        { path: ['status'] },
        `unknown status ${quote(value)}`,
        didYouMean(value, statuses) || `statuses are ${statuses.join(', ')}`,
      )
    }
    return value
  }

  date(key: 'date' | 'modified'): string | undefined {
    const value = this.text(key)
    if (value === undefined) return undefined
    if (!date.test(value)) {
      this.#use.report(
        'date',
        { path: [key] },
        `${key} ${quote(value)} is no date`,
        'write year-month-day, as in 2026-01-31',
      )
    }
    return value.replaceAll('/', '-')
  }

  author(): string | undefined {
    return isList(this.#map.get('author'))
      ? this.texts('author').join(', ')
      : this.text('author')
  }

  tags(): readonly string[] {
    const tags = this.texts('tags')
    for (const [i, tag] of tags.entries()) {
      const fault = tagFault(tag)
      if (!fault) continue
      this.#use.report('tag', { path: ['tags', i] }, fault.message, fault.hint)
    }
    return tags
  }

  /** Beside the tags, where the language has a key for them. */
  techniques(): readonly string[] {
    if (!this.#use.ownKeys.includes('techniques')) return []
    const given = this.texts('techniques')
    for (const [i, name] of given.entries()) {
      if (technique.test(name)) continue
      this.#use.report(
        'tag',
        { path: ['techniques', i] },
        `${quote(name)} is no ATT&CK technique`,
        'a technique is written T1559 or T1559.001',
      )
    }
    return given
  }

  text(key: string): string | undefined {
    const value = this.#map.get(key)
    if (value === undefined || value === null) return undefined
    if (isScalar(value)) return String(value)
    this.#wrongType([key], value, 'a text')
    return undefined
  }

  texts(key: string): readonly string[] {
    const value = this.#map.get(key)
    if (value === undefined || value === null) return []
    if (!isList(value)) {
      if (isScalar(value)) return [String(value)]
      this.#wrongType([key], value, 'a list of texts')
      return []
    }
    if (value.every((v) => typeof v === 'string')) {
      return value as readonly string[]
    }
    return value.flatMap((v, i) => {
      if (v === null) return []
      if (isScalar(v)) return [String(v)]
      this.#wrongType([key, i], v, 'a text')
      return []
    })
  }

  /** What has no place elsewhere stays with the rule. */
  custom(): Readonly<Record<string, CustomValue>> | undefined {
    const { ownKeys, isClosed, report } = this.#use
    const known = new Set([...readKeys, ...ownKeys])
    const entries: [string, CustomValue][] = []
    for (const [key, value] of this.#map) {
      if (known.has(key)) continue
      entries.push([key, customValue(value)])
      if (keptKeys.includes(key)) continue
      // A name close to a known one is likely a slip.
      const hint = didYouMean(key, [...known, ...keptKeys])
      if (!hint && !isClosed) continue
      const place = { path: [key], key: true }
      report('unknown-key', place, `unknown key ${quote(key)}`, hint)
    }
    return entries.length ? Object.fromEntries(entries) : undefined
  }

  #wrongType(path: Place['path'], value: YamlValue, wanted: string) {
    this.#use.report(
      'wrong-type',
      { path },
      `${quote(String(path[0]))} is ${describe(value)}; ${wanted} was expected`,
    )
  }
}

/** Ids of techniques, tactics, groups, software, campaigns, mitigations and data as ATT&CK writes them. */
const attackId = /^(?:t\d{4}(?:\.\d{3})?|ta\d{4}|[gscm]\d{4}|d[sc]\d{4})$/
/** Of the matrices for enterprises, mobile devices and industrial control systems. */
const tactics = new Set(
  'reconnaissance resource-development initial-access execution persistence privilege-escalation stealth defense-evasion defense-impairment credential-access discovery lateral-movement collection command-and-control exfiltration impact evasion inhibit-response-function impair-process-control network-effects remote-service-effects'.split(
    ' ',
  ),
)

function attackTagFault(
  tag: string,
  name: string,
): { message: string; hint: string } | undefined {
  const written = name.toLowerCase().replaceAll('_', '-')
  if (attackId.test(written) || tactics.has(written)) return undefined
  const near = didYouMean(written, tactics)
  const hint = near || 'a technique is written "attack.t1559.001"'
  return { message: `ATT&CK has no technique or tactic ${quote(tag)}`, hint }
}

function tagFault(tag: string): { message: string; hint: string } | undefined {
  const dot = tag.indexOf('.')
  if (dot < 1 || dot === tag.length - 1) {
    return {
      message: `tag ${quote(tag)} has no namespace`,
      hint: 'a tag is written "namespace.name": "attack.t1559.001"',
    }
  }
  const namespace = tag.slice(0, dot)
  if (namespace === 'attack') return attackTagFault(tag, tag.slice(dot + 1))
  if (tagNamespaces.includes(namespace)) return undefined
  const hint = didYouMean(namespace, tagNamespaces)
  return hint
    ? { message: `unknown namespace in tag ${quote(tag)}`, hint }
    : undefined
}

function customValue(value: YamlValue): CustomValue {
  if (isMap(value)) {
    return Object.fromEntries([...value].map(([k, v]) => [k, customValue(v)]))
  }
  if (isList(value)) return value.map(customValue)
  return typeof value === 'bigint' ? String(value) : value
}
