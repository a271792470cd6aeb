// Redirections of shells: what a command reads from and writes to, and which descriptors stand for what from there on.
import type { Command } from '../fold/call.ts'
import { flowOf, isOf, ofConnection, ofPipe } from '../fold/flow.ts'
import { redirectOf } from '../fold/functions/shell.ts'
import { object, shownOf, unknown, type Value, withVia } from '../fold/value.ts'
import { languageOfName } from '../language.ts'
import { connectionOf } from './ends.ts'
import { tellFile } from './places.ts'

export interface Ends {
  /** What it reads; absent: what the script itself reads. */
  readonly input?: Value
  readonly output?: Value
  /** All that is opened, by number. */
  readonly opened: ReadonlyMap<string, Value>
  /** One of them is of whoever started the script. */
  readonly handedDown: boolean
}

const descriptor = (n: string): string => `fd:${n}`

/** Of a command with its redirections, one after the other. */
export function endsOf(command: Command): Ends {
  const opened = new Map<string, Value>()
  let handedDown = false
  const current = (n: string) => opened.get(n) ?? command.get(descriptor(n))
  for (const { sign, target } of command.words.flatMap(redirectOf)) {
    if (sign.includes('<<') || !target) continue
    const shown = shownOf(target)
    const copies = sign.endsWith('&') && /^(?:\d{1,3}-?|-|\{.*)$/.test(shown)
    const known = flowOf(target.via) ? target : current(shown)
    if (copies && shown !== '-' && !known && !(Number(shown) <= 2))
      handedDown = true
    const to = copies ? known : openedAs(command, shown)
    if (!to) continue
    for (const n of numbersOf(sign, copies)) opened.set(n, to)
  }
  const input = command.piped
    ? command.input
    : (opened.get('0') ?? command.input ?? current('0'))
  const output = current('1')
  return {
    ...(input && { input }),
    ...(output && { output }),
    opened,
    handedDown,
  }
}

/** Which descriptors a sign is for: `&>` and `>&` with a path are for both that are written. */
function numbersOf(sign: string, copies: boolean): readonly string[] {
  const own = /^\d+/.exec(sign)?.[0]
  if (own) return [own]
  if (/^&>/.test(sign) || (sign === '>&' && !copies)) return ['1', '2']
  return [sign.startsWith('<') ? '0' : '1']
}

const network = /^\/dev\/(?:tcp|udp)\/([^/]{1,255})\/(.{1,255})$/

function openedAs(command: Command, path: string): Value | undefined {
  if (network.test(path)) return connectionOf('socket')
  return path && path !== '-' ? written(command, path) : undefined
}

/** What the script has put into a file, or into a FIFO that it made. */
export function written(command: Command, path: string): Value {
  return command.session.file(path) ?? unknown(path)
}

export function isFifo(value: Value | undefined): boolean {
  return value?.kind === 'object' && value.type === 'fifo'
}

export function makeFifo(command: Command, path: string): void {
  command.session.write(path, object('fifo', { via: ofPipe }))
}

/** `exec 3<>/dev/tcp/host/port`: the script's own, from here on. */
export function keepOpened(command: Command, { opened }: Ends): void {
  for (const [n, value] of opened) {
    command.define(descriptor(n), value)
    if (n === '0' && isOf(value, ofConnection)) command.mark('shell')
  }
}

/** Tells what is opened, and keeps what is written. */
export function tellRedirects(command: Command, made: Value | undefined): void {
  for (const { sign, target } of command.words.flatMap(redirectOf)) {
    const path = shownOf(target)
    const [, host, port] = network.exec(path) ?? []
    if (host) {
      command.tell('connect', `${host}:${port}`)
      command.mark('connection')
    } else if (isPath(sign, path)) tellPath(command, sign, path, made)
  }
}

function isPath(sign: string, path: string): boolean {
  const copies = sign.endsWith('&') && /^(?:\d{1,3}-?|\{.*)$/.test(path)
  return !sign.includes('<<') && !copies && path !== '' && path !== '-'
}

function tellPath(
  command: Command,
  sign: string,
  path: string,
  made: Value | undefined,
): void {
  const writes = sign.includes('>')
  tellFile(command, path, writes)
  if (!writes) return
  const known = command.session.file(path)
  const flow = flowOf(made?.via ?? 0)
  // Whoever reads a FIFO reads of whom writes to it.
  if (known && isFifo(known))
    command.session.write(path, withVia(known, known.via | flow))
  else if (made) command.session.write(path, made)
  const language = languageOfName(path)
  if (language && made && made.kind !== 'unknown')
    command.script(made, language)
}
