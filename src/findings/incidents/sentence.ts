// What happened, as a sentence: who, to whom, through what, with what result. Of an edge all of it is known; of a single record what its
// finding shows.
import { grouped } from '../../base/shown.ts'

import { phraseOf } from '../../scripts/paragraph.ts'

import type { Evidence, Finding } from '../finding.ts'

type Fields = Evidence['fields']

/** Of a finding: what its first record that says something says, and how often. '' where none does. `shown`: a time for the reader. */
export function storyOf(
  { time, evidence, explanation }: Finding,
  shown: (iso: string) => string = (iso) => iso,
): string {
  const told = toldOf(evidence)
  const { matches = 1, last } = explanation
  if (!told || last === undefined || matches < 2) return told
  const until = last === time ? '' : ` until ${shown(last)}`
  return `${told}, ${grouped(matches)} times${until}`
}

/** What the first record says; of a sequence of different ones also what the last says, which is what came of it. */
function toldOf(evidence: readonly Evidence[]): string {
  const first = evidence.findIndex((e) => sentenceOf(e))
  const before = evidence[first]
  const after = evidence.at(-1)
  if (!before || !after) return ''
  const told = sentenceOf(before)
  const isSequence =
    before.logSource.category !== 'ipc_edge' && kindOf(before) !== kindOf(after)
  const result = isSequence ? sentenceOf(after) : ''
  return result ? `${told}; then ${result}` : told
}

function kindOf({ logSource, fields }: Evidence): string {
  return logSource.category ?? String(fields.EventID ?? '')
}

export function sentenceOf({ fields, logSource }: Evidence): string {
  const category = logSource.category ?? ''
  const way = byCategory.find(
    ([is, needs]) => is.test(category) && needs.some((n) => n in fields),
  )
  return (
    way?.[2](fields) ??
    byService(fields) ??
    byShare(fields) ??
    byLogon(fields) ??
    byDcom(fields) ??
    byFields(fields)
  )
}

function byService(f: Fields): string | undefined {
  const command = shown(f, 'ServiceCommand')
  if (!command) return undefined
  return words(
    'the service',
    shown(f, 'ServiceName'),
    'was made to run',
    command,
    by(f),
  )
}

/** Security 5145. */
function byShare(f: Fields): string | undefined {
  const from = shown(f, 'SourceIp')
  const pipe = shown(f, 'PipeName')
  if (!from || !pipe) return undefined
  return words(
    shown(f, 'User') ?? 'somebody',
    'of',
    from,
    'opened',
    pipe,
    'over the network',
  )
}

/** Security 4624. */
function byLogon(f: Fields): string | undefined {
  const user = shown(f, 'User')
  const type = shown(f, 'LogonType')
  if (!user || !type || f.EventID === undefined) return undefined
  const from = shown(f, 'SourceIp')
  return words(
    user,
    'logged on',
    type === '3' ? 'over the network' : `(type ${type})`,
    from && `from ${from}`,
  )
}

/** Events 10016 and its like of the System log. */
function byDcom(f: Fields): string | undefined {
  const clsid = shown(f, 'Clsid')
  if (!clsid || !/DistributedCOM$/.test(shown(f, 'Provider_Name') ?? ''))
    return undefined
  return words(
    shown(f, 'User') ?? 'somebody',
    shown(f, 'DcomOrigin') === 'Remote' && 'of another host',
    'was refused the class',
    clsid,
  )
}

