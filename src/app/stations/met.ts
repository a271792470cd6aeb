// What did the rules meet? One account a thread; together they say which rules were quiet and which were blind.
import type { LogSource } from '../../event/log-source.ts'

import type { RefusedRule as UnrunnableRule } from '../../executors/stream/executor.ts'
import type { RuleAccount } from '../../executors/stream/routing.ts'

/** Plain data: it crosses between threads. */
export interface Met {
  /** By rule, in the order of the detections. */
  readonly rules: readonly RuleAccount[]
  /** Log sources of records that were there and that no rule could want. */
  readonly passedBy: readonly LogSource[]
  /** Of events that the person did not ask about. */
  readonly outside: readonly LogSource[]
  /** Events that the person did ask about; undefined: about all. */
  readonly inside: number | undefined
  /** Lines were passed by for their event id alone: their log source is not known. */
  readonly linesPassedBy: boolean
  /** Fields of which it was never known what they are, each with why. */
  readonly unknown?: ReadonlyMap<string, string>
  /** Rules that cannot be run, by index into the detections. */
  readonly refused: readonly UnrunnableRule[]
}

export const nothingMet: Met = {
  rules: [],
  passedBy: [],
  outside: [],
  inside: undefined,
  linesPassedBy: false,
  refused: [],
}

/** What rules met on made events, beside what all rules met in threads. `places`: of each of those rules among all. */
export function withMade(
  all: Met,
  made: Met,
  places: readonly number[],
  unknown: ReadonlyMap<string, string>,
): Met {
  const rules = [...all.rules]
  for (const [i, account] of made.rules.entries()) {
    const at = places[i]
    if (at === undefined || account.met === 0) continue
    const before = rules[at]
    const met = account.met + (before?.met ?? 0)
    rules[at] = { met, missingFields: account.missingFields }
  }
  return { ...all, rules, unknown }
}

export function mergeMet(all: readonly Met[]): Met {
  const [first, ...rest] = all
  if (!first) return nothingMet
  const rules = first.rules.map((own, rule) => {
    let { met, missingFields } = own
    for (const other of rest) {
      const account = other.rules[rule]!
      if (account.met === 0) continue
      missingFields =
        met === 0
          ? account.missingFields
          : shared(missingFields, account.missingFields)
      met += account.met
    }
    return { met, missingFields }
  })
  return {
    rules,
    passedBy: all.flatMap((m) => m.passedBy),
    outside: all.flatMap((m) => m.outside),
    inside: all.reduce<number | undefined>(
      (sum, m) => (m.inside === undefined ? sum : (sum ?? 0) + m.inside),
      undefined,
    ),
    linesPassedBy: all.some((m) => m.linesPassedBy),
    refused: first.refused,
  }
}

function shared(some: readonly string[], others: readonly string[]): string[] {
  const those = new Set(others)
  return some.filter((f) => those.has(f))
}
