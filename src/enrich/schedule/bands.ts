// In which hours of the week does a program usually run on a host? Learned from process starts, in order of time: what came later says
// nothing. A band is an hour and its neighbours, since clocks are set twice a year and jobs do not begin on the minute.
import {
  hourName,
  hourOfWeek,
  hoursOfWeek,
  msPerWeek,
} from '../hour-of-week.ts'
import { type Process, programOf } from '../lineage/process.ts'
import type { Baseline } from '../rarity/baseline.ts'
import { countOf } from '../rarity/sighting.ts'
import { hostPart, plainPart } from '../rarity/template.ts'
import { Recent } from '../../base/recent.ts'

export interface Bands {
  /** A process started. */
  note(process: Process, time: number): void
  /** Before this time. */
  before(host: string, image: string | undefined, time: number): BandsSeen
}

export interface BandsSeen {
  /** Weeks in which the program ran in this band. */
  readonly weeks: number
  /** Weeks for which the host was followed. */
  readonly followed: number
}

/** Programs on hosts in hours that are remembered. */
const maxBands = 100_000
const maxHosts = 20_000
/** Weeks that are told apart. */
const maxWeeks = 8

export class LearnedBands implements Bands {
  /** Numbers of weeks, the last few. */
  readonly #weeks = new Recent<readonly number[]>(maxBands)
  readonly #first = new Recent<{ readonly time: number }>(maxHosts)

  note({ host, image }: Process, time: number): void {
    if (!this.#first.get(host)) this.#first.set(host, { time })
    if (!image) return
    const key = keyOf(host, image, hourOfWeek(time))
    const week = Math.floor(time / msPerWeek)
    const known = this.#weeks.get(key) ?? []
    if (known.at(-1) === week) return
    this.#weeks.set(key, [...known, week].slice(-maxWeeks))
  }

  before(host: string, image: string | undefined, time: number): BandsSeen {
    const first = this.#first.get(host)?.time ?? time
    const followed = Math.max(0, time - first) / msPerWeek
    if (!image) return { weeks: 0, followed }
    const now = Math.floor(time / msPerWeek)
    const hour = hourOfWeek(time)
    const weeks = new Set(
      [hour - 1, hour, hour + 1].flatMap((h) => {
        const key = keyOf(host, image, (h + hoursOfWeek) % hoursOfWeek)
        return (this.#weeks.get(key) ?? []).filter((week) => week < now)
      }),
    )
    return { weeks: weeks.size, followed }
  }
}

function keyOf(host: string, image: string, hour: number): string {
  return `${host}\0${programOf(image)}\0${hour}`
}

/** What a baseline says of interpreters: it counts runs in an hour, from the first to the last, and no weeks between them. */
export class BaselineBands implements Bands {
  readonly #baseline: Baseline

  constructor(baseline: Baseline) {
    this.#baseline = baseline
  }

  note(): void {}

  before(host: string, image: string | undefined, time: number): BandsSeen {
    const { hour } = this.#baseline.of
    const name = hostPart(host)
    const of = hour.populationOf(name)
    const followed = of ? (of.last - of.first) / msPerWeek : 0
    if (!image) return { weeks: 0, followed }
    const now = hourOfWeek(time)
    const weeks = [now - 1, now, now + 1].map((h) => {
      const program = plainPart(programOf(image))
      const seen = hour.of([program, hourName(h), name])
      const apart = seen ? Math.round((seen.last - seen.first) / msPerWeek) : 0
      return seen ? Math.min(countOf(seen), apart + 1) : 0
    })
    return { weeks: most(weeks), followed }
  }
}

/** What one of them says is enough. */
export class AllBands implements Bands {
  readonly #all: readonly Bands[]

  constructor(all: readonly Bands[]) {
    this.#all = all
  }

  note(process: Process, time: number): void {
    for (const bands of this.#all) bands.note(process, time)
  }

  before(host: string, image: string | undefined, time: number): BandsSeen {
    const seen = this.#all.map((bands) => bands.before(host, image, time))
    return {
      weeks: most(seen.map((s) => s.weeks)),
      followed: most(seen.map((s) => s.followed)),
    }
  }
}

function most(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => Math.max(a, b), 0)
}
