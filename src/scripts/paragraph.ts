// What a script does, in one paragraph for people.
import type { Action, ActionKind } from './action.ts'

type Said = Pick<Action, 'kind' | 'target' | 'host' | 'entry'>
type SaidTarget = Pick<Said, 'target'> & { readonly host?: string | undefined }

/** In the order in which they are said; `%` stands for the targets, `{s}` for there being several. */
const sentences: readonly (readonly [ActionKind, string])[] = [
  ['com', 'makes the COM object{s} %'],
  ['wmi', 'uses WMI: %'],
  ['dde', 'talks DDE to %'],
  ['pipe_server', 'serves the named pipe{s} %'],
  ['pipe_client', 'opens the named pipe{s} %'],
  ['pipe_impersonation', 'takes on the identity of its pipe clients (%)'],
  ['socket_server', 'serves the UNIX socket{s} %'],
  ['socket_client', 'speaks to the UNIX socket{s} %'],
  ['fifo', 'makes the FIFO{s} %'],
  ['dbus', 'calls over D-Bus: %'],
  ['xpc', 'opens a connection to the XPC service{s} %'],
  ['apple_event', 'sends Apple Events to %'],
  ['prompt', 'asks for a password: %'],
  ['shared_memory', 'shares memory: %'],
  ['process_access', 'reaches into other processes (%)'],
  ['enable', 'switches on: %'],
  ['disable', 'switches off: %'],
  ['registry', 'sets the registry value{s} %'],
  ['connect', 'connects to %'],
  ['listen', 'listens on %'],
  ['pipe_commands', 'runs as code what comes through the named pipe{s} %'],
  ['memory_commands', 'runs as code what is in the shared memory %'],
  ['network_shell', 'gives a shell to the connection %'],
  ['container_request', 'asks a container runtime: %'],
  ['write', 'writes %'],
  ['install', 'sets up %'],
  ['load', 'loads %'],
  ['evaluate', 'runs text as code: %'],
  ['piped_script', 'feeds script to interpreters through pipes: %'],
  ['start', 'starts %'],
]

/** One action: `makes the COM object WScript.Shell`. */
export function phraseOf(kind: string, target: string, host?: string): string {
  const [, sentence = `${kind} %`] = sentences.find(([k]) => k === kind) ?? []
  const shown = targetOf({ target, host: host || undefined })
  return sentence.replace('{s}', '').replace('%', () => shown)
}

/** Targets that are named of one kind; of the others the number is said. */
const maxTargets = 6
/** Of a target, in UTF-16 units. */
const maxUnits = 120

export interface ParagraphParts {
  readonly actions: readonly Said[]
  readonly obfuscation: readonly string[]
  /** What of it is not followed. */
  readonly limits?: readonly string[]
}

export function paragraphOf(parts: ParagraphParts): string {
  const { limits = [], obfuscation } = parts
  const said = [doesOf(parts)]
  if (obfuscation.length)
    said.push(`Text of it is hidden by ${obfuscation.join(', ')}.`)
  if (limits.length)
    said.push(`It is not followed to its end: ${limits.join('; ')}.`)
  return said.join(' ')
}

function doesOf({ actions }: ParagraphParts): string {
  const said = sentences.flatMap(([kind, sentence]) => {
    const own = actions.filter((a) => a.kind === kind)
    if (!own.length) return []
    const targets = [...new Set(own.map(targetOf))]
    const some = sentence.replace('{s}', targets.length > 1 ? 's' : '')
    return [some.replace('%', () => named(targets))]
  })
  const entries = [...new Set(actions.flatMap((a) => a.entry ?? []))]
  if (entries.length) said.unshift(`starts by itself (${named(entries)})`)
  return said.length
    ? `It ${said.join('; ')}.`
    : 'It does nothing that is told here.'
}

function named(targets: readonly string[]): string {
  const some = targets.slice(0, maxTargets).join(', ')
  const more = targets.length - maxTargets
  return more > 0 ? `${some} and ${more} more` : some
}

function targetOf({ target, host }: SaidTarget): string {
  const line = target.replace(/\s+/g, ' ')
  const short = line.length > maxUnits ? `${line.slice(0, maxUnits)}…` : line
  return host ? `${short} on ${host}` : short
}
