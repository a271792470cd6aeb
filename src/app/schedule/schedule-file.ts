// A schedule in a file: when hosts are maintained, which programs manage them, and whether usual hours are learned.
import type { Diagnostic } from '../../base/diagnostic.ts'
import { type Zone, zoneOf } from '../../base/zone.ts'

import { CalendarError, readCalendar } from '../../enrich/schedule/calendar.ts'
import type {
  MaintenanceWindow,
  ManagementLineage,
  ScheduleConfig,
} from '../../enrich/schedule/schedule.ts'

import { readRegularFile, reasonOf } from '../../readers/regular-file.ts'

import { readShaped, type Shape } from '../../rule-text/shape.ts'
import type { Path } from '../../rule-text/yaml/locate.ts'

import { UnusableSchedule } from './unusable.ts'

/** Bytes of a file that is read. */
const maxBytes = 4 * 1024 * 1024

const text = (what: string, example?: string): Shape => ({
  kind: 'text',
  what,
  read: (t) => (t.trim() ? t : undefined),
  ...(example !== undefined && { example }),
})
const texts = (what: string, of: Shape): Shape => ({
  kind: 'list',
  orOne: true,
  what,
  of,
})
const hosts = texts(
  'hosts; * and ? stand for parts of names',
  text('the name of a host'),
)
const zone: Shape = {
  kind: 'text',
  what: 'a time zone: UTC, local, +02:00 or a name such as Europe/Berlin',
  read: zoneOf,
  example: 'Europe/Berlin',
}

const window: Shape = {
  kind: 'map',
  what: 'a maintenance window',
  needs: ['name', 'when'],
  keys: {
    name: text('what it is called'),
    // Read below, where it can be said what is wrong with it.
    when: texts(
      'when it is open',
      text(
        'months, days and hours, such as Tue#2 22:00-04:00',
        'Sat 22:00-04:00',
      ),
    ),
    hosts,
    'time-zone': zone,
  },
}

const management: Shape = {
  kind: 'map',
  what: 'a program that manages hosts: it may run others at any time',
  needs: ['name'],
  keys: {
    name: text('what it is called'),
    image: text('its path; * and ? stand for parts of it'),
    command: text('its command line; * and ? stand for parts of it'),
    user: text('whom it runs as; * and ? stand for parts of the name'),
    hosts,
  },
}

export const scheduleShape: Shape = {
  kind: 'map',
  what: 'when hosts are maintained, and by what',
  keys: {
    'time-zone': zone,
    windows: { kind: 'list', what: 'maintenance windows', of: window },
    management: { kind: 'list', what: 'programs that manage', of: management },
    learn: {
      kind: 'map',
      what: 'hours of the week in which a program usually runs on a host',
      needs: ['weeks'],
      keys: {
        weeks: {
          kind: 'text',
          what: 'in how many weeks it must have run in that hour: 1 to 8',
          read: (t) => (/^[1-8]$/.test(t) ? Number(t) : undefined),
          example: '3',
        },
      },
    },
  },
}

interface WrittenWindow {
  readonly name: string
  readonly when: readonly string[]
  readonly hosts?: readonly string[]
  readonly 'time-zone'?: Zone
}

interface WrittenManagement {
  readonly name: string
  readonly image?: string
  readonly command?: string
  readonly user?: string
  readonly hosts?: readonly string[]
}

interface WrittenSchedule {
  readonly 'time-zone'?: Zone
  readonly windows?: readonly WrittenWindow[]
  readonly management?: readonly WrittenManagement[]
  readonly learn?: { readonly weeks: number }
}

/** Throws `UnusableSchedule` where the file is not there or not right; `diagnostic` hears what is wrong with it. */
export function scheduleOf(
  path: string,
  diagnostic: (d: Diagnostic) => void,
): ScheduleConfig {
  let own: string
  try {
    own = readRegularFile(path, maxBytes)
  } catch (error) {
    throw new UnusableSchedule(
      `schedule "${path}" cannot be read: ${reasonOf(error)}`,
    )
  }
  const { schedule, diagnostics } = scheduleIn(own, path)
  for (const d of diagnostics) diagnostic(d)
  if (diagnostics.length)
    throw new UnusableSchedule(`schedule "${path}" is not right`)
  return schedule
}

/** What is wrong comes as diagnostics with places; then the schedule is not to be used. */
export function scheduleIn(
  own: string,
  path: string,
): {
  readonly schedule: ScheduleConfig
  readonly diagnostics: readonly Diagnostic[]
} {
  const codes = { syntax: 'W003', shape: 'W004' }
  const shaped = readShaped(scheduleShape, own, path, codes)
  const diagnostics = [...shaped.diagnostics]
  if (diagnostics.length) return { schedule: nothing, diagnostics }
  const wrong = (message: string, at: Path) => {
    const severity = 'error'
    const position = shaped.position(at)
    diagnostics.push({ code: 'W004', severity, message, file: path, position })
  }
  const written = (shaped.value ?? {}) as WrittenSchedule
  const { windows = [], management: managing = [], learn } = written
  const usual = written['time-zone'] ?? utc
  if (!windows.length && !learn)
    wrong('expected windows or learn: else no hour is out of cycle', [])
  const schedule = {
    zone: usual,
    windows: windows.map((w, i) => windowOf(w, usual, i, wrong)),
    management: managing.map((m, i) => managementOf(m, i, wrong)),
    ...(learn && { learnedWeeks: learn.weeks }),
  }
  return { schedule, diagnostics }
}

type Wrong = (message: string, at: Path) => void

function windowOf(
  { name, when, hosts: on = [], 'time-zone': own }: WrittenWindow,
  usual: Zone,
  index: number,
  wrong: Wrong,
): MaintenanceWindow {
  const calendars = when.flatMap((expression, k) => {
    try {
      return readCalendar(expression)
    } catch (error) {
      if (!(error instanceof CalendarError)) throw error
      const at = ['windows', index, 'when', k]
      wrong(`window "${name}": ${error.message}`, at)
      return []
    }
  })
  return { name, when: calendars, zone: own ?? usual, hosts: on }
}

function managementOf(
  { name, image, command, user, hosts: on = [] }: WrittenManagement,
  index: number,
  wrong: Wrong,
): ManagementLineage {
  if (image === undefined && command === undefined && user === undefined) {
    const message = `management "${name}": expected image, command or user: without any, every program would be management`
    wrong(message, ['management', index])
  }
  return {
    name,
    hosts: on,
    ...(image !== undefined && { image }),
    ...(command !== undefined && { commandLine: command }),
    ...(user !== undefined && { user }),
  }
}

const utc: Zone = { offsetAt: () => 0 }
const nothing: ScheduleConfig = { zone: utc, windows: [], management: [] }
