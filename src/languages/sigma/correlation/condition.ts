// When does a correlation fire? Numbers compare with bounds; temporal kinds also take an expression over their rules.
//
// condition  = comparison | expression                        (Correlation rules specification 2.1, "Condition")
// comparison = mapping of { operator: number } , [ field: name | list of names ] , [ percentile: number ]
// operator   = "eq" | "neq" | "lt" | "lte" | "gt" | "gte"     (two of them are a range)
// expression = condition of a rule whose names are rules      (temporal kinds alone)
import { didYouMean } from '../../../base/did-you-mean.ts'

import type { CorrelationKind } from '../../../ir/rule.ts'

import type { Path } from '../../../rule-text/yaml/locate.ts'
import type { YamlMap, YamlValue } from '../../../rule-text/yaml/value.ts'
import {
  describe,
  isList,
  isMap,
  quote,
} from '../../../rule-text/yaml/value.ts'

import type { Bounds, CorrelationTest } from '../ast.ts'
import type { ConditionNode } from '../condition/parse.ts'
import { parseCondition } from '../condition/parse.ts'
import type { Problems } from '../problems.ts'

const operators = ['eq', 'neq', 'lt', 'lte', 'gt', 'gte'] as const
const path: Path = ['correlation', 'condition']

export interface ParsedTest {
  readonly test: CorrelationTest
  /** Those that are listed, or, if none are, those that the expression names. */
  readonly rules: readonly string[]
}

export function parseTest(
  map: YamlMap,
  kind: CorrelationKind,
  listed: readonly string[],
  problems: Problems,
): ParsedTest | undefined {
  const temporal = kind === 'temporal' || kind === 'temporal_ordered'
  const value = map.get('condition')
  if (value === undefined || value === null) {
    if (temporal) return { test: { kind: 'every-rule' }, rules: listed }
    problems.report(
      'S037',
      { path: ['correlation'] },
      `a correlation of type "${kind}" needs a condition`,
      'write "condition: { gte: 10 }"',
    )
    return undefined
  }
  if (typeof value === 'string') {
    return temporal
      ? expression(value, listed, problems)
      : noExpression(kind, problems)
  }
  if (!isMap(value)) {
    problems.report(
      'S037',
      { path },
      `the condition of a correlation is ${describe(value)}; a mapping was expected`,
    )
    return undefined
  }
  const before = problems.count
  const test = compare(value, kind, problems)
  return test && !(problems.failed && problems.count > before)
    ? { test, rules: listed }
    : undefined
}

function noExpression(kind: CorrelationKind, problems: Problems): undefined {
  problems.report(
    'S037',
    { path },
    `an expression over rules goes with "temporal" and "temporal_ordered", not with "${kind}"`,
    'write "condition: { gte: 10 }"',
  )
}

/** All that is listed has to be mentioned, and all that is mentioned listed. */
function expression(
  text: string,
  listed: readonly string[],
  problems: Problems,
): ParsedTest | undefined {
  const node = parseCondition(text, path, problems)
  if (!node) return undefined
  const named = new Map<string, number>()
  let patterns = false
  const walk = (n: ConditionNode) => {
    if (n.kind === 'name') named.set(n.name, n.at)
    else if (n.kind === 'some') patterns = true
    else if (n.kind === 'not') walk(n.of)
    else n.of.forEach(walk)
  }
  walk(node)
  const test = { kind: 'expression', node } as const
  if (!listed.length) return { test, rules: [...named.keys()] }
  for (const [name, offset] of named) {
    if (listed.includes(name)) continue
    problems.report(
      'S038',
      { path, offset },
      `the condition names ${quote(name)}, which "rules" does not list`,
      () => didYouMean(name, listed),
    )
  }
  const unnamed = listed.find((r) => !named.has(r))
  if (unnamed !== undefined && !patterns) {
    problems.report(
      'S038',
      { path },
      `"rules" lists ${quote(unnamed)}, which the condition does not mention`,
      'mention it, or take it off the list',
    )
  }
  return problems.failed ? undefined : { test, rules: listed }
}

