// What lineage says of an ordinary event, beside what its record says. A field that the record has stays, but for the command line of an
// audit event that is no exec: the kernel keeps the PROCTITLE of a pid's first event, which is stale after an exec.
import type { Value } from '../base/record.ts'

import type { PlainEvent } from '../event/made-event.ts'

import type { Sessions } from './edges/sessions.ts'
import type { Fact } from './facts/fact.ts'
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

export function enriched(
  event: PlainEvent,
  time: number,
  { processes, sessions, services, schedule }: Known,
): PlainEvent {
  const fact = factOf(event, time)
  const isStart = fact.category === 'process_creation'
  const process = processes.of(
    fact,
    isStart && 'StartedProcessId' in fact.fields
      ? { ...actorNaming, pid: 'StartedProcessId' }
      : actorNaming,
  )
  const added: Record<string, Value | undefined> = {
    ...ofProcess(process, sessions),
    StartedService: process && services.of(process),
    ...(schedule && cycleFieldsOf(schedule.judge(process, fact.host, time))),
    SourcePrivilege: privilegeOfNamed(processes, fact, sourceNaming),
    TargetPrivilege: privilegeOfNamed(processes, fact, targetNaming),
  }
  const overrides =
    event.product === 'linux' && !isStart ? process?.commandLine : undefined
  return withFields(event, added, overrides)
}

function factOf(event: PlainEvent, time: number): Fact {
  const fields: Record<string, Value> = {}
  for (const [i, name] of event.names.entries()) {
    const value = event.values[i]
    if (value !== undefined) fields[name] = value
  }
  return {
    kind: 'event',
    time,
    host: hostName(event.host),
    hostShown: event.host,
    product: event.product,
    category: event.category?.at(-1),
    service: event.service?.at(-1),
    fields,
    origin: event.origin,
  }
}

function ofProcess(
  process: Process | undefined,
  sessions: Sessions,
): Readonly<Record<string, Value | undefined>> {
  const parent = process?.parent
  const own = privilegeOf(process)
  const above = privilegeOf(parent)
  const session = process && sessions.of(process.host, process.logonId)
  const ancestors = process ? [...ancestorsOf(process)] : []
  return {
    ParentImage: parent?.image ?? process?.parentImage,
    ParentCommandLine: parent?.commandLine ?? process?.parentCommandLine,
    ParentUser: parent?.user ?? process?.parentUser,
    ScriptPath: process?.script,
    PreviousImage: process?.previousImage,
    ProcessPrivilege: own.privilege,
    ProcessPrivilegeReason: own.reason,
    ParentPrivilege: above.privilege,
    ParentPrivilegeReason: above.reason,
    PrivilegeStep: stepBetween(above.privilege, own.privilege),
    GrandparentImage: parent?.parent?.image ?? parent?.parentImage,
    GrandparentCommandLine: parent?.parent?.commandLine,
    Ancestors: ancestors.flatMap((p) => p.image ?? []),
    InterpreterLineage: process && lineageOf(process),
    SessionSourceIp: session?.address,
    SessionLogonType: session?.type,
  }
}

function privilegeOfNamed(
  processes: Processes,
  fact: Fact,
  naming: Naming,
): string | undefined {
  if (!(naming.pid in fact.fields) && !(naming.guid in fact.fields))
    return undefined
  return privilegeOf(processes.of(fact, naming)).privilege
}

function withFields(
  event: PlainEvent,
  added: Readonly<Record<string, Value | undefined>>,
  commandLine: string | undefined,
): PlainEvent {
  const names = [...event.names]
  const values = [...event.values]
  const own = names.length
  for (const [name, value] of Object.entries(added)) {
    if (value === undefined) continue
    const at = names.indexOf(name)
    if (at < 0) {
      names.push(name)
      values.push(value)
    } else values[at] ??= value
  }
  const at = names.indexOf('CommandLine')
  if (commandLine !== undefined) {
    if (at < 0) {
      names.push('CommandLine')
      values.push(commandLine)
    } else values[at] = commandLine
  }
  // What was added is no content of the record: keywords pass it over.
  const aside = [...(event.aside ?? []), ...names.slice(own)]
  return { ...event, names, values, aside }
}
