// What is promised to which rule: its needs, each with the measures that were chosen for it.
import type { Rule } from '../../ir/rule.ts'

import { type Measure, measures } from '../../content/visibility.ts'

import type { AnyRule } from '../rules/parts.ts'
import { type Need, needsOf, serves } from './asked.ts'

export interface AskingRule {
  readonly id: string
  readonly title: string
  readonly needs: readonly {
    readonly need: Need
    /** Ids of chosen measures that serve it. */
    readonly by: readonly string[]
  }[]
}

/** Rules that ask for something that the chosen measures give, and those measures, in the order of the content. */
export function promised(
  rules: readonly AnyRule[],
  byId: ReadonlyMap<string, Rule>,
  chosen: ReadonlySet<string>,
): { asking: readonly AskingRule[]; measures: readonly Measure[] } {
  const given = measures().filter((m) => chosen.has(m.id))
  const asking = rules.map((rule): AskingRule => {
    const { all, any } = needsOf(rule, byId)
    const needs = [...all, ...any].map((need) => ({
      need,
      by: given.filter((m) => serves(m, need)).map((m) => m.id),
    }))
    return { id: rule.meta.id, title: rule.meta.title, needs }
  })
  return {
    asking: asking.filter((a) => a.needs.some((n) => n.by.length > 0)),
    measures: given,
  }
}
