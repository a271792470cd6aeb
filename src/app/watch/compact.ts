// The journal holds what may still matter: when it has grown, what lies behind every window is left out. What comes of the rest was told.
import type { Entry, Journal } from './journal.ts'
import type { SourceState } from './sources/source.ts'
import { mergedState } from './sources/source.ts'

/** In bytes: a journal that is larger is made shorter, if it has doubled since the last time. */
const compactAt = 16 * 1024 * 1024
/** Of what is kept for collectors, in bytes: beyond it the oldest goes, and takes no part any more. */
const maxKeptBytes = 256 * 1024 * 1024

export class Compactor {
  #next = compactAt

  /** Gives how many batches had to go for want of room. */
  run(journal: Journal, watermark: number, horizonMs: number): number {
    if (journal.bytes < this.#next) return 0
    const { entries, evicted } = kept(journal, watermark - horizonMs)
    journal.replace(entries)
    this.#next = Math.max(compactAt, 2 * journal.bytes)
    return evicted
  }
}

function kept(
  journal: Journal,
  since: number,
): { entries: Entry[]; evicted: number } {
  const batches: (Entry & { kind: 'batch' })[] = []
  let rules: Entry | undefined
  for (const entry of journal.entries()) {
    if (entry.kind === 'rules') {
      rules = entry
      continue
    }
    const parts = entry.parts.filter((p) => p.kind !== 'findings')
    const isPast = entry.latest < since || !parts.length
    batches.push({ ...entry, parts: isPast ? [] : parts, told: true })
  }
  const last = batches.at(-1)
  const sources = [...statesOf(batches).values()]
  const alive = batches
    .filter((b) => b.parts.length)
    .map((b) => ({ ...b, sources: [] }))
  const evicted = evictOver(alive)
  const entries: Entry[] = [...(rules ? [rules] : []), ...alive]
  if (last) entries.push({ ...last, parts: [], sources })
  return { entries, evicted }
}

/** The latest of each source. */
export function statesOf(entries: Iterable<Entry>): Map<number, SourceState> {
  const states = new Map<number, SourceState>()
  for (const entry of entries) {
    if (entry.kind !== 'batch') continue
    for (const s of entry.sources) {
      states.set(s.key, mergedState(s, states.get(s.key)))
    }
  }
  return states
}

function evictOver(batches: (Entry & { kind: 'batch' })[]): number {
  let bytes = 0
  let from = batches.length
  while (from > 0 && bytes <= maxKeptBytes) {
    from--
    bytes += JSON.stringify(batches[from]!.parts).length
  }
  if (bytes <= maxKeptBytes) return 0
  batches.splice(0, from + 1)
  return from + 1
}
