// The suppressions of a run, and what their conditions ask of the findings that they are held against.
import type { Diagnostic } from '../../base/diagnostic.ts'

import type { Rule, RuleMeta } from '../../ir/rule.ts'

import { readSuppressions } from '../../content/suppressions.ts'

import {
  type ResolvedSuppression,
  Suppressor,
} from '../../findings/suppression/suppressor.ts'

import { resolveSuppressions } from './resolve.ts'

export interface SuppressionsInForce {
  readonly suppressor: Suppressor
  /** Rules whose findings show what conditions ask for. */
  showing(rules: readonly Rule[]): readonly Rule[]
}

/** `clock`: milliseconds since 1970. */
export async function suppressionsInForce(
  paths: readonly string[],
  metas: readonly RuleMeta[],
  clock: () => number,
  diagnostic: (d: Diagnostic) => void,
): Promise<SuppressionsInForce> {
  const found = await readSuppressions(paths)
  const { entries, diagnostics } = resolveSuppressions(found, metas, clock())
  for (const d of diagnostics) diagnostic(d)
  if (paths.length && !found.suppressions.length && !diagnostics.length)
    diagnostic(nothingIn(paths))
  return {
    suppressor: new Suppressor(entries, clock),
    showing: (rules) => rules.map((rule) => showing(rule, rules, entries)),
  }
}

/** Findings are told all the same, so it is no error. */
function nothingIn(paths: readonly string[]): Diagnostic {
  const places = paths.map((path) => `"${path}"`).join(', ')
  return {
    code: 'C001',
    severity: 'warning',
    message: `no suppressions at ${places}: there is no entry in a .yml file`,
  }
}

function showing(
  rule: Rule,
  all: readonly Rule[],
  entries: readonly ResolvedSuppression[],
): Rule {
  if (rule.kind === 'correlation') return rule
  const { id } = rule.meta
  const readers = all.filter(
    (r) => r.kind === 'correlation' && r.rules.includes(id),
  )
  const ids = [id, ...readers.map((r) => r.meta.id)]
  const asked = entries
    .filter((e) => !e.ids || ids.some((i) => e.ids!.has(i)))
    .flatMap((e) => e.suppression.when.map((c) => c.field))
  return asked.length
    ? { ...rule, meta: { ...rule.meta, besides: [...new Set(asked)] } }
    : rule
}
