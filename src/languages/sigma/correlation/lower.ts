// What does the condition of a correlation mean once its references are ids?
import type {
  CorrelationCondition,
  CorrelationRule,
  RuleExpression,
} from '../../../ir/rule.ts'

import { quote } from '../../../rule-text/yaml/value.ts'

import type { CorrelationDocument } from '../ast.ts'
import { atLeast, combinations, matchNames } from '../condition/names.ts'
import type { ConditionNode } from '../condition/parse.ts'

/** References as written -> ids. */
export type Ids = ReadonlyMap<string, string>

/** Ways to choose for `2 of them`. */
const maxWays = 1_000

export function lowerCorrelation(
  document: CorrelationDocument,
  ids: Ids,
  aliases: CorrelationRule['aliases'],
): CorrelationRule {
  const { meta, correlation, groupBy, windowMs } = document
  return {
    kind: 'correlation',
    meta,
    correlation,
    rules: [...new Set(ids.values())],
    groupBy,
    aliases,
    windowMs,
    condition: lowerTest(document, ids),
    emits: true,
  }
}

function lowerTest(
  document: CorrelationDocument,
  ids: Ids,
): CorrelationCondition {
  const { condition } = document
  switch (condition.kind) {
    case 'compare': {
      const { bounds, fields, percentile } = condition
      return {
        kind: 'compare',
        bounds,
        fields,
        ...(percentile === undefined ? {} : { percentile }),
      }
    }
    case 'every-rule': {
      const of = [...new Set(ids.values())].map(ruleIs)
      return {
        kind: 'expression',
        of: of.length === 1 ? of[0]! : { kind: 'and', of },
      }
    }
    case 'expression':
      return {
        kind: 'expression',
        of: expression(document, condition.node, ids),
      }
  }
}

function expression(
  document: CorrelationDocument,
  node: ConditionNode,
  ids: Ids,
): RuleExpression {
  switch (node.kind) {
    case 'name':
      return ruleIs(ids.get(node.name) ?? node.name)
    case 'not':
      return { kind: 'not', of: expression(document, node.of, ids) }
    case 'and':
    case 'or':
      return {
        kind: node.kind,
        of: node.of.map((n) => expression(document, n, ids)),
      }
    case 'some': {
      const names = matchNames(node.of, ids.keys())
      const least = node.least === 'all' ? names.length : node.least
      const ways = combinations(names.length, least)
      if (!names.length || least > names.length || ways > maxWays) {
        document.problems.report(
          'S023',
          { path: ['correlation', 'condition'], offset: node.at },
          `${quote(node.text)} cannot be met: ${names.length} rules match ${quote(node.of)}`,
        )
        return ruleIs('')
      }
      return atLeast(
        least,
        names.map((n) => ruleIs(ids.get(n)!)),
      )
    }
  }
}

function ruleIs(id: string): { kind: 'rule'; id: string } {
  return { kind: 'rule', id }
}
