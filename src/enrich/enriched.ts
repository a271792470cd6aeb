// What lineage says of an ordinary event, beside what its record says. A field that the record has stays, but for the command line of an
// audit event that is no exec: the kernel keeps the PROCTITLE of a pid's first event, which is stale after an exec.
import type { Value } from '../base/record.ts'

import { ByShape } from '../event/by-shape.ts'
import type { Event, EventShape } from '../event/event.ts'
import { withAdded } from '../event/made-event.ts'

import type { Sessions } from './edges/sessions.ts'
import type { Fact } from './facts/fact.ts'
import { actorFields } from './facts/kinds.ts'
import { hostName } from './host-name.ts'
import { ancestorsOf, type Process } from './lineage/process.ts'
import {
  type Naming,
  actorNaming,
  type Processes,
  sourceNaming,
  targetNaming,
} from './lineage/processes.ts'
import type { Services } from './lineage/services.ts'
import { privilegeOf, stepBetween } from './privilege/privilege.ts'
import { lineageOf } from './rarity/interpreters.ts'
import { cycleFieldsOf } from './schedule/fields.ts'
import type { Schedule } from './schedule/schedule.ts'

/** What was told until then. */
export interface Known {
  readonly processes: Processes
  readonly sessions: Sessions
  readonly services: Services
  /** Where rules ask what is out of cycle. */
  readonly schedule?: Schedule | undefined
}

/** Of one event. */
interface Told extends Known {
  readonly fact: Fact
  readonly process: Process | undefined
}

/** Nothing of it is worked out that nobody asks for: valid until more is told. */
export function enriched(event: Event, time: number, known: Known): Event {
  const fact = factOf(event, time)
  const isStart = fact.category === 'process_creation'
  const process = known.processes.of(
    fact,
    isStart && 'StartedProcessId' in fact.fields
      ? { ...actorNaming, pid: 'StartedProcessId' }
      : actorNaming,
  )
  const told: Told = { ...known, fact, process }
  const value = (i: number) => rows[i]![1](told)
  return fact.product === 'linux' && !isStart
    ? withAdded(event, { names: allNames, value, over: commandLine })
    : withAdded(event, { names: namesOfAll, value })
}

const commandLine = 'CommandLine'

const ofSession = ({ process: p, sessions }: Told) =>
  p && sessions.of(p.host, p.logonId)
const ofCycle = ({ process, fact, schedule }: Told) =>
  schedule && cycleFieldsOf(schedule.judge(process, fact.host, fact.time))
const ofNamed =
  (naming: Naming) =>
  ({ processes, fact: { fields }, fact }: Told) =>
    naming.pid in fields || naming.guid in fields
      ? privilegeOf(processes.of(fact, naming)).privilege
      : undefined

type Row = readonly [name: string, of: (told: Told) => Value | undefined]

const rows: readonly Row[] = [
  ['ParentImage', ({ process: p }) => p?.parent?.image ?? p?.parentImage],
  [
    'ParentCommandLine',
    ({ process: p }) => p?.parent?.commandLine ?? p?.parentCommandLine,
  ],
  ['ParentUser', ({ process: p }) => p?.parent?.user ?? p?.parentUser],
  ['ScriptPath', ({ process }) => process?.script],
  ['PreviousImage', ({ process }) => process?.previousImage],
  ['ProcessPrivilege', ({ process }) => privilegeOf(process).privilege],
  ['ProcessPrivilegeReason', ({ process }) => privilegeOf(process).reason],
  ['ParentPrivilege', ({ process }) => privilegeOf(process?.parent).privilege],
  [
    'ParentPrivilegeReason',
    ({ process }) => privilegeOf(process?.parent).reason,
  ],
  [
    'PrivilegeStep',
    ({ process: p }) =>
      stepBetween(privilegeOf(p?.parent).privilege, privilegeOf(p).privilege),
  ],
  [
    'GrandparentImage',
    ({ process: p }) => p?.parent?.parent?.image ?? p?.parent?.parentImage,
  ],
  [
    'GrandparentCommandLine',
    ({ process: p }) => p?.parent?.parent?.commandLine,
  ],
  [
    'Ancestors',
    ({ process: p }) =>
      (p ? [...ancestorsOf(p)] : []).flatMap(({ image }) => image ?? []),
  ],
  ['InterpreterLineage', ({ process: p }) => p && lineageOf(p)],
  ['SessionSourceIp', (told) => ofSession(told)?.address],
  ['SessionLogonType', (told) => ofSession(told)?.type],
  ['StartedService', ({ process: p, services }) => p && services.of(p)],
  ['OutOfCycle', (told) => ofCycle(told)?.OutOfCycle],
  ['OutOfCycleReason', (told) => ofCycle(told)?.OutOfCycleReason],
  ['SourcePrivilege', ofNamed(sourceNaming)],
  ['TargetPrivilege', ofNamed(targetNaming)],
  // The last: only where it stands before what the record says.
  [commandLine, ({ process }) => process?.commandLine],
]
const allNames = rows.map(([name]) => name)
const namesOfAll = allNames.slice(0, -1)

/** What tells which process it was, and what is told of it. */
const factNames = [
  ...actorFields,
  ...[sourceNaming, targetNaming].flatMap(({ pid, guid, image }) => [
    pid,
    guid,
    image,
  ]),
  ...['StartedProcessId', 'ParentUser'],
]
const factPlaces = new ByShape((shape: EventShape) =>
  factNames.flatMap((name): [string, number][] => {
    const at = shape.indexOf(name)
    return at < 0 ? [] : [[name, at]]
  }),
)

function factOf(event: Event, time: number): Fact {
  const fields: Record<string, Value> = {}
  let units = 0
  for (const [name, at] of factPlaces.of(event.shape)) {
    const value = event.value(at)
    if (value === undefined) continue
    fields[name] = value
    if (typeof value === 'string') units += value.length
  }
  const { product, category, service } = event.shape.logSource
  return {
    kind: 'event',
    time,
    host: hostName(event.host()),
    hostShown: event.host(),
    product,
    category: category?.at(-1),
    service: service?.at(-1),
    fields,
    origin: event.origin,
    units,
  }
}
