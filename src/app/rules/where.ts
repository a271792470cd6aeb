// `--where 'Field|contains=value'`: a condition of Sigma's own making, so that every modifier works as it does in a rule.
import type { Diagnostic } from '../../base/diagnostic.ts'

import type { Event } from '../../event/event.ts'
import { madeEvent, plainEvent } from '../../event/made-event.ts'

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

/** What every event has, though it is no field of most: told where the event has no field of that name. */
const hostName = 'host'

/** All conditions must hold. */
export function compileWhere(conditions: readonly string[]): Where {
  const isOfHost = (c: string) => fieldOfWhere(c) === hostName
  const others = compileFields(conditions.filter((c) => !isOfHost(c)))
  const ofHost = conditions.filter(isOfHost)
  if (!ofHost.length) return others
  const host = compileFields(ofHost)
  return {
    holds: (event) => others.holds(event) && host.holds(hostOf(event)),
    diagnostics: [...others.diagnostics, ...host.diagnostics],
  }
}

function hostOf(event: Event): Event {
  if (event.shape.indexOf(hostName) >= 0) return event
  const value = event.host()
  return madeEvent({
    ...plainEvent(event),
    names: [hostName],
    values: [value],
  })
}

/** JSON is YAML, so the rule is written as JSON: nothing of the value can leave its place. */
function compileFields(conditions: readonly string[]): Where {
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
