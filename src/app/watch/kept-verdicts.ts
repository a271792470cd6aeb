// Rules were read anew: of those that are the same, what they met before still holds, as what they found does.
import type { Rule } from '../../ir/rule.ts'

import type { RulesInForce } from '../scan/rules-in-force.ts'
import type { RuleVerdict, Verdict } from '../scan/verdict.ts'

/** By rule, what it could say before. */
export type KeptVerdicts = ReadonlyMap<string, Verdict>

/** Verdicts of rules that `now` has as `before` had them. */
export function keptVerdicts(
  verdicts: readonly RuleVerdict[],
  before: RulesInForce,
  now: RulesInForce,
): KeptVerdicts {
  const [old, present] = [textsOf(before), textsOf(now)]
  return new Map(
    verdicts.flatMap(({ id, verdict }) =>
      old.get(id) === present.get(id) ? [[id, verdict] as const] : [],
    ),
  )
}

/** A search is several rules of one id. */
function textsOf({ rules, searches }: RulesInForce): Map<string, string> {
  const texts = new Map<string, string>()
  for (const rule of [...rules, ...searches]) {
    const { id } = rule.meta
    texts.set(id, `${texts.get(id) ?? ''}${textOf(rule)}\n`)
  }
  return texts
}

/** Without where in its file it stands, which says nothing of what it asks. */
function textOf(rule: Rule | RulesInForce['searches'][number]): string {
  const { line: _, ...meta } = rule.meta
  return JSON.stringify({ ...rule, meta })
}

export function withKept(
  verdicts: readonly RuleVerdict[],
  kept: KeptVerdicts,
): readonly RuleVerdict[] {
  return verdicts.map((v) => {
    const earlier = kept.get(v.id)
    return earlier ? { ...v, verdict: both(earlier, v.verdict) } : v
  })
}

/** What is found outweighs what is quiet, and that what is blind. What was found before is found anew in the journal, or is not kept there any more. */
function both(earlier: Verdict, now: Verdict): Verdict {
  if (earlier.kind === 'fired' || now.kind === 'fired') {
    return {
      kind: 'fired',
      findings: Math.max(foundBy(earlier), foundBy(now)),
    }
  }
  if (earlier.kind === 'quiet' || now.kind === 'quiet') {
    return { kind: 'quiet', met: metBy(earlier) + metBy(now) }
  }
  // Events of its log source that lack a field say more than that there were none.
  const isBare = /^no event of /.test(now.why)
  return isBare ? earlier : now
}

const foundBy = (v: Verdict) => (v.kind === 'fired' ? v.findings : 0)
const metBy = (v: Verdict) => (v.kind === 'quiet' ? v.met : 0)
