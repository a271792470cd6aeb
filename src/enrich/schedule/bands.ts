// In which hours of the week does a program usually run on a host? Learned from process starts, in order of time: what came later says
// nothing. A band is an hour and its neighbours, since clocks are set twice a year and jobs do not begin on the minute.
import { type Process, programOf } from '../lineage/process.ts'
import { Recent } from '../recent.ts'

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

const msPerHour = 3_600_000
const hoursOfWeek = 168
const msPerWeek = hoursOfWeek * msPerHour
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
    const key = keyOf(host, image, hourOf(time))
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
    const hour = hourOf(time)
    const weeks = new Set(
      [hour - 1, hour, hour + 1].flatMap((h) => {
        const key = keyOf(host, image, (h + hoursOfWeek) % hoursOfWeek)
        return (this.#weeks.get(key) ?? []).filter((week) => week < now)
      }),
    )
    return { weeks: weeks.size, followed }
  }
}

/** 0 to 167, in UTC. */
function hourOf(time: number): number {
  return Math.floor(time / msPerHour) % hoursOfWeek
}

function keyOf(host: string, image: string, hour: number): string {
  return `${host}\0${programOf(image)}\0${hour}`
}