/** Which events, which fields (one of them) it takes, and what it says. */
const byCategory: readonly (readonly [
  RegExp,
  readonly string[],
  (f: Fields) => string,
])[] = [
  [/^ipc_edge$/, ['EdgeKind', 'EndpointName'], edge],
  [
    /^process_creation$/,
    ['CommandLine', 'Image'],
    (f) => {
      const parent = shown(f, 'ParentImage')
      const command = shown(f, 'CommandLine') ?? shown(f, 'Image')
      return parent
        ? words(parent, 'started', command, by(f))
        : words(command, 'was started', by(f))
    },
  ],
  [
    /^pipe_created$/,
    ['PipeName'],
    (f) =>
      words(
        shown(f, 'Image'),
        /connect/i.test(shown(f, 'EventType') ?? '') ? 'opened' : 'offered',
        shown(f, 'PipeName'),
        by(f),
      ),
  ],
  [
    /^registry_delete$/,
    ['TargetObject'],
    (f) =>
      shown(f, 'Image')
        ? words(shown(f, 'Image'), 'deleted', shown(f, 'TargetObject'), by(f))
        : words(shown(f, 'TargetObject'), 'was deleted'),
  ],
  [
    /^registry_/,
    ['TargetObject'],
    (f) =>
      words(
        shown(f, 'Image'),
        'wrote',
        shown(f, 'TargetObject'),
        shown(f, 'Details') && `= ${shown(f, 'Details')}`,
        by(f),
      ),
  ],
  [
    /^(?:image|driver)_load$/,
    ['ImageLoaded'],
    (f) => words(shown(f, 'Image'), 'loaded', shown(f, 'ImageLoaded'), by(f)),
  ],
  [
    /^(?:process_access|create_remote_thread)$/,
    ['SourceImage', 'Image', 'TargetImage'],
    (f) =>
      words(
        shown(f, 'SourceImage') ?? shown(f, 'Image'),
        'reached into',
        shown(f, 'TargetImage') ??
          shown(f, 'TargetProcessName') ??
          'another process',
        shown(f, 'AccessRights') && `(${shown(f, 'AccessRights')})`,
      ),
  ],
  [
    /^(?:socket|network|xpc)_connect/,
    ['SocketPath', 'XpcService', 'DestinationIp', 'SourceIp'],
    (f) =>
      words(
        shown(f, 'Image'),
        isTaken(f) ? 'took a connection:' : 'connected to',
        shown(f, 'SocketPath') ?? shown(f, 'XpcService') ?? peer(f),
        by(f),
      ),
  ],
  [
    /^fifo_create$/,
    ['TargetFilename'],
    (f) =>
      words(
        shown(f, 'Image'),
        'made the FIFO',
        shown(f, 'TargetFilename'),
        by(f),
      ),
  ],
  [
    /^socket_bind$/,
    ['SocketPath'],
    (f) =>
      words(shown(f, 'Image'), 'listens at', shown(f, 'SocketPath'), by(f)),
  ],
  [
    /^shared_memory$/,
    ['Image'],
    (f) =>
      words(
        shown(f, 'Image'),
        'asked for shared memory',
        shown(f, 'SharedMemoryKey') && `of key ${shown(f, 'SharedMemoryKey')}`,
        by(f),
      ),
  ],
  [
    /^file_/,
    ['TargetFilename'],
    (f) => words(shown(f, 'Image'), 'wrote', shown(f, 'TargetFilename'), by(f)),
  ],
  [
    /^document_item$/,
    ['DdeCommand', 'Target', 'ItemText'],
    (f) =>
      words(
        shown(f, 'DocumentName') ?? 'the document',
        shown(f, 'DocumentPart') && `(${shown(f, 'DocumentPart')})`,
        'holds',
        shown(f, 'DdeCommand') ?? shown(f, 'Target') ?? shown(f, 'ItemText'),
      ),
  ],
  [
    /^script_action$/,
    ['ActionKind'],
    (f) =>
      words(
        shown(f, 'ScriptPath') ??
          words('script in', shown(f, 'ScriptLanguage') ?? 'some language'),
        phraseOf(
          shown(f, 'ActionKind')!,
          shown(f, 'ActionTarget') ?? '',
          shown(f, 'ActionHost'),
        ),
      ),
  ],
]

const maxWord = 160

function isTaken(f: Fields): boolean {
  return /^false$/i.test(shown(f, 'Initiated') ?? '')
}

/** Of a connection that was taken, versions of Sysmon differ on which side is the source: both are said. */
function peer(f: Fields): string {
  const port = shown(f, 'DestinationPort')
  const from = shown(f, 'SourceIp')
  const to = shown(f, 'DestinationIp')
  return words(
    isTaken(f) && from && to ? `${from} to ${to}` : (to ?? from),
    port && `port ${port}`,
  )
}

function edge(f: Fields): string {
  const client = clientOf(f)
  if (shown(f, 'EdgeVerdict') === 'denied')
    return words(client, 'was refused', shown(f, 'EdgeAction') ?? 'a call')
  const server = shown(f, 'ServerImage') ?? 'a server that no record names'
  const outcome = shown(f, 'OutcomeImage')
  const endpoint = words(shown(f, 'EndpointTitle'), shown(f, 'EndpointName'))
  const count = Number(f.EdgeCount ?? 1)
  return words(
    client,
    'reached',
    `${server}${privilege(f, 'Server')}`,
    endpoint && `through ${endpoint}`,
    count > 1 && `${count} times`,
    outcome &&
      `; then ran ${shown(f, 'OutcomeCommandLine') ?? outcome}${privilege(f, 'Outcome')}`,
  ).replaceAll(' ;', ';')
}

function clientOf(f: Fields): string {
  const own = shown(f, 'ClientUser')
  const user = own && /^\d+$/.test(own) ? `uid ${own}` : own
  const image = shown(f, 'ClientImage')
  const address = shown(f, 'ClientAddress')
  const said = privilege(f, 'Client')
  if (image) return words(`${image}${said}`, user && `of ${user}`)
  if (address) return `${user ?? 'somebody'} at ${address}${said}`
  return words(`a client that no record names${said}`, user && `of ${user}`)
}

function privilege(f: Fields, of: string): string {
  const said = shown(f, `${of}Privilege`)
  return said && said !== 'unknown' ? ` (${said})` : ''
}

function by(f: Fields): string | undefined {
  const user = shown(f, 'User')
  return user && `as ${user}`
}

function byFields(f: Fields): string {
  return Object.entries(f)
    .slice(0, 4)
    .map(([name]) => `${name} ${shown(f, name) ?? '-'}`)
    .join(', ')
}

function shown(f: Fields, name: string): string | undefined {
  const value = f[name]
  if (value === undefined || value === null || value === '') return undefined
  const text = String(value)
  return text.length > maxWord ? `${text.slice(0, maxWord)}...` : text
}

function words(...parts: readonly (string | false | undefined)[]): string {
  return parts.filter(Boolean).join(' ')
}
