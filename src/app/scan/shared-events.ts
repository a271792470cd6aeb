// Events that lie in several sources, of which none is a copy of another, count once: where samples say that there are some, the sources are
// read again, and each event is compared.
import type { Input } from '../input.ts'
import type { Overlapping } from '../reading/overlaps.ts'
import { SeenEvents } from '../seen-events.ts'
import type { CopiesPart } from '../stations/copies-track.ts'

/** Corrects the totals of what was read, where it can be read once more. */
export async function countShared(
  input: Input,
  overlapping: Overlapping,
  signal: AbortSignal,
): Promise<void> {
  if (!input.repeats || signal.aborted) return
  const { totals } = input
  const { pieces, formats, notCompared } = overlapping
  totals.notCompared = notCompared
  if (pieces.length === 0) return
  const seen = new SeenEvents()
  const shared = new Map<string, Map<string, number>>()
  const take = (parts: readonly CopiesPart[]) => {
    for (const part of parts) {
      for (const [source, other] of seen.givenBefore(part)) {
        const of = shared.get(source) ?? new Map<string, number>()
        shared.set(source, of.set(other, (of.get(other) ?? 0) + 1))
      }
    }
  }
  await input.readAgain(
    { kind: 'copies' },
    (parts) => take(parts as readonly CopiesPart[]),
    signal,
    pieces,
  )
  if (signal.aborted) return
  for (const [source, others] of shared) {
    const format = formats.get(source)
    // What is a copy as a whole does not count anyhow.
    if (format === undefined) continue
    for (const [other, events] of others)
      totals.share({ source, with: other, events }, format)
  }
}
