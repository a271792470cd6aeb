// A rule on single events as a search: where they are from, what `search` can ask, then what only `where` can.
import type { Predicate } from '../../../ir/predicate.ts'
import type { DetectionRule } from '../../../ir/rule.ts'

import { searchText } from './search.ts'
import { writeSource } from './source.ts'
import { whereText } from './expression.ts'

export interface WrittenDetection {
  readonly text: string
  /** Whether Splunk's add-ons have a name for where its events are from. */
  readonly isKnown: boolean
}

export function writeDetection({
  logSource,
  condition,
}: Pick<DetectionRule, 'logSource' | 'condition'>): WrittenDetection {
  const source = writeSource(logSource)
  const parts = conjuncts(condition)
  const said = parts.map((p) => searchText(p, 'and'))
  const head = [source.text, ...said.filter((s) => s !== undefined)]
  const rest = parts.filter((_, i) => said[i] === undefined).map(whereText)
  const commands = [
    head.filter(Boolean).join('\n    ') || '*',
    ...rest.map((text) => `| where ${text}`),
  ]
  return { text: commands.join('\n'), isKnown: source.isKnown }
}

function conjuncts(p: Predicate): readonly Predicate[] {
  return p.kind === 'and' ? p.of.flatMap(conjuncts) : [p]
}