function compare(
  map: YamlMap,
  kind: CorrelationKind,
  problems: Problems,
): CorrelationTest | undefined {
  const fault: Fault = (more, message, hint, key = false) =>
    problems.report('S037', { path: [...path, ...more], key }, message, hint)
  const bounds = boundsOf(map, fault)
  if (!Object.keys(bounds).length && !problems.failed) {
    fault([], 'the condition compares with nothing', 'write "gte: 10"')
  }
  const empty = emptyRange(bounds)
  if (empty) fault([], empty)
  const fields = fieldsOf(map.get('field'))
  if (!fields)
    fault(['field'], '"field" is the name of a field, or a list of them')
  checkFields(kind, fields ?? [], map.has('field'), fault)
  const percentile = percentileOf(map, kind, problems, fault)
  return { kind: 'compare', bounds, fields: fields ?? [], percentile }
}

function boundsOf(map: YamlMap, fault: Fault): Bounds {
  const bounds: { -readonly [K in keyof Bounds]: number } = {}
  for (const [key, value] of map) {
    const operator = operators.find((o) => o === key)
    const n = operator && number(value)
    if (operator && n !== undefined) bounds[operator] = n
    else if (operator) {
      fault([key], `"${key}" expects a number, found ${describe(value)}`)
    } else if (key !== 'field' && key !== 'percentile') {
      fault(
        [key],
        `unknown key ${quote(key)} in a condition`,
        didYouMean(key, [...operators, 'field', 'percentile']),
        true,
      )
    }
  }
  return bounds
}

type Fault = (
  more: readonly string[],
  message: string,
  hint?: string,
  key?: boolean,
) => void

function number(value: YamlValue): number | undefined {
  if (typeof value === 'bigint') return Number(value)
  if (typeof value === 'number' && Number.isFinite(value)) return value
  // Numbers in quotes are common.
  if (typeof value === 'string' && /^-?\d{1,15}(\.\d{1,15})?$/.test(value)) {
    return Number(value)
  }
  return undefined
}

function emptyRange(bounds: Bounds): string | undefined {
  const low = Math.max(bounds.gt ?? -Infinity, bounds.gte ?? -Infinity)
  const high = Math.min(bounds.lt ?? Infinity, bounds.lte ?? Infinity)
  const open = bounds.gt === low || bounds.lt === high
  return low > high || (low === high && open)
    ? `no number is above ${low} and below ${high}`
    : undefined
}

function fieldsOf(value: YamlValue | undefined): string[] | undefined {
  if (value === undefined || value === null) return []
  const list: readonly YamlValue[] = isList(value) ? value : [value]
  return list.every((v) => typeof v === 'string' && v)
    ? list.map(String)
    : undefined
}

/** value_count counts different values, or tuples of them; the other value kinds compute with one number. */
function checkFields(
  kind: CorrelationKind,
  fields: readonly string[],
  stated: boolean,
  fault: Fault,
) {
  const wants = kind.startsWith('value_')
  if (wants && !fields.length) {
    fault(
      [],
      `a correlation of type "${kind}" needs a field`,
      'write "field: Name" beside the comparison',
    )
  } else if (wants && kind !== 'value_count' && fields.length > 1) {
    fault(
      ['field'],
      `"${kind}" computes with one field, found ${fields.length}`,
    )
  } else if (!wants && stated) {
    fault(
      ['field'],
      `"field" has no meaning for type "${kind}"`,
      kind === 'event_count'
        ? 'to count different values, write "type: value_count"'
        : undefined,
      true,
    )
  }
}

/** The specification's own example names none, so a rule without one has to mean something. */
const defaultPercentile = 50

function percentileOf(
  map: YamlMap,
  kind: CorrelationKind,
  problems: Problems,
  fault: Fault,
): number | undefined {
  const value = map.get('percentile')
  if (kind !== 'value_percentile') {
    if (value !== undefined) {
      fault(
        ['percentile'],
        `"percentile" has no meaning for type "${kind}"`,
        undefined,
        true,
      )
    }
    return kind === 'value_median' ? defaultPercentile : undefined
  }
  if (value === undefined || value === null) {
    problems.report(
      'S069',
      { path },
      `the condition does not say which percentile; ${defaultPercentile} is taken`,
      'write "percentile: 95" beside the comparison',
    )
    return defaultPercentile
  }
  const n = number(value)
  if (n !== undefined && n >= 0 && n <= 100) return n
  fault(
    ['percentile'],
    `"percentile" expects a number from 0 to 100, found ${describe(value)}`,
  )
  return undefined
}
