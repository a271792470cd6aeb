// A match of a rule that a correlation reads is kept with the fields that it asks for.
import type { Value } from '../../base/record.ts'
import { SharedTexts } from '../../base/shared-texts.ts'

import { fieldOf } from '../../event/event.ts'

import type { CorrelationRule, DetectionRule } from '../../ir/rule.ts'

import { baseFields } from '../../executors/correlation/group-by.ts'

import type { EvidencePart } from '../../findings/assemble.ts'
import { recordText } from '../../findings/identity.ts'

import type { Match, MatchConfig, MatchStation } from './match.ts'
import type { Part } from './station.ts'

export interface BaseMatch {
  readonly rule: string
  readonly time: number | undefined
  readonly host: string | undefined
  readonly fields: Readonly<Record<string, Value>>
  readonly evidence: EvidencePart
  /** Orders matches of one time the same way in every run; equal for one record in several places. */
  readonly order: string
  readonly weight: number
}

export interface BasesPart extends Part {
  readonly kind: 'bases'
  readonly matches: readonly BaseMatch[]
}

/** What a match of usual size says, in UTF-16 units; a longer one counts as several. */
const usualUnits = 512

/** Names of hosts that matches share. */
const maxHosts = 4_096

/** Matches are handed on when there are so many. */
const maxHeld = 1_024

class Bases implements MatchStation {
  /** By rule: the fields to keep; undefined where no correlation reads it. */
  readonly #needed: readonly (readonly string[] | undefined)[]
  readonly #full: () => void
  readonly #hosts = new SharedTexts(maxHosts)
  #matches: BaseMatch[] = []

  constructor(
    needed: readonly (readonly string[] | undefined)[],
    full: () => void,
  ) {
    this.#needed = needed
    this.#full = full
  }

  matched(match: Match): void {
    const needed = this.#needed[match.index]
    if (!needed) return
    const { event } = match
    const evidence = match.evidence()
    const fields: Record<string, Value> = {}
    for (const name of needed) {
      const value = fieldOf(event, name)
      if (value !== undefined) fields[name] = value
    }
    this.#matches.push({
      rule: match.rule.meta.id,
      time: event.time(),
      host: this.#hosts.ofAny(event.host()),
      fields,
      evidence,
      order: recordText(evidence.record, evidence.content),
      weight: Math.ceil(evidence.content.length / usualUnits),
    })
    if (this.#matches.length >= maxHeld) this.#full()
  }

  drain(): BasesPart | undefined {
    if (!this.#matches.length) return undefined
    const matches = this.#matches
    this.#matches = []
    return { kind: 'bases', matches }
  }
}

export function openBases(
  config: MatchConfig,
  rules: readonly DetectionRule[],
  full: () => void,
): Bases | undefined {
  const correlations = config.rules.filter(
    (r): r is CorrelationRule => r.kind === 'correlation',
  )
  if (!correlations.length) return undefined
  const needed = baseFields(correlations)
  return new Bases(
    rules.map((r) => needed.get(r.meta.id)),
    full,
  )
}
