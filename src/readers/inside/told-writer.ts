// Agents that send an event's data may leave out who wrote it and in which log. What they do say tells: the product or log that
// they name, the id, and the names of the data.
// Sources: Microsoft Learn, "Appendix L: Events to Monitor" and the page of each audit event, for the ranges of ids; Sysinternals,
// "Sysmon"; the manifests of the providers.
import { namesOfEvent } from './positional-data.ts'

export interface ToldWriter {
  readonly provider?: string
  readonly channel: string
}

interface Writer extends ToldWriter {
  readonly provider: string
  /** What products and logs that are its own are called. */
  readonly called: RegExp
  /** The ids that it writes. */
  readonly writes: readonly (readonly [from: number, to: number])[]
}

const writers: readonly Writer[] = [
  {
    provider: 'Microsoft-Windows-Sysmon',
    channel: 'Microsoft-Windows-Sysmon/Operational',
    called: /sysmon/i,
    writes: [
      [1, 29],
      [255, 255],
    ],
  },
  {
    provider: 'Microsoft-Windows-PowerShell',
    channel: 'Microsoft-Windows-PowerShell/Operational',
    called: /power ?shell/i,
    writes: [[4100, 4106]],
  },
  {
    provider: 'Microsoft-Windows-WMI-Activity',
    channel: 'Microsoft-Windows-WMI-Activity/Operational',
    called: /wmi/i,
    writes: [[5857, 5861]],
  },
  {
    provider: 'Microsoft-Windows-TaskScheduler',
    channel: 'Microsoft-Windows-TaskScheduler/Operational',
    called: /task ?scheduler/i,
    writes: [[100, 332]],
  },
  {
    provider: 'Microsoft-Windows-Windows Defender',
    channel: 'Microsoft-Windows-Windows Defender/Operational',
    called: /defender/i,
    writes: [
      [1000, 1151],
      [2000, 2060],
      [5000, 5101],
    ],
  },
  {
    provider: 'Microsoft-Windows-Security-Auditing',
    channel: 'Security',
    called: /security/i,
    writes: [[4608, 6424]],
  },
  {
    provider: 'Service Control Manager',
    channel: 'System',
    called: /service control|\bsystem|winsystem/i,
    writes: [[7000, 7046]],
  },
]

/** Logs in which many write. */
const logs: readonly (readonly [called: RegExp, channel: string])[] = [
  [/(?:^|win|\W)system$/i, 'System'],
  [/(?:^|win|\W)application$/i, 'Application'],
  [/(?:^|win|\W)security$/i, 'Security'],
]

/** So many of the names that its writer gives an event of this id have to be there; of an event with fewer, all. */
const leastNames = 3

/** `hints`: products, logs and types of device, as the agent calls them. undefined: nothing tells. */
export function toldWriter(
  id: string,
  names: readonly string[],
  hints: readonly (string | undefined)[] = [],
): ToldWriter | undefined {
  const number = Number(id)
  const may = writers.filter(({ writes }) =>
    writes.some(([from, to]) => number >= from && number <= to),
  )
  const called = may.find(({ called }) =>
    hints.some((hint) => hint !== undefined && called.test(hint)),
  )
  return (
    called ??
    byNames(id, names, may) ??
    logCalled(hints) ??
    alone(number, may, hints)
  )
}

/** Smaller ids are many writers'. */
const leastOwnId = 1_000

/** Among the events of Windows itself nobody else has this id. */
function alone(
  id: number,
  may: readonly Writer[],
  hints: readonly (string | undefined)[],
): Writer | undefined {
  const isWindows = hints.some((hint) => hint && /windows/i.test(hint))
  return isWindows && id >= leastOwnId && may.length === 1 ? may[0] : undefined
}

function byNames(
  id: string,
  names: readonly string[],
  among: readonly Writer[],
): Writer | undefined {
  const there = new Set(names)
  const found = namesOfEvent(id).find(({ names: own }) => {
    const shared = own.filter((name) => there.has(name)).length
    return shared >= Math.min(leastNames, own.length)
  })
  if (found)
    return among.find((w) => w.provider.toLowerCase() === found.provider)
  // Of the audit of Windows alone, whatever it is about.
  const isAudit = there.has('SubjectUserName') || there.has('SubjectLogonId')
  return isAudit ? among.find((w) => w.channel === 'Security') : undefined
}

function logCalled(
  hints: readonly (string | undefined)[],
): ToldWriter | undefined {
  for (const [called, channel] of logs)
    if (hints.some((hint) => hint !== undefined && called.test(hint)))
      return { channel }
  return undefined
}
