// Which Windows event ids can any rule want, whoever wrote the record? Readers of text ask this before they parse a line.
import { categoriesOfEventId } from '../../normalise/windows/index.ts'

import type { DetectionRule } from '../../ir/rule.ts'

import { eventIdsOf } from '../../executors/stream/gate.ts'

/** Ids come from input; over this many, answers are forgotten and worked out anew. */
const maxAnswers = 65_536

/**
 * Sound: false only where no rule can hold. A rule that states a category wants the ids of that category; one whose condition demands an
 * event id wants that; any other wants all.
 */
export function eventIdGate(
  rules: readonly DetectionRule[],
  routing: boolean,
): (id: string) => boolean {
  const demands = rules
    .filter((r) => !routing || couldBeWindows(r.logSource.product))
    .map((r) => ({
      ids: eventIdsOf(r.condition),
      category: routing ? r.logSource.category : undefined,
    }))
  const answers = new Map<string, boolean>()
  return (id) => {
    if (!/^\d{1,9}$/.test(id)) return true
    let answer = answers.get(id)
    if (answer === undefined) {
      const categories = categoriesOfEventId(id)
      const n = Number(id)
      answer = demands.some(
        ({ ids, category }) =>
          (category === undefined || categories.has(category)) &&
          (ids === undefined || ids.has(n)),
      )
      if (answers.size >= maxAnswers) answers.clear()
      answers.set(id, answer)
    }
    return answer
  }
}

/** Sysmon for Linux writes records of the same form. */
function couldBeWindows(product: string | undefined): boolean {
  return product === undefined || product === 'windows' || product === 'linux'
}
