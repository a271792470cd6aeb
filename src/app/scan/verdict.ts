// What can each rule say of what was read: it fired, it was quiet, or it was blind, and why.
import { mistyped } from '../../base/did-you-mean.ts'

import { knownFields } from '../../event/known-fields.ts'
import { conflicts, printSelector } from '../../event/log-source.ts'

import { canHoldWithout, neededAlone } from '../../ir/demand.ts'
import type { DetectionRule, Rule } from '../../ir/rule.ts'

import { whyNeverCounted, whyNeverThere } from '../../lint/never-there.ts'

import type { Met } from '../stations/met.ts'

export type Verdict =
  | { readonly kind: 'fired'; readonly findings: number }
  | { readonly kind: 'quiet'; readonly met: number }
  | { readonly kind: 'blind'; readonly why: string }

export interface RuleVerdict {
  readonly id: string
  readonly title: string
  readonly verdict: Verdict
}

/** One for each rule: a correlation is as blind as all the rules it reads, a search as all the log sources it names. */
export function verdictsOf(
  rules: readonly Rule[],
  seen: Met,
  findings: ReadonlyMap<string, number>,
  /** Searches: their rules only pick events, and are shown all the same. */
  fed: ReadonlySet<string>,
): RuleVerdict[] {
  const found = new Map<string, RuleVerdict>()
  const shown = new Set(
    rules.filter((r) => r.emits || fed.has(r.meta.id)).map((r) => r.meta.id),
  )
  let index = 0
  for (const rule of rules) {
    if (rule.kind !== 'detection') continue
    const { id, title } = rule.meta
    const verdict = verdictOf(rule, index++, seen, findings.get(id) ?? 0)
    const before = found.get(id)
    if (!before || before.verdict.kind === 'blind') {
      found.set(id, { id, title, verdict })
    }
  }
  const detections = new Map(
    rules.flatMap((r) =>
      r.kind === 'detection' ? [[r.meta.id, r] as const] : [],
    ),
  )
  for (const rule of rules) {
    if (rule.kind !== 'correlation') continue
    const { id, title } = rule.meta
    const n = findings.get(id) ?? 0
    const read = rule.rules.flatMap((r) => found.get(r)?.verdict ?? [])
    const blind = read.find((v) => v.kind === 'blind')
    const bases = rule.rules.flatMap((r) => detections.get(r) ?? [])
    const why = whyNeverCounted(rule, bases)
    const allBlind = read.length > 0 && read.every((v) => v.kind === 'blind')
    const verdict: Verdict =
      n > 0
        ? { kind: 'fired', findings: n }
        : allBlind && blind
          ? blind
          : why !== undefined
            ? { kind: 'blind', why }
            : { kind: 'quiet', met: 0 }
    found.set(id, { id, title, verdict })
  }
  return [...found.values()].filter((v) => shown.has(v.id))
}

/** Fired, quiet, or blind and why: a rule that met nothing that it could see must not pass for a quiet one. */
function verdictOf(
  rule: DetectionRule,
  index: number,
  seen: Met,
  findings: number,
): Verdict {
  if (findings > 0) return { kind: 'fired', findings }
  const account = seen.rules[index]
  const never = neverOf(rule)
  if (!account || account.met === 0) {
    const wasThere =
      seen.passedBy.some((s) => !conflicts(rule.logSource, s)) ||
      (seen.linesPassedBy && rule.logSource.category === undefined)
    if (wasThere) return never ?? { kind: 'quiet', met: 0 }
    const what = `no event of ${printSelector(rule.logSource)}`
    const chosen = seen.outside.some((s) => !conflicts(rule.logSource, s))
    const why = chosen ? `${what} within the chosen time and hosts` : what
    return { kind: 'blind', why }
  }
  if (never) return never
  for (const [field, why] of seen.unknown ?? []) {
    if (!canHoldWithout(rule.condition, new Set([field])))
      return { kind: 'blind', why: `${field} is unknown: ${why}` }
  }
  const missing = new Set(account.missingFields)
  if (!canHoldWithout(rule.condition, missing)) {
    // Where single fields already make it impossible, the others are no news.
    const alone = neededAlone(rule.condition, missing)
    const named = [...missing].filter((f) => !alone.size || alone.has(f))
    return { kind: 'blind', why: `no event has ${listed(named)}` }
  }
  return { kind: 'quiet', met: account.met }
}

function neverOf(rule: DetectionRule): Verdict | undefined {
  const why = whyNeverThere(rule)
  return why === undefined ? undefined : { kind: 'blind', why }
}

/** Fields that a verdict names; of more it says how many. */
const maxNamed = 50

function listed(fields: readonly string[]): string {
  const more = fields.length - maxNamed
  const first = fields.slice(0, maxNamed).map(withHint).join(', ')
  return more > 0 ? `${first} and ${more} more` : first
}

/** Names with what they may mean: many rules name the same. */
const hints = new Map<string, string>()
/** Rules name some hundred fields that nobody knows. */
const maxHints = 4_096

/** A name that nobody knows, and that is another but for a slip of typing. */
function withHint(field: string): string {
  if (knownFields.has(field)) return field
  let hint = hints.get(field)
  if (hint === undefined) {
    const [meant] = mistyped(field, knownFields)
    hint = meant === undefined ? field : `${field} (did you mean ${meant}?)`
    if (hints.size < maxHints) hints.set(field, hint)
  }
  return hint
}
