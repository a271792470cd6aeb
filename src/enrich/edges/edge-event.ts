// An edge as an event: who reached whom, through what, and what differs; rules, searches and people meet it like any other.
import { digest, hex } from '../../base/digest.ts'
import { provenance, type Value } from '../../base/record.ts'

import type { MadeOf } from '../../event/event.ts'
import type { PlainEvent } from '../../event/made-event.ts'

import type { Fact } from '../facts/fact.ts'
import type { Judged } from '../privilege/judged.ts'
import { privilegeOf, stepBetween } from '../privilege/privilege.ts'
import { accountOf, differs, parentageOf } from './differences.ts'
import type { Side } from './edge.ts'
import { identityOf, type OpenEdge } from './open-edges.ts'

export const edgeCategory = 'ipc_edge'

const sideNames = [
  'Image',
  'CommandLine',
  'ProcessId',
  'ProcessGuid',
  'ParentImage',
  'ParentCommandLine',
  'User',
  'Privilege',
  'PrivilegeReason',
  'Integrity',
  'Signer',
  'Team',
  'IsPlatformBinary',
  'LogonId',
  'Address',
  'Known',
] as const

/** One list for all: events of one list of names share a shape. */
const names: readonly string[] = [
  'category',
  'EdgeKind',
  'EdgeId',
  'EdgeCount',
  'EdgeLast',
  'EdgeAction',
  'EdgeVerdict',
  'EdgeDelayMs',
  'EndpointName',
  'EndpointTemplate',
  'EndpointTitle',
  'EndpointOwner',
  ...sideNames.map((name) => `Client${name}`),
  ...sideNames.map((name) => `Server${name}`),
  'UserDiffers',
  'PrivilegeStep',
  'IntegrityDiffers',
  'SignerDiffers',
  'SessionDiffers',
  'HostDiffers',
  'Parentage',
  'OutcomeImage',
  'OutcomeCommandLine',
  'OutcomeUser',
  'OutcomePrivilege',
  'OutcomeOf',
  'OutcomeDelayMs',
  'OutcomeRecord',
  'OutcomeFile',
  'Computer',
]

/** No content: keywords pass them over. */
const aside: readonly string[] = ['category', 'EdgeId', 'Computer']
const category: readonly string[] = [edgeCategory]
const service: readonly string[] = []

export function edgeEvent(edge: OpenEdge): PlainEvent {
  const { parts } = edge
  const { kind, endpoint, client, server, time } = parts
  const { hostShown, product, origin } = parts.facts[0]!
  return {
    names,
    aside,
    values: [
      edgeCategory,
      kind,
      idOf(edge),
      edge.count,
      new Date(edge.last).toISOString(),
      parts.action,
      parts.verdict,
      parts.delayMs,
      endpoint.name,
      endpoint.template,
      endpoint.title,
      endpoint.owner,
      ...sideValues(client),
      ...sideValues(server),
      ...differences(client, server),
      ...outcomeOf(edge),
      edge.file?.path,
      hostShown,
    ],
    product,
    category,
    service,
    provenance: provenance('edges', 'edges', '', kind),
    origin,
    time,
    host: hostShown,
    madeOf: [
      ...parts.facts.map(madeOf),
      ...outcomeRecord(edge),
      ...(edge.file ? [madeOf(edge.file.fact)] : []),
    ],
  }
}

/** The same for the same edge, in every run. */
function idOf({ parts }: OpenEdge): string {
  const { a, b } = digest(
    `${identityOf(parts)}\0${parts.facts[0]!.host}\0${parts.time}`,
  )
  return hex(a) + hex(b)
}

export function judgedOf(side: Side): Judged {
  return side.judged ?? privilegeOf(side.process)
}

type Values = readonly (Value | undefined)[]

/** As `sideNames`. */
function sideValues(side: Side): Values {
  const p = side.process
  const { privilege, reason } = judgedOf(side)
  return [
    p?.image ?? side.image,
    p?.commandLine,
    p?.pid,
    p?.guid,
    p?.parent?.image ?? p?.parentImage,
    p?.parent?.commandLine ?? p?.parentCommandLine,
    p?.user ?? p?.effectiveUserId ?? side.user,
    privilege,
    reason,
    p?.integrity,
    p?.signer,
    p?.team,
    p?.isPlatform,
    p?.logonId ?? side.logonId,
    side.address,
    side.known,
  ]
}

function differences(client: Side, server: Side): Values {
  const [a, b] = [client.process, server.process]
  const isRemote = client.address !== undefined
  return [
    differs(accountOf(client), accountOf(server)),
    stepBetween(judgedOf(client).privilege, judgedOf(server).privilege),
    differs(a?.integrity, b?.integrity),
    differs(a?.team ?? a?.signer, b?.team ?? b?.signer),
    differs(a?.logonId ?? client.logonId, b?.logonId),
    isRemote ? 'yes' : a ? 'no' : 'unknown',
    parentageOf(client, server),
  ]
}

function outcomeOf({ outcome }: OpenEdge): Values {
  const p = outcome?.process
  return [
    p?.image,
    p?.commandLine,
    p?.user ?? p?.effectiveUserId,
    p && privilegeOf(p).privilege,
    outcome?.by,
    outcome?.delayMs,
    p?.origin?.record,
  ]
}

/** The record of what a side started, where it was recorded. */
function outcomeRecord({ outcome }: OpenEdge): readonly MadeOf[] {
  const p = outcome?.process
  if (!p?.origin || p.start === undefined) return []
  const { image, commandLine, user } = p
  const fields = { Image: image, CommandLine: commandLine, User: user }
  return [
    {
      origin: p.origin,
      time: p.start,
      host: p.host,
      product: p.product,
      category: 'process_creation',
      service: undefined,
      fields: Object.fromEntries(
        Object.entries(fields).flatMap(([name, value]) =>
          value === undefined ? [] : [[name, value]],
        ),
      ),
    },
  ]
}

const shown: readonly string[] = [
  'Image',
  'CommandLine',
  'User',
  'PipeName',
  'EventType',
  'SocketPath',
  'XpcService',
  'TargetFilename',
  'SourceImage',
  'TargetImage',
  'SourceIp',
]

/** A record that an edge rests on, as evidence names it. */
export function madeOf(fact: Fact): MadeOf {
  const { origin, time, product, category, service, fields } = fact
  return {
    origin,
    time,
    host: fact.hostShown,
    product,
    category,
    service,
    fields: Object.fromEntries(
      shown.flatMap((name) =>
        Object.hasOwn(fields, name) ? [[name, fields[name]!]] : [],
      ),
    ),
  }
}
