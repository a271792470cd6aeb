// Groups rows by fields and runs aggregates over each group: the engine of stats, eventstats and streamstats.
import { grouped } from '../../../base/shown.ts'

import type { Aggregate, GroupAggregates } from '../../../ir/aggregate.ts'
import { Held } from '../budget.ts'
import { SearchRefusal, maxGroups, maxHeldValues } from '../limit.ts'
import { type Lineage, LineageSum } from '../lineage.ts'
import { type Row, Wildcard, fillWildcards, isInternal } from '../row.ts'
import {
  type Single,
  type Value,
  compareForSort,
  numberOf,
  textOf,
  toList,
} from '../values.ts'
import {
  type Accumulator,
  type Input,
  accumulator,
  inputOf,
  numbersOnly,
} from './aggregates.ts'
import type { SharedContext } from './operator.ts'

/** Groups that one row with several values in several fields falls into. */
export const maxCombinations = 10_000

export function tooManyGroups(): SearchRefusal {
  return new SearchRefusal(
    `one row falls into more than ${grouped(maxCombinations)} groups`,
    'use mvexpand or mvindex() on fields with many values',
  )
}

export interface Key {
  readonly text: string
  readonly values: readonly Single[]
}

/** The groups of a row; none if a field is null; several if a field has several values. */
export function keysOf(
  row: Row,
  by: readonly string[],
  distinct = false,
): Key[] {
  let keys: Key[] = [{ text: '', values: [] }]
  for (const name of by) {
    const all = toList(row.get(name))
    const values = distinct && all.length > 1 ? [...new Set(all)] : all
    if (!values.length) return []
    if (values.length === 1 && keys.length === 1) {
      const [key] = keys
      keys = [
        {
          text: `${key!.text}${textOf(values[0]!)}\0`,
          values: [...key!.values, values[0]!],
        },
      ]
      continue
    }
    if (keys.length * values.length > maxCombinations) {
      throw tooManyGroups()
    }
    keys = keys.flatMap((k) =>
      values.map((v) => ({
        text: `${k.text}${textOf(v)}\0`,
        values: [...k.values, v],
      })),
    )
  }
  return keys
}

interface Planned {
  readonly aggregate: Aggregate
  readonly input: Input | undefined
  /** Of an aggregate over `*`. */
  readonly pattern: Wildcard | undefined
}

export interface Group {
  readonly key: Key
  readonly isKept: boolean
  readonly accumulators: readonly (Accumulator | undefined)[]
  /** Of aggregates over wildcards, by aggregate and field. */
  wild: Map<string, { as: string; accumulator: Accumulator }> | undefined
  lineage: Lineage | undefined
}

export class Groups {
  readonly #planned: readonly Planned[]
  readonly #by: ReadonlySet<string>
  readonly #groups = new Map<string, Group>()
  readonly #held: Held
  readonly #heldGroups: Held
  readonly #allNumbers: boolean
  readonly #lineages = new LineageSum()

  constructor(
    { aggregates, by, allNumbers = false }: GroupAggregates,
    what: string,
    { now, budget }: SharedContext,
  ) {
    this.#allNumbers = allNumbers
    this.#planned = aggregates.map((aggregate) => {
      const wild = aggregate.field?.includes('*')
      return {
        aggregate,
        input: wild ? undefined : inputOf(aggregate, now),
        pattern: wild ? new Wildcard(aggregate.field!) : undefined,
      }
    })
    this.#by = new Set(by)
    this.#held = new Held(budget, maxHeldValues, `"${what}": values`)
    this.#heldGroups = new Held(budget, maxGroups, `"${what}": groups`)
  }

  get size(): number {
    return this.#groups.size
  }

  group(key: Key): Group {
    const known = this.#groups.get(key.text)
    if (known) return known
    this.#heldGroups.entry(key.text, this.#planned.length)
    const made = this.#made(key, true)
    this.#groups.set(key.text, made)
    return made
  }

  /** A group that is not kept. */
  fresh(key: Key): Group {
    return this.#made(key, false)
  }

  #made(key: Key, isKept: boolean): Group {
    return {
      key,
      isKept,
      accumulators: this.#planned.map((p) =>
        p.input ? this.#accumulator(p.aggregate) : undefined,
      ),
      wild: undefined,
      lineage: undefined,
    }
  }

  #accumulator(a: Aggregate): Accumulator {
    const made = accumulator(a, this.#held)
    return this.#allNumbers ? numbersOnly(made) : made
  }

  /** All groups are gone. */
  clear(): void {
    this.#groups.clear()
    this.#held.clear()
    this.#heldGroups.clear()
  }

  find(key: Key): Group | undefined {
    return this.#groups.get(key.text)
  }

  #addLineage(group: Group, lineage: Lineage): void {
    const bytes = group.lineage?.bytes ?? 0
    const sum = this.#lineages.add(group.lineage, lineage)!
    group.lineage = sum
    this.#heldGroups.more(sum.bytes - bytes)
  }

  add(group: Group, row: Row): void {
    if (group.isKept && row.lineage) this.#addLineage(group, row.lineage)
    const time = numberOf(row.get('_time'))
    this.#planned.forEach((p, i) => {
      if (p.input) {
        const accumulate = group.accumulators[i]!
        for (const v of p.input(row)) accumulate.add(v, time)
      } else this.#addWild(group, p, i, row, time)
    })
  }

  #addWild(group: Group, p: Planned, i: number, row: Row, time: number | null) {
    for (const name of row.names()) {
      if (isInternal(name) || this.#by.has(name)) continue
      const m = p.pattern!.match(name)
      if (!m) continue
      const key = `${i} ${name}`
      group.wild ??= new Map()
      let entry = group.wild.get(key)
      if (!entry) {
        this.#held.entry(key, 1)
        entry = {
          as: wildName(p.aggregate, name, m),
          accumulator: this.#accumulator(p.aggregate),
        }
        group.wild.set(key, entry)
      }
      for (const v of toList(row.get(name))) entry.accumulator.add(v, time)
    }
  }

  /** Puts the results into a row. */
  write(group: Group, row: Row): void {
    this.#planned.forEach((p, i) => {
      const accumulate = group.accumulators[i]
      if (accumulate) row.set(p.aggregate.as, accumulate.result())
    })
    for (const { as, accumulator } of group.wild?.values() ?? [])
      row.set(as, accumulator.result())
  }

  *[Symbol.iterator](): Generator<Group> {
    yield* this.#groups.values()
  }
}

/** `values(Processes.*) as *`: each star takes what its fellow matched. */
function wildName(
  a: Aggregate,
  name: string,
  taken: readonly string[],
): string {
  if (!a.as.includes('*')) return a.as
  if (a.as === `${a.fn}(${a.field})`) return `${a.fn}(${name})`
  return fillWildcards(a.as, taken)
}

export function setKey(row: Row, by: readonly string[], key: Key): void {
  by.forEach((name, i) => {
    row.set(name, key.values[i] as Value)
  })
}

/** Values by number where both are, else by their characters. */
export function compareKeys(a: Key, b: Key): number {
  for (let i = 0; i < a.values.length; i++) {
    const order = compareForSort(a.values[i]!, b.values[i]!)
    if (order) return order
  }
  return 0
}
