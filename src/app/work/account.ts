// What did the rules meet? One account a thread; together they say which rules were quiet and which were blind.
import type { LogSource } from '../../event/log-source.ts'

import type { RefusedRule as UnrunnableRule } from '../../executors/stream/executor.ts'
import type { RuleAccount } from '../../executors/stream/routing.ts'

/** What the rules met in this thread. */
export interface EngineAccount {
  readonly rules: readonly RuleAccount[]
  /** Log sources of records that were there and that no rule could want. */
  readonly passedBy: readonly LogSource[]
  /** Lines were passed by for their event id alone: their log source is not known. */
  readonly linesPassedBy: boolean
  /** Rules that cannot be run, by index into the detections. */
  readonly refused: readonly UnrunnableRule[]
}

export const emptyAccount: EngineAccount = {
  rules: [],
  passedBy: [],
  linesPassedBy: false,
  refused: [],
}

export function mergeAccounts(
  accounts: readonly EngineAccount[],
): EngineAccount {
  const [first, ...rest] = accounts
  if (!first) return emptyAccount
  const rules = first.rules.map((own, rule) => {
    let { met, missingFields } = own
    for (const other of rest) {
      const account = other.rules[rule]!
      if (account.met === 0) continue
      missingFields =
        met === 0
          ? account.missingFields
          : missingFields.filter((f) => account.missingFields.includes(f))
      met += account.met
    }
    return { met, missingFields }
  })
  const passedBy = accounts.flatMap((a) => a.passedBy)
  const linesPassedBy = accounts.some((a) => a.linesPassedBy)
  return { rules, passedBy, linesPassedBy, refused: first.refused }
}
