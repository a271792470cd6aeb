// What stats and its relatives work out of the values of a group. Each value is looked at once and not kept, but where the
// answer needs it.
import type { Aggregate, AggregateName } from '../../../ir/aggregate.ts'
import { percentileOf } from '../../../meaning/percentile.ts'
import { rowExpression } from '../expression.ts'
import type { Held } from '../budget.ts'
import { maxListValues } from '../limit.ts'
import type { Row } from '../row.ts'
import {
  type Result,
  type Single,
  type Value,
  compareForSort,
  compareSingles,
  fromList,
  numberOf,
  textOf,
  toList,
} from '../values.ts'

export interface Accumulator {
  /** `time`: the row's `_time`. */
  add(value: Single, time: number | null): void
  result(): Value | null
}

/** What an aggregate takes from a row: its values, one by one. */
export type Input = (row: Row) => readonly Single[]

export function inputOf(a: Aggregate, now: number): Input {
  if (a.of) {
    const of = rowExpression(a.of, now)
    return (row) => counted(of(row))
  }
  const { field } = a
  if (field === undefined) return () => one
  return (row) => toList(row.get(field))
}

const one: readonly Single[] = [1]

/** A condition counts where it is true. */
function counted(r: Result): readonly Single[] {
  if (r === true) return one
  return r === null || r === false ? [] : toList(r)
}

export function accumulator(a: Aggregate, held: Held): Accumulator {
  return makers[a.fn](a, held)
}

type Maker = (a: Aggregate, held: Held) => Accumulator

const makers: Readonly<Record<AggregateName, Maker>> = {
  count: () => {
    let n = 0
    return { add: () => void n++, result: () => n }
  },
  dc: (_, held) => {
    const seen = new Set<string>()
    return {
      add: (v) => {
        const text = textOf(v)
        if (seen.has(text)) return
        held.value(text)
        seen.add(text)
      },
      result: () => seen.size,
    }
  },
  values: (_, held) => {
    const seen = new Map<string, Single>()
    return {
      add: (v) => {
        const text = textOf(v)
        if (seen.has(text)) return
        held.value(text)
        seen.set(text, v)
      },
      // Sorted by characters, numbers too: "10" before "9".
      result: () =>
        fromList(
          [...seen].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, v]) => v),
        ),
    }
  },
  list: (_, held) => {
    const list: Single[] = []
    return {
      add: (v) => {
        if (list.length >= maxListValues) return
        held.value(v)
        list.push(v)
      },
      result: () => fromList(list),
    }
  },
  sum: () => numeric((n) => n),
  sumsq: () => numeric((n) => n * n),
  avg: () => moments((m) => m.mean),
  var: () => moments((m) => (m.n > 1 ? m.squares / (m.n - 1) : 0)),
  varp: () => moments((m) => m.squares / m.n),
  stdev: () => moments((m) => (m.n > 1 ? Math.sqrt(m.squares / (m.n - 1)) : 0)),
  stdevp: () => moments((m) => Math.sqrt(m.squares / m.n)),
  min: (_, held) => extreme(-1, held),
  max: (_, held) => extreme(1, held),
  range: () => {
    let least = Number.POSITIVE_INFINITY
    let most = Number.NEGATIVE_INFINITY
    return {
      add: (v) => {
        const n = numberOf(v)
        if (n === null) return
        if (n < least) least = n
        if (n > most) most = n
      },
      result: () => (most < least ? null : most - least),
    }
  },
  median: (_, held) => percentile(50, held),
  perc: (a, held) => percentile(a.percent ?? 50, held),
  mode: (_, held) => {
    const counts = new Map<string, { value: Single; n: number }>()
    return {
      add: (v) => {
        const text = textOf(v)
        const known = counts.get(text)
        if (known) known.n++
        else {
          held.value(text)
          counts.set(text, { value: v, n: 1 })
        }
      },
      result: () => {
        const all = [...counts.values()]
        all.sort((a, b) => b.n - a.n || compareForSort(a.value, b.value))
        return all[0]?.value ?? null
      },
    }
  },
  first: (_, held) => {
    let first: Single | undefined
    return {
      add: (v) => {
        if (first !== undefined) return
        held.swap(first, v)
        first = v
      },
      result: () => first ?? null,
    }
  },
  last: (_, held) => {
    let last: Single | undefined
    return {
      add: (v) => {
        held.swap(last, v)
        last = v
      },
      result: () => last ?? null,
    }
  },
  earliest: (_, held) => byTime(-1, (value) => value, held),
  latest: (_, held) => byTime(1, (value) => value, held),
  earliest_time: (_, held) => byTime(-1, (_, time) => time, held),
  latest_time: (_, held) => byTime(1, (_, time) => time, held),
}

function numeric(of: (n: number) => number): Accumulator {
  let sum = 0
  let lost = 0
  let any = false
  return {
    add: (v) => {
      const n = numberOf(v)
      if (n === null) return
      any = true
      // Kahan's sum: the same to the last digit in any order that matters.
      const y = of(n) - lost
      const t = sum + y
      lost = t - sum - y
      sum = t
    },
    result: () => (any ? sum : null),
  }
}

interface Moments {
  n: number
  mean: number
  squares: number
}

/** Welford's method: mean and squares of differences in one pass. */
function moments(of: (m: Moments) => number): Accumulator {
  const m: Moments = { n: 0, mean: 0, squares: 0 }
  return {
    add: (v) => {
      const x = numberOf(v)
      if (x === null) return
      m.n++
      const d = x - m.mean
      m.mean += d / m.n
      m.squares += d * (x - m.mean)
    },
    result: () => (m.n ? of(m) : null),
  }
}

function extreme(sign: 1 | -1, held: Held): Accumulator {
  let best: Single | undefined
  return {
    add: (v) => {
      if (best !== undefined && compareSingles(v, best) * sign <= 0) return
      held.swap(best, v)
      best = v
    },
    result: () => best ?? null,
  }
}

function percentile(percent: number, held: Held): Accumulator {
  const numbers: number[] = []
  return {
    add: (v) => {
      const n = numberOf(v)
      if (n === null) return
      held.value(n)
      numbers.push(n)
    },
    result: () => {
      if (!numbers.length) return null
      numbers.sort((a, b) => a - b)
      return percentileOf(numbers, percent)
    },
  }
}

/** Of events at the same time the first read stays. Rows without a time are passed over. */
function byTime(
  sign: 1 | -1,
  of: (value: Single, time: number) => Value,
  held: Held,
): Accumulator {
  let best: number | undefined
  let value: Single | undefined
  return {
    add: (v, time) => {
      if (time === null || (best !== undefined && (time - best) * sign <= 0))
        return
      best = time
      held.swap(value, v)
      value = v
    },
    result: () =>
      best === undefined || value === undefined ? null : of(value, best),
  }
}

/** Nothing where any value is no number. */
export function numbersOnly(of: Accumulator): Accumulator {
  let all = true
  return {
    add: (v, time) => {
      if (numberOf(v) === null) all = false
      else of.add(v, time)
    },
    result: () => (all ? of.result() : null),
  }
}
