// Which findings does nobody want told? The first entry that fits silences one, and counts it: what is silenced is never lost unseen.
import { hostTest } from '../../base/host-test.ts'
import type { Value } from '../../base/record.ts'

import { type NamedValues, valuesTest } from '../../meaning/tests.ts'

import type { Finding } from '../finding.ts'
import type { WrittenFinding } from '../written.ts'
import type { Suppression, SuppressionCondition } from './suppression.ts'

/** An entry with the ids of the rules that it names; undefined: of all rules. */
export interface ResolvedSuppression {
  readonly suppression: Suppression
  readonly ids: ReadonlySet<string> | undefined
}

export interface SuppressionCount {
  readonly suppression: Suppression
  readonly findings: number
  readonly isOver: boolean
}

interface Entry extends ResolvedSuppression {
  readonly onHost: (host: string) => boolean
  readonly fits: (finding: Finding) => boolean
  findings: number
}

export class Suppressor {
  readonly #entries: readonly Entry[]
  readonly #now: () => number
  readonly #byRule = new Map<string, readonly Entry[]>()

  /** `now`: milliseconds since 1970. */
  constructor(entries: readonly ResolvedSuppression[], now: () => number) {
    this.#entries = entries.map(entryOf)
    this.#now = now
  }

  /** Counted, where an entry silences it. */
  silences(rule: string, written: WrittenFinding): boolean {
    const entry = this.of(rule, () => JSON.parse(written.text()) as Finding)
    if (!entry) return false
    ;(entry as Entry).findings++
    return true
  }

  /** What silences a finding of this rule, if anything does. `read`: asked only where an entry is of its rule. */
  of(rule: string, read: () => Finding): ResolvedSuppression | undefined {
    const entries = this.#of(rule)
    if (!entries.length) return undefined
    const finding = read()
    const now = this.#now()
    return entries.find(
      ({ suppression, onHost, fits }) =>
        now < suppression.until && onHost(finding.host ?? '') && fits(finding),
    )
  }

  /** Of each entry, in the order in which they were read. */
  counts(): readonly SuppressionCount[] {
    const now = this.#now()
    return this.#entries.map(({ suppression, findings }) => ({
      suppression,
      findings,
      isOver: now >= suppression.until,
    }))
  }

  #of(rule: string): readonly Entry[] {
    let known = this.#byRule.get(rule)
    if (!known) {
      known = this.#entries.filter(({ ids }) => ids?.has(rule) ?? true)
      this.#byRule.set(rule, known)
    }
    return known
  }
}

function entryOf(resolved: ResolvedSuppression): Entry {
  const { hosts, when } = resolved.suppression
  const conditions = when.map(conditionTest)
  return {
    ...resolved,
    onHost: hosts.length ? hostTest(hosts) : () => true,
    fits: (finding) => {
      const records = recordsOf(finding)
      return conditions.every((holds) => holds(records))
    },
    findings: 0,
  }
}

function recordsOf({ evidence, explanation }: Finding): readonly NamedValues[] {
  const records = evidence.map((e) => new Map(Object.entries(e.fields)))
  const row = Object.entries(explanation.row ?? {})
  return row.length ? [...records, new Map(row as [string, Value][])] : records
}

/** Of a finding of several records the condition holds where all that have the field say so, and one has it. */
function conditionTest({ field, predicate }: SuppressionCondition) {
  const holds = valuesTest(predicate)
  return (records: readonly NamedValues[]): boolean => {
    const own = records.filter((r) => r.has(field))
    return own.length > 0 && own.every((r) => holds(r))
  }
}
