// Counts what one source gave: events, damage, shapes. Bounded, whatever the source holds.
import type { Dates } from '../../base/date-order.ts'
import type { Damage } from '../../base/record.ts'

import { EventMarks } from './event-marks.ts'
import type { SourceReport } from './report.ts'
import type { SourceDigest } from './source-digest.ts'

/** Damage and shapes are shown up to this many for a source; the counts go on. */
const maxShown = 20

export class SourceAccount {
  readonly name: string
  format: string | undefined
  content: string | undefined
  clocks: string | undefined
  /** Of its reader; undefined: nothing was read. */
  dates: Dates | undefined
  /** Its bytes were offered to a reader; an archive is only a wrapping. */
  opened = false
  bytes = 0
  isUnreadable = false
  /** Of what its reader was given; undefined: nothing, or several. */
  digest: SourceDigest | undefined
  events = 0
  skipped = 0
  strange = 0
  /** Of telemetry, without a time. */
  untimed = 0
  readonly marks = new EventMarks()
  /** Passed by without a mark. */
  unmarked = 0
  readonly #problems: string[] = []
  readonly #shapes = new Set<string>()
  readonly #damaged: Damage[] = []
  #damagedCount = 0
  #lost = 0
  #cutCount = 0
  readonly #unknown: { keys: readonly string[]; line: number }[] = []

  constructor(name: string) {
    this.name = name
  }

  damage(damage: Damage): void {
    if (damage.isBound) this.#bound(damage)
    else this.#damage(damage)
  }

  #bound({ what, offset, message, lost = 0 }: Damage): void {
    this.#lost += lost
    const place = `${what} at 0x${offset.toString(16)}`
    this.problem(`not read to its end: ${place}: ${message}`)
  }

  #damage(damage: Damage): void {
    this.#damagedCount++
    this.#lost += damage.lost ?? 0
    if (damage.lost === 0) this.#cutCount++
    if (this.#damaged.length < maxShown) this.#damaged.push(damage)
  }

  problem(message: string): void {
    if (this.#problems.length < maxShown) this.#problems.push(message)
  }

  shape(name: string): void {
    if (this.#shapes.size < maxShown) this.#shapes.add(name)
  }

  unknownShape(keys: readonly string[], line: number): void {
    if (this.#unknown.length < maxShown) this.#unknown.push({ keys, line })
  }

  #marked(): Pick<SourceReport, 'marks' | 'unmarked'> {
    const marks = this.marks.list()
    const { unmarked } = this
    return { ...(marks.length && { marks }), ...(unmarked && { unmarked }) }
  }

  report(): SourceReport {
    return {
      name: this.name,
      format: this.format,
      content: this.content,
      ...(this.clocks !== undefined && { clocks: this.clocks }),
      ...(this.dates?.doubt !== undefined && { dates: this.dates.doubt }),
      opened: this.opened,
      ...(this.isUnreadable && { isUnreadable: true }),
      shapes: [...this.#shapes],
      bytes: this.bytes,
      events: this.events,
      skipped: this.skipped,
      strange: this.strange,
      ...(this.untimed && { untimed: this.untimed }),
      damaged: this.#damaged,
      damagedCount: this.#damagedCount,
      lost: this.#lost,
      cutCount: this.#cutCount,
      unknownShapes: this.#unknown,
      problems: this.#problems,
      ...this.#marked(),
      ...(this.digest && { digest: this.digest.text() }),
    }
  }
}

/** Damage is told of each source up to this many times; the summary has the count. */
const maxTold = 3

/** What a person should know of a source that was read whole. */
export function* notesOf(s: SourceReport): Generator<string> {
  if (s.clocks) yield `${s.name}: ${s.clocks}; its times are corrected`
  if (s.dates) yield `${s.name}: ${s.dates} (--input-dates tells)`
}

/** What a person should hear of a source that was not, or of which something is wrong. */
export function* troublesOf(s: SourceReport): Generator<string> {
  for (const problem of s.problems) yield `${s.name}: ${problem}`
  if (s.format === undefined && s.opened) {
    const what = s.content ?? 'format not recognised'
    yield `${s.name}: ${what}, not inspected`
  }
  for (const d of s.damaged.slice(0, maxTold)) {
    yield `${s.name}: damaged ${d.what} at 0x${d.offset.toString(16)}: ${d.message}`
  }
  const rest = s.damagedCount - maxTold
  if (rest > 0) yield `${s.name}: damaged in ${rest} more places`
}
