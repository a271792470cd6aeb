// Lookup definitions in Splunk's `transforms.conf` form: which file a table is, how its columns are compared, how many of its
// rows count.
import { didYouMean } from '../../base/did-you-mean.ts'

import type { ConfProblem, ConfSection } from './conf.ts'
import { byLine, isTrue, readConf } from './conf.ts'

export interface LookupDefinition {
  readonly name: string
  /** Of the file, in the folder where the definition is. */
  readonly filename: string
  /** Columns that are not compared exactly. */
  readonly match: Readonly<Record<string, 'wildcard' | 'cidr'>>
  readonly ignoreCase: boolean
  readonly maxMatches?: number
  readonly minMatches?: number
  readonly defaultMatch?: string
}

/** Settings of a lookup that are read; the others are told. */
const known = [
  'filename',
  'match_type',
  'case_sensitive_match',
  'max_matches',
  'min_matches',
  'default_match',
]
/** Settings that say how and where a table is kept, and nothing of its rows. */
const harmless = ['batch_index_query', 'allow_caching', 'replicate']

/** `[name]`, `filename = hosts.csv`, `match_type = WILDCARD(path), CIDR(net)`, `case_sensitive_match = false` */
export function parseTransforms(text: string): {
  lookups: LookupDefinition[]
  problems: ConfProblem[]
} {
  const { sections, problems } = readConf(text)
  const lookups: LookupDefinition[] = []
  for (const section of sections) {
    const { name, line, settings } = section
    const filename = settings.get('filename')
    const wrong = filename ? faultsOf(section) : [noFile(name, settings)]
    for (const message of wrong) problems.push({ line, message })
    if (filename)
      lookups.push({
        name,
        filename,
        match: matchTypes(settings.get('match_type') ?? ''),
        // Told to mind case, or not told: cells are compared as they are.
        ignoreCase: !isTrue(settings.get('case_sensitive_match') ?? 'true'),
        ...count('maxMatches', settings.get('max_matches')),
        ...count('minMatches', settings.get('min_matches')),
        ...(settings.has('default_match')
          ? { defaultMatch: settings.get('default_match')! }
          : {}),
      })
  }
  return { lookups, problems: problems.toSorted(byLine) }
}

function noFile(name: string, settings: ConfSection['settings']): string {
  const other = settings.has('external_type') || settings.has('external_cmd')
  return other
    ? `lookup "${name}" is no file: only CSV files are read`
    : `"${name}" has no filename, so it is no lookup`
}

function faultsOf({ name, settings }: ConfSection): string[] {
  const faults: string[] = []
  for (const key of settings.keys()) {
    if (known.includes(key) || harmless.includes(key)) continue
    const hint = didYouMean(key, known)
    faults.push(
      `"${key}" of lookup "${name}" has no meaning here${hint ? `: ${hint}` : ''}`,
    )
  }
  for (const key of ['max_matches', 'min_matches']) {
    const value = settings.get(key)
    if (value !== undefined && !/^\d{1,9}$/.test(value))
      faults.push(
        `"${key}" of lookup "${name}" is "${value}", expected a whole number`,
      )
  }
  const types = (settings.get('match_type') ?? '').replace(matchType, '')
  if (/[^\s,]/.test(types))
    faults.push(
      `"match_type" of lookup "${name}" is read as WILDCARD(column), CIDR(column) or EXACT(column); found "${types.trim()}"`,
    )
  return faults
}

const matchType = /(WILDCARD|CIDR|EXACT)\s*\(([^()]*)\)/gi

function matchTypes(text: string): LookupDefinition['match'] {
  const match: [column: string, how: 'wildcard' | 'cidr'][] = []
  for (const [, type, columns] of text.matchAll(matchType)) {
    const how = type!.toLowerCase()
    if (how === 'exact') continue
    for (const column of columns!.split(/[\s,]+/).filter(Boolean))
      match.push([column, how as 'wildcard' | 'cidr'])
  }
  // Whatever a column is called, it is a member of its own.
  return Object.fromEntries(match)
}

function count<K extends string>(key: K, text: string | undefined) {
  return text !== undefined && /^\d{1,9}$/.test(text)
    ? ({ [key]: Number(text) } as { [P in K]: number })
    : {}
}
