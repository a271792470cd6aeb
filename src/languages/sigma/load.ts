// Sigma text in, rules out: every document of every file is loaded or refused with a reason. No file is touched here.
import type { Diagnostic } from '../../base/diagnostic.ts'

import type { Predicate } from '../../ir/predicate.ts'
import type { Rule } from '../../ir/rule.ts'

import type { RefusedRule, RuleFile } from '../../rule-text/loaded.ts'
import { readYaml } from '../../rule-text/yaml/read.ts'

import type { LinkedCorrelations } from './correlation/link.ts'
import { linkCorrelations, silenced } from './correlation/link.ts'
import type { Entry, SigmaOptions } from './entry.ts'
import { readEntry, refusal } from './entry.ts'
import type { LoweredRule } from './filter/apply.ts'
import { FilterTargets } from './filter/apply.ts'

export interface LoadResult {
  readonly rules: readonly Rule[]
  /** Documents that could not be loaded; their diagnostics hold at least one error. */
  readonly refused: readonly RefusedRule[]
  /** Warnings and notes on what was loaded. */
  readonly diagnostics: readonly Diagnostic[]
}

export function loadSigma(
  files: readonly RuleFile[],
  options: SigmaOptions = {},
): LoadResult {
  const entries = files.flatMap((file) =>
    readYaml(file.text).map((yaml) => readEntry(file, yaml, options)),
  )
  reportDoubles(entries)
  const conditions = filtered(entries)
  return collect(entries, conditions, linkCorrelations(entries))
}

/** The first keeps the id: which one that is must not depend on chance, so files come in a settled order. */
function reportDoubles(entries: readonly Entry[]) {
  const first = new Map<string, Entry>()
  for (const entry of entries) {
    if (entry.id === undefined) continue
    const id = entry.id.toLowerCase()
    const other = first.get(id)
    if (!other) first.set(id, entry)
    else {
      entry.problems.report(
        'S011',
        { path: ['id'] },
        `id "${entry.id}" is already that of "${other.title ?? ''}" in ${other.problems.file}`,
        'give one of them an id of its own',
      )
    }
  }
}

/** Filters of rules, counted with each rule that they narrow: each is judged wherever its rule is. Those of all public rules are some hundred. */
const maxNarrowings = 200_000

/** The conditions of those rules that filters narrow. */
function filtered(
  entries: readonly Entry[],
): ReadonlyMap<LoweredRule, Predicate> {
  const good = entries.flatMap(({ made, problems }) =>
    made && !problems.failed ? [made] : [],
  )
  const rules = good.filter((made) => made.kind === 'rule')
  const targets = new FilterTargets(rules)
  const parts = new Map<LoweredRule, Predicate[]>()
  let room = maxNarrowings
  for (const made of good) {
    if (made.kind !== 'filter') continue
    const { document, meta } = made
    const narrowed = targets.of(document)
    if (narrowed.length > room) {
      document.problems.report(
        'S026',
        { path: ['filter'] },
        `the filters narrow more than ${maxNarrowings} rules, each counted with every filter of its own: this one is left out`,
      )
      continue
    }
    room -= narrowed.length
    const condition = { ...made.condition, label: meta.title }
    for (const rule of narrowed) {
      const of = parts.get(rule)
      if (of) of.push(condition)
      else parts.set(rule, [rule.condition, condition])
    }
  }
  const all = [...parts].map(
    ([rule, of]) => [rule, { kind: 'and', of }] as const,
  )
  return new Map(all)
}

function collect(
  entries: readonly Entry[],
  conditions: ReadonlyMap<LoweredRule, Predicate>,
  correlations: LinkedCorrelations,
): LoadResult {
  const silent = silenced(correlations)
  const rules: Rule[] = []
  const refused: RefusedRule[] = []
  const diagnostics: Diagnostic[] = []
  for (const entry of entries) {
    const { made, problems, yaml } = entry
    if (problems.failed) {
      refused.push(refusal(entry))
      continue
    }
    if (problems.count) {
      for (const said of problems.diagnostics(yaml)) diagnostics.push(said)
    }
    if (!made || made.kind === 'filter') continue
    const emits = !silent.has(made.meta.id)
    if (made.kind === 'rule') {
      const { meta, logSource } = made
      const condition = conditions.get(made) ?? made.condition
      rules.push({ kind: 'detection', meta, logSource, condition, emits })
    } else {
      const correlation = correlations.get(made)
      if (correlation) rules.push({ ...correlation, emits })
    }
  }
  return { rules, refused, diagnostics }
}
