// Entries of suppressions against the rules that there are: a slip of typing must not silence another rule, or seem to silence one.
import type { Diagnostic } from '../../base/diagnostic.ts'
import { didYouMean } from '../../base/did-you-mean.ts'
import { lastDayBefore } from '../../base/time.ts'

import { schema } from '../../event/schema/index.ts'
import type { RuleMeta } from '../../ir/rule.ts'

import { isSettledField } from '../../lint/taxonomy.ts'

import type { FoundSuppressions } from '../../content/suppressions.ts'

import type { Suppression } from '../../findings/suppression/suppression.ts'
import type { ResolvedSuppression } from '../../findings/suppression/suppressor.ts'

import { named } from '../rules/selection.ts'

export interface ResolvedSuppressions {
  readonly entries: readonly ResolvedSuppression[]
  readonly diagnostics: readonly Diagnostic[]
}

/** `metas`: of all rules that were loaded, in force or not. `now`: milliseconds since 1970. */
export function resolveSuppressions(
  { suppressions, diagnostics }: FoundSuppressions,
  metas: readonly RuleMeta[],
  now: number,
): ResolvedSuppressions {
  const entries: ResolvedSuppression[] = []
  const said: Diagnostic[] = [...diagnostics]
  for (const suppression of suppressions) {
    const unknown = suppression.rules.filter((r) => !named(metas, r).size)
    for (const rule of unknown) said.push(unknownRule(suppression, rule, metas))
    if (unknown.length) continue
    for (const d of unknownFields(suppression, metas)) said.push(d)
    if (now >= suppression.until) said.push(over(suppression))
    entries.push({ suppression, ids: idsOf(suppression, metas) })
  }
  return { entries, diagnostics: said }
}

function idsOf(
  { rules }: Suppression,
  metas: readonly RuleMeta[],
): ReadonlySet<string> | undefined {
  if (!rules.length) return undefined
  return new Set(rules.flatMap((r) => [...named(metas, r)].map((m) => m.id)))
}

function unknownRule(
  { name, file, line }: Suppression,
  rule: string,
  metas: readonly RuleMeta[],
): Diagnostic {
  const known = metas.flatMap((m) => [
    m.id,
    m.title,
    ...(m.name ? [m.name] : []),
  ])
  const hint = didYouMean(rule, new Set(known))
  return {
    code: 'C006',
    severity: 'error',
    message: `suppression "${name}": no rule is called "${rule}"; it silences nothing`,
    file,
    position: { line, column: 1 },
    ...(hint && { hint }),
  }
}

/** A provider's own names are many, and not all are known: only what is almost a known one is a slip. */
function unknownFields(
  { name, file, line, when }: Suppression,
  metas: readonly RuleMeta[],
): readonly Diagnostic[] {
  const asked = new Set(when.map(({ field }) => field))
  if (!asked.size) return []
  const known = new Set([
    ...Object.keys(schema),
    ...metas.flatMap((m) => m.fields),
  ])
  const isKnown = (field: string) => known.has(field) || isSettledField(field)
  return [...asked].flatMap((field) => {
    const hint = isKnown(field) ? '' : didYouMean(field, known, maxSlips)
    if (!hint) return []
    const message = `suppression "${name}": no event has a field "${field}", so it silences nothing`
    const position = { line, column: 1 }
    return [
      { code: 'C007', severity: 'warning', message, file, position, hint },
    ]
  })
}

/** Letters that a mistyped name has otherwise. */
const maxSlips = 2

function over({ name, file, line, until, owner }: Suppression): Diagnostic {
  const day = lastDayBefore(until)
  return {
    code: 'C005',
    severity: 'warning',
    message: `suppression "${name}" of ${owner} is over since ${day}; it silences nothing`,
    file,
    position: { line, column: 1 },
    hint: 'set a later day, or remove it',
  }
}
