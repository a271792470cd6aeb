// What a script does, in one paragraph for people.
import type { Action, ActionKind } from './action.ts'

type Said = Pick<Action, 'kind' | 'target' | 'host'>

/** In the order in which they are said; `%` stands for the targets. */
const sentences: readonly (readonly [ActionKind, string])[] = [
  ['com', 'makes the COM objects %'],
  ['wmi', 'uses WMI: %'],
  ['dde', 'talks DDE to %'],
  ['pipe_server', 'serves the named pipes %'],
  ['pipe_client', 'opens the named pipes %'],
  ['pipe_impersonation', 'takes on the identity of its pipe clients (%)'],
  ['socket_server', 'serves the UNIX sockets %'],
  ['socket_client', 'speaks to the UNIX sockets %'],
  ['fifo', 'makes the FIFOs %'],
  ['dbus', 'calls over D-Bus: %'],
  ['xpc', 'opens connections to the XPC services %'],
  ['apple_event', 'sends Apple Events to %'],
  ['shared_memory', 'shares memory: %'],
  ['process_access', 'reaches into other processes (%)'],
  ['enable', 'switches: %'],
  ['registry', 'sets the registry values %'],
  ['connect', 'connects to %'],
  ['listen', 'listens on %'],
  ['network_shell', 'gives a shell to the connection %'],
  ['write', 'writes %'],
  ['install', 'sets up %'],
  ['load', 'loads %'],
  ['evaluate', 'runs text as code: %'],
  ['piped_script', 'feeds script to interpreters through pipes: %'],
  ['start', 'starts %'],
]

/** Targets that are named of one kind; of the others the number is said. */
const maxTargets = 6
/** Of a target, in UTF-16 units. */
const maxUnits = 120

export interface ParagraphParts {
  readonly actions: readonly Said[]
  readonly obfuscation: readonly string[]
}

export function paragraphOf({ actions, obfuscation }: ParagraphParts): string {
  const said = sentences.flatMap(([kind, sentence]) => {
    const own = actions.filter((a) => a.kind === kind)
    return own.length ? [sentence.replace('%', () => targetsOf(own))] : []
  })
  const does = said.length
    ? `It ${said.join('; ')}.`
    : 'It does nothing that is told here.'
  if (!obfuscation.length) return does
  return `${does} Text of it is hidden by ${obfuscation.join(', ')}.`
}

function targetsOf(actions: readonly Said[]): string {
  const all = [...new Set(actions.map(targetOf))]
  const named = all.slice(0, maxTargets).join(', ')
  const more = all.length - maxTargets
  return more > 0 ? `${named} and ${more} more` : named
}

function targetOf({ target, host }: Said): string {
  const line = target.replace(/\s+/g, ' ')
  const short = line.length > maxUnits ? `${line.slice(0, maxUnits)}…` : line
  return host ? `${short} on ${host}` : short
}
