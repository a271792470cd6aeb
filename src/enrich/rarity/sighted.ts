// Which events are sightings, and of what? A row says which fields it takes and what it makes of them. Ordinary events are counted;
// edges are only judged, since the events that they are made of were counted.
import type { Value } from '../../base/record.ts'

import type { LogSource } from '../../event/log-source.ts'

import type { RuleLogSource } from '../../ir/rule.ts'

import { classCalledBy, isActivating } from '../edges/com-classes.ts'
import { programOf } from '../lineage/process.ts'
import { hourParts, interpreterParts } from './interpreters.ts'
import { notKnown, type RarityKind } from './kinds.ts'
import { nameTemplate, pathTemplate, plainPart } from './template.ts'

type Told = (name: string) => string | undefined

export interface SightedRow {
  readonly kind: RarityKind
  readonly logSource: RuleLogSource
  /** Parted by blanks. */
  readonly fields: string
  /** undefined: it is no sighting. */
  readonly parts: (
    told: Told,
    time: number | undefined,
  ) => readonly string[] | undefined
}

function moduleParts(told: Told): readonly string[] | undefined {
  const [module, loader] = [told('ImageLoaded'), told('Image')]
  if (!module || !loader) return undefined
  return [nameTemplate(module), signerOf(told), pathTemplate(loader)]
}

/** Who vouches for it: a signature that does not hold says nothing. */
function signerOf(told: Told): string {
  const signed = told('Signed')?.toLowerCase()
  const status = told('SignatureStatus')?.toLowerCase()
  if (signed === 'false') return 'unsigned'
  if (status !== undefined && status !== 'valid')
    return `invalid: ${plainPart(status)}`
  const signer = told('Signature')
  return signer ? plainPart(signer) : signed === undefined ? notKnown : 'signed'
}

function pipeParts(told: Told): readonly string[] | undefined {
  const [template, owner] = [told('PipeTemplate'), told('Image')]
  if (!template || !owner || template.startsWith('<')) return undefined
  if (/connect/i.test(told('EventType') ?? '')) return undefined
  return [plainPart(template), pathTemplate(owner)]
}

/** Of a process of Windows that is started to serve a class. */
export function startedServer(
  image: string | undefined,
  commandLine: string | undefined,
): readonly string[] | undefined {
  if (!image || !commandLine || !isActivating(commandLine)) return undefined
  const id = classCalledBy(commandLine, programOf(image))
  return [plainPart(id), pathTemplate(image)]
}

const serverKey =
  /\\clsid\\(\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\})\\(?:inproc|local)server32(?:\\\(?default\)?|\\\{default\})?$/i

function registeredServerParts(told: Told): readonly string[] | undefined {
  const id = serverKey.exec(told('TargetObject') ?? '')?.[1]
  const server = id && programIn(told('Details') ?? '')
  return server ? [plainPart(id), pathTemplate(server)] : undefined
}

/** Of a command line: what is called, without what it is called with. */
function programIn(commandLine: string): string | undefined {
  const text = commandLine.trim()
  const quoted = /^"([^"]+)"/.exec(text)?.[1]
  return quoted ?? /^.+?\.(?:exe|dll|ocx|cpl|tlb|com|scr)\b/i.exec(text)?.[0]
}

function xpcParts(told: Told): readonly string[] | undefined {
  const service = told('XpcService')
  return service
    ? [plainPart(service), teamOf(told('IsPlatformBinary'), told('TeamId'))]
    : undefined
}

function teamOf(isPlatform: string | undefined, team: string | undefined) {
  return isPlatform === 'true' ? 'macos itself' : plainPart(team ?? 'none')
}

function socketParts(told: Told): readonly string[] | undefined {
  const [path, program] = [told('SocketPath'), told('Image')]
  // A call that failed reached nobody.
  if (!path || !program || told('SyscallSuccess') === 'false') return undefined
  return [pathTemplate(path), pathTemplate(program)]
}

function edgeParts(
  kind: RarityKind,
  told: Told,
): readonly string[] | undefined {
  const [name, template] = [told('EndpointName'), told('EndpointTemplate')]
  const [client, server] = [told('ClientImage'), told('ServerImage')]
  switch (kind) {
    case 'pipe':
      return template && server
        ? [plainPart(template), pathTemplate(server)]
        : undefined
    case 'com':
      return name && server
        ? [plainPart(name), pathTemplate(server)]
        : undefined
    case 'xpc':
      return name
        ? [
            plainPart(name),
            teamOf(told('ClientIsPlatformBinary'), told('ClientTeam')),
          ]
        : undefined
    default:
      return name && client
        ? [pathTemplate(name), pathTemplate(client)]
        : undefined
  }
}

function edge(kind: RarityKind, edgeKind: string): SightedRow {
  return {
    kind,
    logSource: { category: 'ipc_edge' },
    fields:
      'EdgeKind EndpointName EndpointTemplate ClientImage ServerImage ClientTeam ClientIsPlatformBinary',
    parts: (told) =>
      told('EdgeKind') === edgeKind ? edgeParts(kind, told) : undefined,
  }
}

/** What is counted where events are; process starts, of which several providers tell, are where they are joined. */
export const countedRows: readonly SightedRow[] = [
  {
    kind: 'module',
    logSource: { category: 'image_load' },
    fields: 'ImageLoaded Image Signed SignatureStatus Signature',
    parts: moduleParts,
  },
  {
    kind: 'pipe',
    logSource: { category: 'pipe_created' },
    fields: 'PipeTemplate Image EventType',
    parts: pipeParts,
  },
  {
    kind: 'com',
    logSource: { category: 'registry_set', product: 'windows' },
    fields: 'TargetObject Details',
    parts: registeredServerParts,
  },
  {
    kind: 'xpc',
    logSource: { category: 'xpc_connect' },
    fields: 'XpcService TeamId IsPlatformBinary',
    parts: xpcParts,
  },
  {
    kind: 'socket',
    logSource: { category: 'socket_connect' },
    fields: 'SocketPath Image SyscallSuccess',
    parts: socketParts,
  },
]

export const judgedRows: readonly SightedRow[] = [
  ...countedRows,
  {
    kind: 'com',
    logSource: { category: 'process_creation', product: 'windows' },
    fields: 'Image CommandLine',
    parts: (told) => startedServer(told('Image'), told('CommandLine')),
  },
  {
    kind: 'interpreter',
    logSource: { category: 'process_creation' },
    fields: 'Image InterpreterLineage',
    parts: (told) =>
      interpreterParts(told('Image'), told('InterpreterLineage')),
  },
  {
    kind: 'hour',
    logSource: { category: 'process_creation' },
    fields: 'Image',
    parts: (told, time) => hourParts(told('Image'), time),
  },
  edge('pipe', 'named_pipe'),
  edge('com', 'com'),
  edge('xpc', 'xpc'),
  edge('socket', 'unix_socket'),
  // Buses are sockets, and edges of a kind of their own.
  edge('socket', 'dbus'),
]

/** Whether events of a log source may be sightings of the row. An event of which the category is not known is none. */
export function isSightedBy(
  { logSource }: SightedRow,
  source: Pick<LogSource, 'product' | 'category'>,
): boolean {
  const { product, category } = logSource
  if (!source.category?.includes(category!)) return false
  return product === undefined || (source.product ?? product) === product
}

export function textOf(value: Value | undefined): string | undefined {
  const one = Array.isArray(value) ? value[0] : value
  return one === undefined || one === null || one === ''
    ? undefined
    : String(one)
}
