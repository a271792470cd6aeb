// Is this document a rule, a correlation or a filter, and what does it say?
import { didYouMean } from '../../base/did-you-mean.ts'

import type { YamlMap } from '../../rule-text/yaml/value.ts'
import { describe, isMap, quote } from '../../rule-text/yaml/value.ts'

import type { RuleDocument, SigmaDocument } from './ast.ts'
import { parseCorrelation } from './correlation/parse.ts'
import { parseDetections } from './document/detections.ts'
import { parseFilter } from './filter/parse.ts'
import type { Problems } from './problems.ts'
import { parseHead } from './document/head.ts'
import { parseLogSource } from './document/log-source.ts'

const kinds = ['detection', 'correlation', 'filter'] as const

/** undefined: reported, nothing can be made of it. */
export function parseDocument(
  map: YamlMap,
  problems: Problems,
  line: number,
): SigmaDocument | undefined {
  if (map.has('action')) {
    problems.report(
      'S004',
      { path: ['action'], key: true },
      `"action: ${String(map.get('action'))}" belongs to the collections of old and is not read`,
      'write every rule out in a document of its own, separated by "---"',
    )
    return undefined
  }
  const found = kinds.filter((k) => map.has(k))
  if (found.length !== 1) {
    problems.report(
      'S003',
      { path: found[1] ? [found[1]] : [], key: true },
      found.length
        ? `one document has ${found.map((k) => `"${k}"`).join(' and ')}`
        : 'the document has neither "detection", "correlation" nor "filter"',
      found.length
        ? 'make each of them a document of its own, separated by "---"'
        : [...map.keys()].map((k) => didYouMean(k, kinds)).find(Boolean),
    )
    return undefined
  }
  const meta = parseHead(map, problems, line)
  switch (found[0]!) {
    case 'correlation':
      return parseCorrelation(map, meta, problems)
    case 'filter':
      return parseFilter(map, meta, problems)
    case 'detection':
      return parseRule(map, meta, problems)
  }
}

function parseRule(
  map: YamlMap,
  meta: RuleDocument['meta'],
  problems: Problems,
): RuleDocument | undefined {
  const logSource = parseLogSource(map, problems)
  const detection = map.get('detection')
  if (!isMap(detection)) {
    problems.report(
      'S028',
      { path: ['detection'] },
      `"detection" is ${describe(detection)}; a mapping of selections was expected`,
    )
    return undefined
  }
  const detections = parseDetections(detection, ['detection'], problems)
  warnOfTimeframe(detection, problems)
  if (!logSource) return undefined
  return { kind: 'rule', meta, problems, logSource, detection: detections }
}

function warnOfTimeframe(detection: YamlMap, problems: Problems) {
  if (!detection.has('timeframe') || problems.failed) return
  problems.report(
    'S065',
    { path: ['detection', 'timeframe'], key: true },
    `"timeframe" ${quote(String(detection.get('timeframe')))} has no effect on a single event`,
    'a correlation counts events within a "timespan"',
  )
}
