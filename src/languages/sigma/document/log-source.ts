// Which telemetry is a rule or filter about?
import { didYouMean } from '../../../base/did-you-mean.ts'

import type { RuleLogSource } from '../../../ir/rule.ts'

import type { YamlMap } from '../../../rule-text/yaml/value.ts'
import {
  describe,
  isMap,
  isScalar,
  quote,
} from '../../../rule-text/yaml/value.ts'

import type { Problems } from '../problems.ts'

const parts = ['product', 'category', 'service'] as const
/** Text for people; what it asks for cannot be checked. */
const remarks = new Set(['definition'])

/** Compared exactly as written. A part that is not stated, or stated as nothing, is any. */
export function parseLogSource(
  map: YamlMap,
  problems: Problems,
): RuleLogSource | undefined {
  const value = map.get('logsource')
  if (!isMap(value)) {
    problems.report(
      'S010',
      value === undefined ? { path: [] } : { path: ['logsource'] },
      value === undefined
        ? 'there is no logsource'
        : `"logsource" is ${describe(value)}; a mapping was expected`,
      'say what telemetry it is about: "logsource: { product: windows, category: process_creation }"',
    )
    return undefined
  }
  const stated = statedParts(value, problems)
  if (Object.keys(stated).length) return stated
  problems.report(
    'S010',
    { path: ['logsource'] },
    'the logsource states neither product, category nor service',
  )
  return undefined
}

function statedParts(map: YamlMap, problems: Problems): RuleLogSource {
  const stated: { product?: string; category?: string; service?: string } = {}
  for (const [key, part] of map) {
    const known = parts.find((p) => p === key)
    const path = ['logsource', key]
    if (known && isScalar(part)) {
      if (part !== null && part !== '') stated[known] = String(part)
    } else if (known) {
      problems.report(
        'S007',
        { path },
        `${quote(key)} is ${describe(part)}; a text was expected`,
      )
    } else if (!remarks.has(key)) {
      problems.report(
        'S068',
        { path, key: true },
        `unknown part ${quote(key)} of the logsource; it selects nothing`,
        didYouMean(key, parts) || `parts are ${parts.join(', ')}`,
      )
    }
  }
  return stated
}
