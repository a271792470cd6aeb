// Which source that used to write fell silent, while its host went on? By days where the input spans some, else by hours.
import type { SeenSource } from './seen.ts'

export interface Silence {
  readonly host: string
  readonly source: string
  /** '' where the whole source is meant. */
  readonly category: string
  /** The first unit without it, and the last; milliseconds since 1970. Absent: to the end. */
  readonly from: number
  readonly to?: number
  readonly unit: 'day' | 'hour'
  /** Units in which it wrote before. */
  readonly before: number
}

const hourMs = 3_600_000
const hoursOf = { day: 24, hour: 1 } as const

/** Units of a host without which nothing is told. */
const leastUnits = 3
/** A source that writes seldom is not silent: it wrote in this share of its host's units until then. */
const usualShare = 0.8

export function silencesOf(all: readonly SeenSource[]): readonly Silence[] {
  const silences: Silence[] = []
  for (const [, ofHost] of groups(all, (s) => s.host)) {
    const unit = unitOf(ofHost)
    if (!unit) continue
    const host = unitsOf(ofHost, unit)
    for (const [, ofSource] of groups(ofHost, (s) => s.source)) {
      const whole = gaps(ofSource, unit, host, '')
      for (const s of whole) silences.push(s)
      // Where the whole source is silent, its kinds are no news.
      const known = new Set(whole.map((s) => s.from))
      for (const [category, kinds] of groups(ofSource, (s) => s.category)) {
        if (!category) continue
        for (const s of gaps(kinds, unit, host, category))
          if (!known.has(s.from)) silences.push(s)
      }
    }
  }
  return silences.sort((a, b) => a.from - b.from)
}

function groups<T>(
  all: readonly T[],
  keyOf: (one: T) => string,
): ReadonlyMap<string, T[]> {
  const found = new Map<string, T[]>()
  for (const one of all) {
    const key = keyOf(one)
    const known = found.get(key)
    if (known) known.push(one)
    else found.set(key, [one])
  }
  return found
}

function unitOf(all: readonly SeenSource[]): 'day' | 'hour' | undefined {
  if (unitsOf(all, 'day').length >= leastUnits) return 'day'
  return unitsOf(all, 'hour').length >= leastUnits ? 'hour' : undefined
}

function unitsOf(
  all: readonly SeenSource[],
  unit: 'day' | 'hour',
): readonly number[] {
  const units = new Set<number>()
  for (const { hours } of all)
    for (const hour of hours.keys()) units.add(Math.floor(hour / hoursOf[unit]))
  return [...units].sort((a, b) => a - b)
}

/** `host`: the units in which its host wrote anything. */
function gaps(
  of: readonly SeenSource[],
  unit: 'day' | 'hour',
  host: readonly number[],
  category: string,
): Silence[] {
  const wrote = new Set(unitsOf(of, unit))
  const found: Silence[] = []
  let before = 0
  let seen = 0
  let start: number | undefined
  const { host: name, source } = of[0]!
  const close = (end: number | undefined) => {
    if (start === undefined) return
    const from = host[start]!
    // The last unit is cut by the end of the input.
    const isLast = end === undefined && start === host.length - 1
    if (!isLast && before >= 2 && before >= usualShare * seen)
      found.push({
        host: name,
        source,
        category,
        from: at(from, unit),
        ...(end !== undefined && { to: at(host[end]!, unit) }),
        unit,
        before,
      })
  }
  for (const [i, one] of host.entries()) {
    if (wrote.has(one)) {
      close(i - 1)
      start = undefined
      before++
      seen++
    } else if (before > 0) {
      if (start === undefined) start = i
    }
  }
  close(undefined)
  return found
}

function at(unitNumber: number, unit: 'day' | 'hour'): number {
  return unitNumber * hoursOf[unit] * hourMs
}
