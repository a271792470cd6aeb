// Suppressions held against findings that were told: what each would have silenced.
import type { Finding } from '../../findings/finding.ts'
import type { Suppression } from '../../findings/suppression/suppression.ts'
import type { Suppressor } from '../../findings/suppression/suppressor.ts'

export interface Trial {
  readonly findings: number
  readonly silenced: number
  /** Of entries that silence something: how many, and the first of them. */
  readonly byEntry: ReadonlyMap<
    Suppression,
    { readonly count: number; readonly first: Finding }
  >
}

export async function trySuppressions(
  suppressor: Suppressor,
  findings: AsyncIterable<Finding>,
): Promise<Trial> {
  const byEntry = new Map<Suppression, { count: number; first: Finding }>()
  let all = 0
  let silenced = 0
  for await (const finding of findings) {
    all++
    const found = suppressor.of(finding.rule.id, () => finding)
    if (!found) continue
    silenced++
    const known = byEntry.get(found.suppression)
    if (known) known.count++
    else byEntry.set(found.suppression, { count: 1, first: finding })
  }
  return { findings: all, silenced, byEntry }
}
