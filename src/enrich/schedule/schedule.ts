// Does a process run out of cycle? yes, no or unknown, with the reason: the windows of its host, the programs that manage it, and the
// hours in which it usually runs.
import { globTest } from '../../base/glob.ts'
import { hostTest } from '../../base/host-test.ts'
import { plural } from '../../base/shown.ts'
import { isoTime } from '../../base/time.ts'
import { inZone, type Zone } from '../../base/zone.ts'

import { ancestorsOf, type Process, programOf } from '../lineage/process.ts'
import type { Bands } from './bands.ts'
import { type Calendar, wallTime } from './calendar.ts'

export interface MaintenanceWindow {
  readonly name: string
  /** Any of them. */
  readonly when: readonly Calendar[]
  readonly zone: Zone
  /** Empty: all hosts. */
  readonly hosts: readonly string[]
}

/** A program that runs others in the course of management: it or what started it fits all that is said. */
export interface ManagementLineage {
  readonly name: string
  readonly image?: string
  readonly commandLine?: string
  readonly user?: string
  readonly hosts: readonly string[]
}

export interface ScheduleConfig {
  readonly zone: Zone
  readonly windows: readonly MaintenanceWindow[]
  readonly management: readonly ManagementLineage[]
  /** Weeks in which a program must have run in a band; undefined: bands are not learned. */
  readonly learnedWeeks?: number
}

export interface OutOfCycle {
  readonly out: 'yes' | 'no' | 'unknown'
  readonly reason: string
}

type OnHost = (host: string) => boolean

export class Schedule {
  readonly #config: ScheduleConfig
  readonly #bands: Bands | undefined
  readonly #windows: readonly (readonly [MaintenanceWindow, OnHost])[]
  readonly #management: readonly {
    readonly name: string
    readonly onHost: OnHost
    readonly fits: (p: Process) => boolean
  }[]

  constructor(config: ScheduleConfig, bands?: Bands) {
    this.#config = config
    this.#bands = config.learnedWeeks === undefined ? undefined : bands
    this.#windows = config.windows.map((w) => [w, onHost(w.hosts)])
    this.#management = config.management.map((m) => ({
      name: m.name,
      onHost: onHost(m.hosts),
      fits: fitting(m),
    }))
  }

  started(process: Process, time: number): void {
    this.#bands?.note(process, time)
  }

  judge(process: Process | undefined, host: string, time: number): OutOfCycle {
    const own = this.#windows.filter(([, on]) => on(host)).map(([w]) => w)
    const open = own.find((w) => isOpen(w, time))
    if (open)
      return no(
        `window "${open.name}" is open at ${this.#clock(open.zone, time)}`,
      )
    const managed = process && this.#managedBy(process, host)
    if (managed) return no(managed)
    const usual = this.#usual(process, host, time)
    if (usual.out === 'no') return usual
    if (!own.length && usual.out === 'unknown')
      return unknown(`no window is for host ${host}${also(usual.reason)}`)
    if (this.#management.length && !isLineageKnown(process))
      return unknown(
        'what started it is not known, so whether it was management is not',
      )
    const said = [
      own.length
        ? `no window of host ${host} is open at ${this.#clock(own[0]!.zone, time)} (${own.map((w) => w.name).join(', ')})`
        : '',
      this.#management.length
        ? `nothing that manages started it (${lineText(process)})`
        : '',
      usual.reason,
    ]
    return { out: 'yes', reason: said.filter(Boolean).join('; ') }
  }

  #managedBy(process: Process, host: string): string | undefined {
    const kin = [process, ...ancestorsOf(process)]
    for (const { name, onHost: on, fits } of this.#management) {
      const found = on(host) ? kin.find(fits) : undefined
      if (found)
        return `${programOf(found.image) || 'its ancestor'} is management: "${name}"`
    }
    return undefined
  }

  /** 'no': it usually runs at this hour; 'unknown': nothing was learned yet. */
  #usual(process: Process | undefined, host: string, time: number): OutOfCycle {
    const least = this.#config.learnedWeeks
    if (!this.#bands || least === undefined) return unknown('')
    const { weeks, followed } = this.#bands.before(host, process?.image, time)
    const program = programOf(process?.image) || 'it'
    const ran = `${program} ran at this hour of the week in ${plural(weeks, 'week')} before`
    if (weeks >= least) return no(ran)
    if (followed < least)
      return unknown(
        `${plural(Math.floor(followed), 'week')} of host ${host} are known, and hours are learned in ${least}`,
      )
    return { out: 'yes', reason: ran }
  }

  #clock(zone: Zone, time: number): string {
    const day = dayNames[wallTime(time, zone.offsetAt(time)).weekday]
    return `${day} ${inZone(zone, isoTime(time) ?? '')}`
  }
}

const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

function no(reason: string): OutOfCycle {
  return { out: 'no', reason }
}

function unknown(reason: string): OutOfCycle {
  return { out: 'unknown', reason }
}

function also(reason: string): string {
  return reason && `; ${reason}`
}

function isOpen({ when, zone }: MaintenanceWindow, time: number): boolean {
  const at = wallTime(time, zone.offsetAt(time))
  return when.some((c) => c.isOpen(at))
}

function onHost(hosts: readonly string[]): OnHost {
  return hosts.length ? hostTest(hosts) : () => true
}

function fitting({ image, commandLine, user }: ManagementLineage) {
  const tests = [
    [image, (p: Process) => p.image],
    [commandLine, (p: Process) => p.commandLine],
    [user, (p: Process) => p.user],
  ] as const
  const asked = tests.flatMap(([pattern, of]) =>
    pattern === undefined
      ? []
      : [{ test: globTest(pattern, { ignoreCase: true }), of }],
  )
  return (p: Process) => asked.every(({ test, of }) => test(of(p) ?? ''))
}

function isLineageKnown(process: Process | undefined): boolean {
  return (process?.parent?.image ?? process?.parentImage) !== undefined
}

/** The nearest last. */
function lineText(process: Process | undefined): string {
  const above = process ? [...ancestorsOf(process)] : []
  const names = above.map((p) => programOf(p.image)).filter(Boolean)
  return names.reverse().join(' > ') || 'what started it is not known'
}
