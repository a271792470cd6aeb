// What does a correlation combine, over which time, and when does it fire?
import { didYouMean } from '../../../base/did-you-mean.ts'

import type { CorrelationKind, RuleMeta } from '../../../ir/rule.ts'

import type { Path } from '../../../rule-text/yaml/locate.ts'
import type { YamlMap, YamlValue } from '../../../rule-text/yaml/value.ts'
import {
  describe,
  isList,
  isMap,
  isScalar,
  quote,
} from '../../../rule-text/yaml/value.ts'

import type { CorrelationDocument } from '../ast.ts'
import type { Problems } from '../problems.ts'

import { parseTest } from './condition.ts'
import { parseTimespan } from './timespan.ts'

const kinds: readonly CorrelationKind[] = [
  'event_count',
  'value_count',
  'temporal',
  'temporal_ordered',
  'value_sum',
  'value_avg',
  'value_percentile',
  'value_median',
]

/** `generate` also stands at the top of a document in older rules. */
const keys = [
  'type',
  'rules',
  'group-by',
  'timespan',
  'condition',
  'aliases',
  'generate',
]

const root: Path = ['correlation']

export function parseCorrelation(
  map: YamlMap,
  meta: RuleMeta,
  problems: Problems,
): CorrelationDocument | undefined {
  const correlation = map.get('correlation')
  if (!isMap(correlation)) {
    problems.report(
      'S031',
      { path: root },
      `"correlation" is ${describe(correlation)}; a mapping was expected`,
    )
    return undefined
  }
  warnOfKeys(correlation, problems)
  const kind = parseKind(correlation, problems)
  const listed = texts(correlation, 'rules', problems)
  const groupBy = texts(correlation, 'group-by', problems)
  const aliases = parseAliases(correlation, problems)
  const windowMs = parseTimespan(correlation, root, problems)
  const generate = parseGenerate(map, correlation, problems)
  const test = kind && parseTest(correlation, kind, listed, problems)
  if (!test || windowMs === undefined) return undefined
  if (!test.rules.length) return noRules(problems)
  return {
    kind: 'correlation',
    meta,
    problems,
    correlation: kind,
    rules: [...new Set(test.rules)],
    groupBy,
    aliases,
    windowMs,
    condition: test.test,
    generate,
  }
}

function noRules(problems: Problems): undefined {
  problems.report(
    'S031',
    { path: root },
    'the correlation lists no rules',
    'give their ids or names: "rules: [name_of_a_rule]"',
  )
}

function parseKind(
  map: YamlMap,
  problems: Problems,
): CorrelationKind | undefined {
  const value = map.get('type')
  const kind = kinds.find((k) => k === value)
  if (kind) return kind
  problems.report(
    'S030',
    { path: map.has('type') ? [...root, 'type'] : root },
    value === undefined
      ? 'the correlation has no type'
      : `unknown correlation type ${typeof value === 'string' ? quote(value) : describe(value)}`,
    (typeof value === 'string' && didYouMean(value, kinds)) ||
      `types are ${kinds.join(', ')}`,
  )
  return undefined
}

function warnOfKeys(map: YamlMap, problems: Problems) {
  for (const key of map.keys()) {
    if (keys.includes(key)) continue
    problems.report(
      'S056',
      { path: [...root, key], key: true },
      `unknown key ${quote(key)} in a correlation`,
      didYouMean(key, keys),
    )
  }
}

function texts(map: YamlMap, key: string, problems: Problems): string[] {
  const value = map.get(key)
  if (value === undefined || value === null) return []
  const list: readonly YamlValue[] = isList(value) ? value : [value]
  if (list.every((v) => isScalar(v) && v !== null && v !== '')) {
    return list.map(String)
  }
  problems.report(
    'S031',
    { path: [...root, key] },
    `"${key}" is ${describe(value)}; a list of names was expected`,
  )
  return []
}

function parseAliases(
  map: YamlMap,
  problems: Problems,
): CorrelationDocument['aliases'] {
  const aliases = new Map<string, ReadonlyMap<string, string>>()
  const value = map.get('aliases')
  if (value === undefined || value === null) return aliases
  const entries = isMap(value) ? [...value] : []
  for (const [alias, fields] of entries) {
    if (!isMap(fields)) continue
    const byRule = new Map<string, string>()
    for (const [rule, field] of fields) {
      if (typeof field === 'string') byRule.set(rule, field)
    }
    if (byRule.size === fields.size) aliases.set(alias, byRule)
  }
  if (!isMap(value) || aliases.size < value.size) {
    const wrong = entries.find(([alias]) => !aliases.has(alias))?.[0]
    problems.report(
      'S031',
      { path: wrong ? [...root, 'aliases', wrong] : [...root, 'aliases'] },
      '"aliases" has to give a field for each rule',
      'write "aliases: { user: { rule_a: SubjectUserName, rule_b: TargetUserName } }"',
    )
  }
  return aliases
}

function parseGenerate(
  document: YamlMap,
  correlation: YamlMap,
  problems: Problems,
): boolean {
  const inside = correlation.has('generate')
  const value = inside ? correlation.get('generate') : document.get('generate')
  if (value === undefined || value === null) return false
  if (typeof value === 'boolean') return value
  problems.report(
    'S031',
    { path: inside ? [...root, 'generate'] : ['generate'] },
    `"generate" is ${describe(value)}; true or false was expected`,
  )
  return false
}
