// The journal holds what may still matter: when it has grown, what lies behind every window is left out. What comes of the rest was told.
import type { Entry, Journal } from './journal.ts'
import { mergedState, type SourceState } from './sources/source.ts'

/** In bytes: a journal that is larger is made shorter, if it has doubled since the last time. */
const compactAt = 16 * 1024 * 1024
/** Of what is kept for collectors, in bytes: beyond it the oldest goes, and takes no part any more. */
const maxKeptBytes = 64 * 1024 * 1024

type BatchEntry = Extract<Entry, { readonly kind: 'batch' }>

export class Compactor {
  #next = compactAt

  /** Gives how many batches had to go for want of room. */
  run(journal: Journal, watermark: number, horizonMs: number): number {
    if (journal.bytes < this.#next) return 0
    const survey = surveyOf(journal, watermark - horizonMs)
    journal.replace(shortened(journal, survey))
    this.#next = Math.max(compactAt, 2 * journal.bytes)
    return survey.evicted
  }
}

interface Survey {
  readonly rules: Entry | undefined
  /** The last one, without parts and with all sources. */
  readonly last: BatchEntry | undefined
  /** By the order in the journal: is it kept? */
  readonly kept: readonly boolean[]
  readonly evicted: number
}

/** What is to stay, without holding it. */
function surveyOf(journal: Journal, since: number): Survey {
  let rules: Entry | undefined
  let last: BatchEntry | undefined
  const states = new Map<number, SourceState>()
  const sizes: number[] = []
  for (const { entry, bytes } of journal.records()) {
    if (entry.kind === 'rules') {
      rules = entry
      continue
    }
    addStates(states, entry)
    last = entry
    const isAlive = entry.latest >= since && partsOf(entry).length > 0
    sizes.push(isAlive ? bytes : 0)
  }
  const kept = sizes.map((bytes) => bytes > 0)
  let sum = 0
  let evicted = 0
  for (let i = sizes.length - 1; i >= 0; i--) {
    sum += sizes[i]!
    if (!kept[i] || sum <= maxKeptBytes) continue
    kept[i] = false
    evicted++
  }
  const sources = [...states.values()]
  return {
    rules,
    last: last && { ...last, parts: [], sources, told: true },
    kept,
    evicted,
  }
}

function* shortened(
  journal: Journal,
  { rules, last, kept }: Survey,
): Generator<Entry> {
  if (rules) yield rules
  let i = 0
  for (const entry of journal.entries()) {
    if (entry.kind !== 'batch' || !kept[i++]) continue
    yield { ...entry, parts: partsOf(entry), sources: [], told: true }
  }
  if (last) yield last
}

/** Findings were told; what collectors hold may still become some. */
function partsOf({ parts }: BatchEntry) {
  return parts.filter((p) => p.kind !== 'findings')
}

/** The latest of each source. */
export function addStates(
  states: Map<number, SourceState>,
  { sources }: BatchEntry,
): void {
  for (const s of sources) states.set(s.key, mergedState(s, states.get(s.key)))
}
