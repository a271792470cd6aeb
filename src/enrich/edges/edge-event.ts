// An edge as an event: who reached whom, through what, and what differs; rules, searches and people meet it like any other.
import { digest, hex } from '../../base/digest.ts'
import { provenance, type Value } from '../../base/record.ts'
import { isoTime } from '../../base/time.ts'

import {
  type Event,
  EventShape,
  type MadeOf,
  valueAt,
} from '../../event/event.ts'
import { logSource } from '../../event/log-source.ts'

import type { Fact } from '../facts/fact.ts'
import type { Judged } from '../privilege/judged.ts'
import { privilegeOf, stepBetween } from '../privilege/privilege.ts'
import { accountOf, differs, parentageOf } from './differences.ts'
import type { EdgeKind, EdgeParts, Side } from './edge.ts'
import { identityOf, type OpenEdge } from './open-edges.ts'

export const edgeCategory = 'ipc_edge'

type Told<T> = readonly (readonly [
  name: string,
  of: (told: T) => Value | undefined,
])[]

const sideFields: Told<Side> = [
  ['Image', (s) => s.process?.image ?? s.image],
  ['CommandLine', (s) => s.process?.commandLine],
  ['ProcessId', (s) => s.process?.pid],
  ['ProcessGuid', (s) => s.process?.guid],
  ['ParentImage', ({ process: p }) => p?.parent?.image ?? p?.parentImage],
  [
    'ParentCommandLine',
    ({ process: p }) => p?.parent?.commandLine ?? p?.parentCommandLine,
  ],
  ['User', ({ process: p, user }) => p?.user ?? p?.effectiveUserId ?? user],
  ['Privilege', (s) => judgedOf(s).privilege],
  ['PrivilegeReason', (s) => judgedOf(s).reason],
  ['Integrity', (s) => s.process?.integrity],
  ['Signer', (s) => s.process?.signer],
  ['Team', (s) => s.process?.team],
  ['IsPlatformBinary', (s) => s.process?.isPlatform],
  ['LogonId', (s) => s.process?.logonId ?? s.logonId],
  ['Address', (s) => s.address],
  ['Known', (s) => s.known],
]

function ofSide(side: 'client' | 'server'): Told<OpenEdge> {
  const prefix = side === 'client' ? 'Client' : 'Server'
  return sideFields.map(([name, of]) => [
    `${prefix}${name}`,
    ({ parts }) => of(parts[side]),
  ])
}

const differences: Told<EdgeParts> = [
  ['UserDiffers', (e) => differs(accountOf(e.client), accountOf(e.server))],
  [
    'PrivilegeStep',
    ({ client, server }) =>
      stepBetween(judgedOf(client).privilege, judgedOf(server).privilege),
  ],
  [
    'IntegrityDiffers',
    ({ client: { process: a }, server: { process: b } }) =>
      differs(a?.integrity, b?.integrity),
  ],
  [
    'SignerDiffers',
    ({ client: { process: a }, server: { process: b } }) =>
      differs(a?.team ?? a?.signer, b?.team ?? b?.signer),
  ],
  [
    'SessionDiffers',
    ({ client, server }) =>
      differs(
        client.process?.logonId ?? client.logonId,
        server.process?.logonId,
      ),
  ],
  [
    'HostDiffers',
    ({ client }) =>
      client.address !== undefined ? 'yes' : client.process ? 'no' : 'unknown',
  ],
  ['Parentage', ({ client, server }) => parentageOf(client, server)],
]

const outcome: Told<OpenEdge> = [
  ['OutcomeImage', (e) => e.outcome?.process.image],
  ['OutcomeCommandLine', (e) => e.outcome?.process.commandLine],
  [
    'OutcomeUser',
    (e) => e.outcome?.process.user ?? e.outcome?.process.effectiveUserId,
  ],
  [
    'OutcomePrivilege',
    (e) => e.outcome && privilegeOf(e.outcome.process).privilege,
  ],
  ['OutcomeOf', (e) => e.outcome?.by],
  ['OutcomeDelayMs', (e) => e.outcome?.delayMs],
  ['OutcomeRecord', (e) => e.outcome?.process.origin?.record],
  ['OutcomeFile', (e) => e.file?.path],
]

const fields: Told<OpenEdge> = [
  ['category', () => edgeCategory],
  ['EdgeKind', (e) => e.parts.kind],
  ['EdgeId', idOf],
  ['EdgeCount', (e) => e.count],
  ['EdgeLast', (e) => isoTime(e.last) ?? ''],
  ['EdgeAction', (e) => e.parts.action],
  ['EdgeVerdict', (e) => e.parts.verdict],
  ['EdgeDelayMs', (e) => e.parts.delayMs],
  ['EndpointName', (e) => e.parts.endpoint.name],
  ['EndpointTemplate', (e) => e.parts.endpoint.template],
  ['EndpointTitle', (e) => e.parts.endpoint.title],
  ['EndpointOwner', (e) => e.parts.endpoint.owner],
  ...ofSide('client'),
  ...ofSide('server'),
  ...differences.map(
    ([name, of]) => [name, (e: OpenEdge) => of(e.parts)] as const,
  ),
  ...outcome,
  ['Computer', (e) => e.parts.facts[0]!.hostShown],
]

/** Known when it has ended. */
export const endFields: readonly string[] = ['EdgeCount', 'EdgeLast']
/** Known when something came of it. */
export const outcomeFields: readonly string[] = outcome.map(([name]) => name)

const names = fields.map(([name]) => name)
/** No content: keywords pass them over. */
const aside: readonly string[] = ['category', 'EdgeId', 'Computer']
/** By product and kind. */
const shapes = new Map<string, EventShape>()

function shapeOf(kind: EdgeKind, product: string | undefined): EventShape {
  const key = `${product ?? ''} ${kind}`
  let shape = shapes.get(key)
  if (!shape) {
    const source = logSource(product, [edgeCategory], [])
    const from = provenance('edges', 'edges', '', kind)
    shape = new EventShape(names, source, from, aside)
    shapes.set(key, shape)
  }
  return shape
}

/** Nothing of it is worked out that nobody asks for: valid until more facts come. */
export function edgeEvent(edge: OpenEdge): Event {
  const { parts } = edge
  const { hostShown, product, origin } = parts.facts[0]!
  const shape = shapeOf(parts.kind, product)
  return {
    shape,
    origin,
    value: (i) => valueAt(shape, i, (at) => fields[at]![1](edge)),
    time: () => parts.time,
    host: () => hostShown,
    get madeOf() {
      return [
        ...parts.facts.map(madeOf),
        ...outcomeRecord(edge),
        ...(edge.file ? [madeOf(edge.file.fact)] : []),
      ]
    },
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
