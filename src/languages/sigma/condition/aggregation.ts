// What should an author write instead of a condition with a pipe? Sigma 2 moved aggregations into correlations.
import type { YamlMap } from '../../../rule-text/yaml/value.ts'
import { quote } from '../../../rule-text/yaml/value.ts'

const functions: Readonly<Record<string, string>> = {
  count: 'event_count',
  sum: 'value_sum',
  avg: 'value_avg',
  min: '',
  max: '',
}

const comparisons: Readonly<Record<string, string>> = {
  '>': 'gt',
  '>=': 'gte',
  '<': 'lt',
  '<=': 'lte',
  '=': 'eq',
  '==': 'eq',
}

const aggregation =
  /^\s*(\w+)\s*\(\s*([^()\s]*)\s*\)\s*(?:by\s+([^<>=]+?)\s*)?(>=|<=|==|>|<|=)\s*(\d{1,9})\s*$/i

export interface Advice {
  readonly code: 'S024' | 'S025'
  readonly message: string
  readonly hint: string
}

/** The correlation that says the same, as far as the text can be understood. */
export function aggregationAdvice(
  text: string,
  pipe: number,
  detection: YamlMap | undefined,
): Advice {
  const tail = text.slice(pipe + 1)
  const timeframe = detection?.get('timeframe')
  const timespan = typeof timeframe === 'string' ? timeframe : '5m'
  if (/^\s*near\b/i.test(tail)) {
    return {
      code: 'S025',
      message: '"near" is no longer part of Sigma',
      hint: `write each selection as a rule of its own and a correlation with "type: temporal", their names under "rules" and "timespan: ${timespan}"`,
    }
  }
  const message = `the aggregation ${quote(tail.trim())} in a condition is no longer part of Sigma`
  const parts = aggregation.exec(tail)
  const kind = parts && functions[parts[1]!.toLowerCase()]
  if (!parts || !kind) {
    return {
      code: 'S024',
      message,
      hint: 'end the condition before "|", give the rule a name, and count its matches in a correlation ("type: event_count", "value_count", "value_sum" or "value_avg")',
    }
  }
  const [, , field = '', groupBy = '', sign = '', count = ''] = parts
  const isCount = kind === 'event_count'
  const type = isCount && field && field !== '*' ? 'value_count' : kind
  const bounds = [`${comparisons[sign]}: ${count}`]
  if (type !== 'event_count') bounds.push(`field: ${field}`)
  const groups = groupBy ? ` group-by: [${groupBy.trim()}],` : ''
  return {
    code: 'S024',
    message,
    hint: `end the condition before "|", give the rule a name, and add a document "correlation: { type: ${type}, rules: [that-name],${groups} timespan: ${timespan}, condition: { ${bounds.join(', ')} } }"`,
  }
}
