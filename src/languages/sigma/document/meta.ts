// What does a document say about itself? Everything but its logic.
import { createHash } from 'node:crypto'

import { didYouMean } from '../../../base/did-you-mean.ts'
import type { CustomValue, Level, RuleMeta } from '../../../ir/rule.ts'
import { levels } from '../../../ir/rule.ts'

import type { Problems } from '../problems.ts'
import type { YamlMap, YamlValue } from '../../../rule-text/yaml/value.ts'
import {
  describe,
  isList,
  isMap,
  isScalar,
  quote,
} from '../../../rule-text/yaml/value.ts'

/** Sigma lets a rule have no level. It then counts as one whose author did not say, neither hidden nor loud. */
export const defaultLevel: Level = 'medium'

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

/** Every key of the specification's three schemas, and `mitigations`, this project's own. */
const knownKeys = new Set([
  'title',
  'id',
  'name',
  'related',
  'taxonomy',
  'status',
  'description',
  'license',
  'author',
  'references',
  'date',
  'modified',
  'logsource',
  'detection',
  'correlation',
  'filter',
  'fields',
  'falsepositives',
  'level',
  'tags',
  'scope',
  'mitigations',
])

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const date = /^\d{4}[-/]\d{1,2}[-/]\d{1,2}$/
const techniqueTag = /^attack\.t(\d{4}(?:\.\d{3})?)$/i

export function parseMeta(
  map: YamlMap,
  problems: Problems,
  line: number,
): RuleMeta {
  const reader = new MetaReader(map, problems)
  const id = reader.id(line)
  const tags = reader.tags()
  const title = reader.title(id)
  const name = reader.text('name')
  const status = reader.status()
  const description = reader.text('description')
  reader.taxonomy()
  const dates = { date: reader.date('date'), modified: reader.date('modified') }
  const custom = reader.custom()
  const author = reader.author()
  return {
    id,
    ...(name === undefined ? {} : { name }),
    title,
    level: reader.level(),
    ...(status === undefined ? {} : { status }),
    ...(description === undefined ? {} : { description }),
    techniques: techniquesOf(tags),
    tags,
    falsePositives: reader.texts('falsepositives'),
    references: reader.texts('references'),
    mitigations: reader.texts('mitigations'),
    fields: reader.texts('fields'),
    ...(author === undefined ? {} : { author }),
    ...(dates.date === undefined ? {} : { date: dates.date }),
    ...(dates.modified === undefined ? {} : { modified: dates.modified }),
    ...(custom ? { custom } : {}),
    file: problems.file,
    line,
  }
}

/** `attack.t1559.001` -> `T1559.001`; each once, in order. */
function techniquesOf(tags: readonly string[]): readonly string[] {
  const found = new Set<string>()
  for (const tag of tags) {
    const match = techniqueTag.exec(tag)
    if (match) found.add(`T${match[1]}`)
  }
  return [...found]
}

/** The same file with the same documents gives the same ids. */
function derivedId(file: string, line: number): string {
  const hex = createHash('sha256').update(`${file}\n${line}`).digest('hex')
  const cut = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`]
  return `${cut.join('-')}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

class MetaReader {
  readonly #map: YamlMap
  readonly #problems: Problems

  constructor(map: YamlMap, problems: Problems) {
    this.#map = map
    this.#problems = problems
  }

  id(line: number): string {
    const value = this.#map.get('id')
    if (value === undefined || value === null) {
      return derivedId(this.#problems.file, line)
    }
    if (typeof value !== 'string' || !value.trim()) {
      this.#wrongType('id', value, 'a text')
      return derivedId(this.#problems.file, line)
    }
    if (!uuid.test(value)) {
      this.#problems.report(
        'S052',
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
    this.#problems.report(
      'S051',
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
    this.#problems.report(
      'S008',
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
      this.#problems.report(
        'S054',
        { path: ['status'] },
        `unknown status ${quote(value)}`,
        didYouMean(value, statuses) || `statuses are ${statuses.join(', ')}`,
      )
    }
    return value
  }

  /** Only Sigma's own field names are known here; another taxonomy means other names for the same things. */
  taxonomy(): void {
    const value = this.#map.get('taxonomy')
    if (value === undefined || value === null || value === 'sigma') return
    this.#problems.report(
      'S009',
      { path: ['taxonomy'] },
      `the fields are named by the taxonomy ${typeof value === 'string' ? quote(value) : describe(value)}, which is not known here`,
      'rename the fields to those of Sigma\'s own taxonomy and drop "taxonomy"',
    )
  }

  date(key: 'date' | 'modified'): string | undefined {
    const value = this.text(key)
    if (value === undefined) return undefined
    if (!date.test(value)) {
      this.#problems.report(
        'S053',
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
      const dot = tag.indexOf('.')
      const place = { path: ['tags', i] }
      if (dot < 1 || dot === tag.length - 1) {
        this.#problems.report(
          'S055',
          place,
          `tag ${quote(tag)} has no namespace`,
          'a tag is written "namespace.name": "attack.t1559.001"',
        )
      } else if (!tagNamespaces.includes(tag.slice(0, dot))) {
        const hint = didYouMean(tag.slice(0, dot), tagNamespaces)
        if (hint) {
          this.#problems.report(
            'S055',
            place,
            `unknown namespace in tag ${quote(tag)}`,
            hint,
          )
        }
      }
    }
    return tags
  }

  text(key: string): string | undefined {
    const value = this.#map.get(key)
    if (value === undefined || value === null) return undefined
    if (isScalar(value)) return String(value)
    this.#wrongType(key, value, 'a text')
    return undefined
  }

  texts(key: string): readonly string[] {
    const value = this.#map.get(key)
    if (value === undefined || value === null) return []
    if (!isList(value)) {
      if (isScalar(value)) return [String(value)]
      this.#wrongType(key, value, 'a list of texts')
      return []
    }
    if (value.every((v) => typeof v === 'string')) {
      return value as readonly string[]
    }
    return value.flatMap((v, i) => {
      if (v === null) return []
      if (isScalar(v)) return [String(v)]
      this.#wrongType(key, v, 'a text', i)
      return []
    })
  }

  /** What the specification does not name stays with the rule; a name close to a known one is likely a slip. */
  custom(): Readonly<Record<string, CustomValue>> | undefined {
    const entries: [string, CustomValue][] = []
    for (const [key, value] of this.#map) {
      if (knownKeys.has(key)) {
        if (key === 'related' || key === 'license' || key === 'scope') {
          entries.push([key, customValue(value)])
        }
        continue
      }
      entries.push([key, customValue(value)])
      const hint = didYouMean(key, knownKeys)
      if (hint) {
        this.#problems.report(
          'S056',
          { path: [key], key: true },
          `unknown key ${quote(key)}`,
          hint,
        )
      }
    }
    return entries.length ? Object.fromEntries(entries) : undefined
  }

  #wrongType(key: string, value: YamlValue, wanted: string, i?: number) {
    this.#problems.report(
      'S007',
      { path: i === undefined ? [key] : [key, i] },
      `${quote(key)} is ${describe(value)}; ${wanted} was expected`,
    )
  }
}

function customValue(value: YamlValue): CustomValue {
  if (isMap(value)) {
    return Object.fromEntries([...value].map(([k, v]) => [k, customValue(v)]))
  }
  if (isList(value)) return value.map(customValue)
  return typeof value === 'bigint' ? String(value) : value
}
