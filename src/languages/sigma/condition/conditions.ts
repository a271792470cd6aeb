// Which conditions does a rule state? One text, or a list of alternatives.
import type { Path } from '../../../rule-text/yaml/locate.ts'
import type { YamlMap, YamlValue } from '../../../rule-text/yaml/value.ts'
import { describe, isList } from '../../../rule-text/yaml/value.ts'

import type { Condition } from '../ast.ts'
import type { Problems } from '../problems.ts'

import { parseCondition } from './parse.ts'

/** Of a `detection` mapping; a list of them is a list of alternatives. */
export function parseConditions(
  map: YamlMap,
  path: Path,
  problems: Problems,
): readonly Condition[] {
  const value = map.get('condition')
  const at = [...path, 'condition']
  if (value === undefined || value === null) {
    problems.report(
      'S020',
      value === null ? { path: at, key: true } : { path },
      'there is no condition',
      'say what has to hold: "condition: selection"',
    )
    return []
  }
  if (!isList(value)) return conditionsIn(value, at, map, problems)
  if (!value.length) {
    problems.report(
      'S020',
      { path: at, key: true },
      'the list of conditions is empty',
    )
  }
  return value.flatMap((one, i) => conditionsIn(one, [...at, i], map, problems))
}

/** None or one. */
function conditionsIn(
  value: YamlValue,
  path: Path,
  detection: YamlMap,
  problems: Problems,
): readonly Condition[] {
  // A selection may be called 1.
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text !== 'string' || !text.trim()) {
    problems.report(
      'S020',
      { path },
      `a condition is a text, not ${describe(value)}`,
    )
    return []
  }
  const node = parseCondition(text, path, problems, detection)
  return node ? [{ node, path }] : []
}
