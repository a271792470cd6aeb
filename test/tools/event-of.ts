// Events and rules made by hand, for tests of executors.
import { provenance, type Value } from '../../src/base/record.ts'
import { type Event, EventShape, valueAt } from '../../src/event/event.ts'
import { hintNames } from '../../src/event/sources/hints.ts'
import { type LogSource, unknownLogSource } from '../../src/event/log-source.ts'
import type { Predicate } from '../../src/ir/predicate.ts'
import type { DetectionRule } from '../../src/ir/rule.ts'

export interface EventParts {
  readonly logSource?: LogSource
  readonly time?: number
  readonly host?: string
  readonly family?: 'hints' | 'windows' | 'unknown'
}

export function eventOf(
  fields: Readonly<Record<string, Value>>,
  parts: EventParts = {},
): Event {
  const names = Object.keys(fields)
  const shape = new EventShape(
    names,
    parts.logSource ?? unknownLogSource,
    provenance(parts.family ?? 'unknown', '', '', ''),
    parts.family === 'hints' ? hintNames : [],
  )
  return {
    shape,
    origin: { file: 'made.jsonl', record: 1, offset: 0 },
    value: (i) => valueAt(shape, i, (at) => fields[names[at]!]),
    time: () => parts.time,
    host: () => parts.host,
  }
}

export function ruleOf(
  condition: Predicate,
  logSource: DetectionRule['logSource'] = {},
  id = 'rule',
): DetectionRule {
  return {
    kind: 'detection',
    meta: {
      id,
      title: id,
      level: 'low',
      techniques: [],
      tags: [],
      falsePositives: [],
      references: [],
      mitigations: [],
      fields: [],
    },
    logSource,
    condition,
    emits: true,
  }
}
