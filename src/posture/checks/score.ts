// How far is each mitigation in force? Of the checks that could be judged, the share that passes; what is unknown is counted, not guessed.
import { mitigationNames, type Status } from './check.ts'
import type { Checked } from './judge.ts'

export interface Score {
  readonly mitigation: string
  readonly name: string
  readonly counts: Readonly<Record<Status, number>>
  /** 0 to 100; undefined where nothing could be judged. */
  readonly percent: number | undefined
}

export function scores(all: readonly Checked[]): readonly Score[] {
  return Object.entries(mitigationNames).map(([mitigation, name]) => {
    const counts = { pass: 0, fail: 0, unknown: 0, 'not applicable': 0 }
    for (const { check, status } of all) {
      if (check.mitigations.includes(mitigation)) counts[status]++
    }
    const judged = counts.pass + counts.fail
    const percent = judged
      ? Math.round((100 * counts.pass) / judged)
      : undefined
    return { mitigation, name, counts, percent }
  })
}
