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

type Fields = Readonly<Record<string, Value | undefined>>

export function edgeEvent(edge: OpenEdge): PlainEvent {
  const { parts } = edge
  const [main] = parts.facts
  const { hostShown, product, origin } = main!
  const fields: Fields = {
    category: edgeCategory,
    EdgeKind: parts.kind,
    EdgeId: idOf(edge),
    EdgeCount: edge.count,
    EdgeLast: new Date(edge.last).toISOString(),
    EdgeAction: parts.action,
    EdgeDelayMs: parts.delayMs,
    EndpointName: parts.endpoint.name,
    EndpointTemplate: parts.endpoint.template,
    EndpointTitle: parts.endpoint.title,
    EndpointOwner: parts.endpoint.owner,
    ...sideFields('Client', parts.client),
    ...sideFields('Server', parts.server),
    ...differenceFields(parts.client, parts.server),
    ...outcomeFields(edge),
    Computer: hostShown,
  }
  const names = Object.keys(fields)
  return {
    names,
    aside: ['category', 'EdgeId', 'Computer'],
    values: names.map((name) => fields[name]),
    product,
    category: [edgeCategory],
    service: [],
    provenance: provenance('edges', 'edges', '', parts.kind),
    origin,
    time: parts.time,
    host: hostShown,
    madeOf: parts.facts.map(madeOf),
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

function sideFields(of: 'Client' | 'Server', side: Side): Fields {
  const p = side.process
  const { privilege, reason } = judgedOf(side)
  const fields: Fields = {
    Image: p?.image ?? side.image,
    CommandLine: p?.commandLine,
    ProcessId: p?.pid,
    ProcessGuid: p?.guid,
    ParentImage: p?.parent?.image ?? p?.parentImage,
    ParentCommandLine: p?.parent?.commandLine ?? p?.parentCommandLine,
    User: p?.user ?? p?.effectiveUserId ?? side.user,
    Privilege: privilege,
    PrivilegeReason: reason,
    Integrity: p?.integrity,
    Signer: p?.signer,
    Team: p?.team,
    IsPlatformBinary: p?.isPlatform,
    LogonId: p?.logonId ?? side.logonId,
    Address: side.address,
    Known: side.known,
  }
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [`${of}${name}`, value]),
  )
}

function differenceFields(client: Side, server: Side): Fields {
  const [a, b] = [client.process, server.process]
  const isRemote = client.address !== undefined
  return {
    UserDiffers: differs(accountOf(client), accountOf(server)),
    PrivilegeStep: stepBetween(
      judgedOf(client).privilege,
      judgedOf(server).privilege,
    ),
    IntegrityDiffers: differs(a?.integrity, b?.integrity),
    SignerDiffers: differs(a?.team ?? a?.signer, b?.team ?? b?.signer),
    SessionDiffers: differs(a?.logonId ?? client.logonId, b?.logonId),
    HostDiffers: isRemote ? 'yes' : a ? 'no' : 'unknown',
    Parentage: parentageOf(client, server),
  }
}

function outcomeFields({ outcome }: OpenEdge): Fields {
  const p = outcome?.process
  return {
    OutcomeImage: p?.image,
    OutcomeCommandLine: p?.commandLine,
    OutcomeUser: p?.user ?? p?.effectiveUserId,
    OutcomePrivilege: p && privilegeOf(p).privilege,
    OutcomeOf: outcome?.by,
    OutcomeDelayMs: outcome?.delayMs,
    OutcomeRecord: p?.origin?.record,
  }
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
