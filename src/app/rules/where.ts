// `--where 'Field|contains=value'`: a condition of Sigma's own making, so that every modifier works as it does in a rule.
import type { Diagnostic } from '../../base/diagnostic.ts'

import type { Event } from '../../event/event.ts'

import { loadSigma } from '../../languages/sigma/index.ts'

import { StreamExecutor } from '../../executors/stream/executor.ts'

import { detections } from './selection.ts'

export interface Where {
  readonly holds: (event: Event) => boolean
  readonly diagnostics: readonly Diagnostic[]
}

/** The field that a condition is about. */
export function fieldOfWhere(condition: string): string {
  return condition.replace(/[|=].*/s, '').trim()
}

/** All conditions must hold. JSON is YAML, so the rule is written as JSON: nothing of the value can leave its place. */
export function compileWhere(conditions: readonly string[]): Where {
  if (!conditions.length) return { holds: () => true, diagnostics: [] }
  const selections: Record<string, Record<string, string | number>> = {}
  conditions.forEach((text, i) => {
    const at = text.indexOf('=')
    const key = at < 0 ? `${text}|exists` : text.slice(0, at)
    const value = at < 0 ? true : text.slice(at + 1)
    Object.assign(selections, { [`where_${i}`]: { [key.trim()]: value } })
  })
  const rule = {
    title: 'where',
    id: '00000000-0000-4000-8000-000000000001',
    level: 'low',
    logsource: { category: 'any' },
    detection: { ...selections, condition: 'all of where_*' },
  }
  const { rules, refused } = loadSigma([
    { path: '--where', text: JSON.stringify(rule) },
  ])
  const diagnostics = refused.flatMap((r) => r.diagnostics)
  if (diagnostics.length) return { holds: () => false, diagnostics }
  const executor = new StreamExecutor(detections(rules), {
    index: false,
    routing: false,
  })
  let held = false
  const onMatch = () => {
    held = true
  }
  return {
    holds(event) {
      held = false
      executor.match(event, onMatch)
      return held
    },
    diagnostics: executor.refused.map((r) => r.diagnostic),
  }
}
