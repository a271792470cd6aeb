// Which conditions does a rule state? One text, or a list of alternatives.
import type { Condition } from '../ast.ts'
import type { Problems } from '../problems.ts'
import type { Path } from '../../../rule-text/yaml/locate.ts'
import type { YamlMap } from '../../../rule-text/yaml/value.ts'
import { describe, isList } from '../../../rule-text/yaml/value.ts'

import { parseCondition } from './parse.ts'

/** The conditions of a `detection` mapping; a list of them is a list of alternatives. */
export function parseConditions(
  map: YamlMap,
  path: Path,
  problems: Problems,
): readonly Condition[] {
  const value = map.get('condition')
  if (!map.has('condition') || value === null) {
    problems.report(
      'S020',
      map.has('condition')
        ? { path: [...path, 'condition'], key: true }
        : { path },
      'there is no condition',
      'say what has to hold: "condition: selection"',
    )
    return []
  }
  const texts = isList(value) ? value : [value]
  const conditions: Condition[] = []
  for (const [i, text] of texts.entries()) {
    const at = [...path, 'condition', ...(isList(value) ? [i] : [])]
    // A selection may be called 1.
    const written = typeof text === 'number' ? String(text) : text
    if (typeof written !== 'string' || !written.trim()) {
      problems.report(
        'S020',
        { path: at },
        `a condition is a text, not ${describe(text)}`,
      )
      continue
    }
    const node = parseCondition(written, at, problems, map)
    if (node) conditions.push({ node, path: at })
  }
  if (!texts.length) {
    problems.report(
      'S020',
      { path: [...path, 'condition'], key: true },
      'the list of conditions is empty',
    )
  }
  return conditions
}
