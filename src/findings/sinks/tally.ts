// What a summary counts while findings go by: levels, rules, hosts, techniques, days, and who did most. Bounded: beyond so many names of a kind the
// rest is one number.
import { type Level, levels } from '../../ir/rule.ts'

import type { Evidence, Finding } from '../finding.ts'

/** Names of one kind. */
const maxNames = 10_000

type Counted = readonly [name: string, count: number]

export class Counts {
  readonly #counts = new Map<string, Counted>()
  readonly #fold: (name: string) => string
  others = 0

  /** Names that `fold` makes the same are one, as it was written first. */
  constructor(fold = (name: string) => name) {
    this.#fold = fold
  }

  add(name: string): void {
    const key = this.#fold(name)
    const known = this.#counts.get(key)
    if (known) this.#counts.set(key, [known[0], known[1] + 1])
    else if (this.#counts.size < maxNames) this.#counts.set(key, [name, 1])
    else this.others++
  }

  get size(): number {
    return this.#counts.size
  }

  /** The most first. */
  top(most: number): readonly Counted[] {
    return [...this.#counts.values()].sort((a, b) => b[1] - a[1]).slice(0, most)
  }

  byName(): readonly Counted[] {
    return [...this.#counts.values()].sort(([a], [b]) => (a < b ? -1 : 1))
  }
}

const anyCase = (name: string) => name.toLowerCase()
/** Paths and accounts of Windows are the same in any case. */
const anyCaseOfWindows = (name: string) =>
  name.includes('\\') ? anyCase(name) : name

export class Tally {
  readonly levels = new Counts()
  readonly hosts = new Counts(anyCase)
  readonly techniques = new Counts()
  readonly days = new Counts()
  readonly doers = new Counts(anyCaseOfWindows)
  readonly rules = new Counts()
  total = 0

  add(finding: Finding): void {
    const { rule, host, techniques, time, evidence } = finding
    this.total++
    this.levels.add(rule.level)
    this.rules.add(rule.title)
    this.hosts.add(host ?? '(not told)')
    this.days.add(time?.slice(0, 10) ?? '(not told)')
    for (const technique of techniques) this.techniques.add(technique)
    const doer = evidence[0] && doerOf(evidence[0])
    if (doer) this.doers.add(doer)
  }

  /** The gravest first. */
  byLevel(): readonly (readonly [Level, number])[] {
    const counts = new Map(this.levels.top(levels.length))
    return levels
      .toReversed()
      .map((level) => [level, counts.get(level) ?? 0] as const)
  }
}

const doers = [
  'User',
  'SourceUser',
  'SubjectUserName',
  'AccountName',
  'Image',
  'SourceImage',
  'ClientImage',
]

function doerOf({ fields }: Evidence): string | undefined {
  const name = doers.find((n) => fields[n] !== undefined && fields[n] !== null)
  return name && String(fields[name]).slice(0, 300)
}
