// What does a filter exclude, and from which rules?
//
// filter = mapping of { rules: "any" | list of references } , { name: selection } , condition: condition
//          (Filters specification 2.1, "Global Filter")
import type { RuleMeta } from '../../../ir/rule.ts'

import type { YamlMap } from '../../../rule-text/yaml/value.ts'
import {
  describe,
  isList,
  isMap,
  isScalar,
} from '../../../rule-text/yaml/value.ts'

import type { FilterDocument } from '../ast.ts'
import type { ConditionNode } from '../condition/parse.ts'
import { parseDetections } from '../document/detections.ts'
import { parseLogSource } from '../document/log-source.ts'
import type { Problems } from '../problems.ts'

export function parseFilter(
  map: YamlMap,
  meta: RuleMeta,
  problems: Problems,
): FilterDocument | undefined {
  const logSource = parseLogSource(map, problems)
  const filter = map.get('filter')
  if (!isMap(filter)) {
    problems.report(
      'S040',
      { path: ['filter'] },
      `"filter" is ${describe(filter)}; a mapping of selections was expected`,
    )
    return undefined
  }
  const rules = parseRules(filter, problems)
  const detection = parseDetections(filter, ['filter'], problems)
  for (const { node, path } of detection.conditions) {
    if (!excludes(node)) {
      problems.report(
        'S066',
        { path },
        'the filter keeps what it describes: rules fire only where its condition holds, and this one has no "not"',
        'to exclude what the selection describes, write "not selection"',
      )
    }
  }
  if (!logSource || !rules) return undefined
  return {
    kind: 'filter',
    meta,
    problems,
    logSource,
    rules: rules === 'any' ? undefined : rules,
    detection,
  }
}

/** A list of ids or names; `any`, nothing and an empty list are every rule of the log source. */
function parseRules(
  filter: YamlMap,
  problems: Problems,
): readonly string[] | 'any' | undefined {
  const value = filter.get('rules')
  if (value === undefined || value === null || value === 'any') return 'any'
  const list = isList(value) ? value : [value]
  if (!list.every((v) => isScalar(v) && v !== null)) {
    problems.report(
      'S040',
      { path: ['filter', 'rules'] },
      `"rules" is ${describe(value)}; a list of rule ids or names, or "any", was expected`,
    )
    return undefined
  }
  return list.length && !list.includes('any') ? list.map(String) : 'any'
}

function excludes(node: ConditionNode): boolean {
  if (node.kind === 'not') return true
  if (node.kind === 'and' || node.kind === 'or') return node.of.some(excludes)
  return false
}
