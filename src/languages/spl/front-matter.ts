// The head of a rule that is a search: YAML between two lines of `---`, then the search.
import { parse } from 'yaml'

import type { Resolution } from '../../ir/field-source.ts'
import type { Level, RuleMeta } from '../../ir/rule.ts'
import { levels } from '../../ir/rule.ts'
import type { FieldMap } from './fields.ts'
import { parsePlace } from './fields.ts'

export interface FrontMatter {
  readonly meta: RuleMeta
  readonly fields: FieldMap
}

export interface SplitFile {
  readonly head: string | undefined
  readonly body: string
  /** Where the search begins. */
  readonly offset: number
}

/** Characters of front matter. */
const maxHead = 65_536

export function splitFrontMatter(text: string): SplitFile {
  const open = /^\uFEFF?---[ \t]*\r?\n/.exec(text)
  if (!open) return { head: undefined, body: text, offset: 0 }
  const close = /\r?\n---[ \t]*(?:\r?\n|$)/g
  close.lastIndex = open[0].length - 1
  const end = close.exec(text)
  if (!end) return { head: undefined, body: text, offset: 0 }
  const offset = end.index + end[0].length
  return {
    head: text.slice(open[0].length, end.index),
    body: text.slice(offset),
    offset,
  }
}

/** Problems are one-line texts; the caller gives them a place. */
export function readFrontMatter(
  head: string,
  file: string,
): {
  front: FrontMatter | undefined
  id?: string
  title?: string
  problems: string[]
} {
  const problems: string[] = []
  let data: unknown
  try {
    if (head.length > maxHead)
      throw new Error(`longer than ${maxHead} characters`)
    data = parse(head, { maxAliasCount: 10 })
  } catch (e) {
    const reason = e instanceof Error ? e.message.split('\n')[0] : ''
    return {
      front: undefined,
      problems: [`the front matter is not YAML: ${reason}`],
    }
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    return { front: undefined, problems: ['the front matter is not a mapping'] }
  }
  const map = data as Readonly<Record<string, unknown>>
  const title = textOf(map.title)
  if (!title) problems.push('the front matter has no "title"')
  const level = textOf(map.level) ?? 'medium'
  if (!levels.includes(level as Level)) {
    problems.push(`"level" is "${level}", expected one of ${levels.join(', ')}`)
  }
  const id = textOf(map.id) ?? file
  const fields = readFields(map.fields, problems)
  for (const key of Object.keys(map)) {
    if (!keys.has(key))
      problems.push(`the front matter has an unknown key "${key}"`)
  }
  const known = { ...(title ? { title } : {}), id, problems }
  if (problems.length || !title) return { front: undefined, ...known }
  const tags = textList(map.tags)
  return {
    front: {
      fields,
      meta: {
        id,
        title,
        level: level as Level,
        ...optional('name', textOf(map.name)),
        ...optional('status', textOf(map.status)),
        ...optional('description', textOf(map.description)),
        techniques: techniquesOf(textList(map.techniques), tags),
        tags,
        falsePositives: textList(map.falsepositives),
        references: textList(map.references),
        mitigations: textList(map.mitigations),
        fields: textList(map.show),
        file,
        line: 1,
      },
    },
    ...known,
  }
}

const keys = new Set([
  'title',
  'id',
  'name',
  'level',
  'status',
  'description',
  'author',
  'date',
  'modified',
  'license',
  'techniques',
  'tags',
  'falsepositives',
  'references',
  'mitigations',
  'fields',
  'show',
  'attack',
  'attack_v17',
  'attack_v18',
])

/** `module_path: ImageLoaded`, or a list of places in order of preference. */
function readFields(value: unknown, problems: string[]): FieldMap {
  const map = new Map<string, Resolution>()
  if (value === undefined || value === null) return map
  if (typeof value !== 'object' || Array.isArray(value)) {
    problems.push('"fields" is not a mapping of names to places')
    return map
  }
  for (const [name, list] of Object.entries(value)) {
    const places = textList(list).map(parsePlace)
    if (!places.length || places.some((p) => !p)) {
      problems.push(
        `"fields.${name}" is no place: expected a field, basename(field), dirname(field) or a quoted text`,
      )
    } else
      map.set(
        name,
        places.flatMap((p) => p ?? []),
      )
  }
  return map
}

function techniquesOf(
  given: readonly string[],
  tags: readonly string[],
): string[] {
  const tagged = tags.flatMap(
    (t) => /^attack\.(t\d{4}(?:\.\d{3})?)$/i.exec(t)?.[1] ?? [],
  )
  return [...new Set([...given, ...tagged].map((t) => t.toUpperCase()))]
}

function optional<K extends string>(key: K, value: string | undefined) {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]: string })
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number'
    ? String(value)
    : undefined
}

function textList(value: unknown): string[] {
  const list = Array.isArray(value) ? value : [value]
  return list.flatMap((v) => textOf(v) ?? [])
}
