// Which records are worth decoding? Those of a provenance that some rule can hold on: its log source does not conflict, and
// its condition does not demand another event id. Sound: what is not wanted here cannot match.
import type { Provenance } from '../../base/record.ts'

import { conflicts, type LogSource } from '../../event/log-source.ts'

import { patternShape, type Predicate } from '../../ir/predicate.ts'
import type { DetectionRule } from '../../ir/rule.ts'

import { decimalOf } from '../../meaning/cell.ts'

/** Provenances come from input; over this many, decisions are forgotten and made anew. */
const maxDecisions = 65_536

export interface ProvenanceGate {
  wants(provenance: Provenance): boolean
}

/** `logSourceOf` tells what is known of the log source of every record of a provenance. */
export function gateOf(
  rules: readonly DetectionRule[],
  routing: boolean,
  logSourceOf: (provenance: Provenance) => LogSource,
): ProvenanceGate {
  const ids = rules.map((rule) => eventIdsOf(rule.condition))
  const decisions = new Map<Provenance, boolean>()
  const decide = (provenance: Provenance): boolean => {
    // Only the Windows event log says in the header which event a record is.
    if (provenance.family !== 'windows') return true
    const source = logSourceOf(provenance)
    const id = decimalOf(provenance.id)
    return rules.some((rule, i) => {
      if (routing && conflicts(rule.logSource, source)) return false
      const demanded = ids[i]
      return !demanded || id === undefined || demanded.has(id)
    })
  }
  return {
    wants(provenance) {
      const known = decisions.get(provenance)
      if (known !== undefined) return known
      if (decisions.size >= maxDecisions) decisions.clear()
      const wanted = decide(provenance)
      decisions.set(provenance, wanted)
      return wanted
    },
  }
}

/** The event ids one of which the condition demands; undefined where it demands none. */
export function eventIdsOf(
  p: Predicate,
  negated = false,
): ReadonlySet<number> | undefined {
  switch (p.kind) {
    case 'not':
      return eventIdsOf(p.of, !negated)
    case 'and':
    case 'or': {
      const children = p.of.map((child) => eventIdsOf(child, negated))
      return (p.kind === 'and') !== negated
        ? intersection(children)
        : union(children)
    }
    case 'constant':
      return p.value === negated ? new Set() : undefined
    case 'number':
      return !negated && p.field === 'EventID' && p.op === 'eq'
        ? new Set([p.value])
        : undefined
    case 'text': {
      if (negated || p.field !== 'EventID') return undefined
      const shape = patternShape(p.pattern)
      if (shape.kind !== 'equals') return undefined
      const id = decimalOf(shape.text)
      return id === undefined ? undefined : new Set([id])
    }
    default:
      return undefined
  }
}

type Ids = ReadonlySet<number> | undefined

function intersection(children: readonly Ids[]): Ids {
  let all: Ids
  for (const ids of children) {
    if (!ids) continue
    const before = all
    all = before ? new Set([...ids].filter((id) => before.has(id))) : ids
  }
  return all
}

/** undefined where any child demands none. */
function union(children: readonly Ids[]): Ids {
  const all = new Set<number>()
  for (const ids of children) {
    if (!ids) return undefined
    for (const id of ids) all.add(id)
  }
  return all
}
