// AppleScript: what is told to whom, and what a shell is given.
import type { Known } from '../fold/call.ts'
import { characterOf, reversed } from '../fold/decode.ts'
import type { Table } from '../fold/functions/text.ts'
import {
  bitOf,
  itemsOf,
  joined,
  list,
  numberOf,
  shownOf,
  text,
  textOf,
  unknown,
  viaOf,
} from '../fold/value.ts'

const tells: Known = (call) => {
  const [application, machine] = call.args
  const host = machine
    ? shownOf(machine)
        .replace(/^eppc:\/\/(?:[^@/]*@)?/, '')
        .split('/', 1)[0]!
    : undefined
  call.tell('apple_event', shownOf(application), { host })
  return undefined
}

const shellScript: Known = (call) => {
  call.commandLine(call.args[0])
  if (call.args[1]) call.tell('xpc', 'com.apple.security.authtrampoline')
  call.script(call.args[0], 'shell')
  return unknown('output')
}

/** What is done with keyboard and mouse in the place of a person. */
const types =
  (what: string): Known =>
  (call) => {
    call.tell('apple_event', `System Events ${what} ${shownOf(call.args[0])}`)
    return undefined
  }

/** Whose answer is hidden as it is typed. */
const asks: Known = (call) => {
  call.tell('prompt', shownOf(call.args[0]))
  return unknown('password')
}

const characters: Known = ({ args }) => {
  const codes = args[0]?.kind === 'list' ? args[0].items : args
  const via = viaOf(codes) | bitOf('character codes')
  const out = codes.map((c) => textOf(characterOf(numberOf(c) ?? -1, via)))
  if (out.some((c) => c === undefined)) return undefined
  return text(out.join(''), via)
}

export const applescriptCalls: Table = {
  '[tell]': tells,
  '[do shell script]': shellScript,
  '[do script]': (call) => {
    call.commandLine(call.args[0])
    call.script(call.args[0], 'shell')
    return undefined
  },
  '[run script]': (call) => {
    call.tell('evaluate', shownOf(call.args[0]))
    call.script(call.args[0], 'applescript')
    return undefined
  },
  '[do javascript]': (call) => {
    call.tell('evaluate', shownOf(call.args[0]))
    return undefined
  },
  '[load script]': (call) => {
    call.tell('load', shownOf(call.args[0]))
    return undefined
  },
  '[open location]': (call) => {
    call.tell('connect', shownOf(call.args[0]))
    return undefined
  },
  '[keystroke]': types('keystroke'),
  '[key code]': types('key code'),
  '[click button]': types('click button'),
  '[display dialog]': asks,
  '[character]': characters,
  '[reverse]': ({ args, budget }) => {
    const made = reversed(args[0], budget)
    return made?.kind === 'list'
      ? text(joined(made.items, '') ?? '', made.via)
      : made
  },
  '[characters]': ({ args }) => list(itemsOf(args[0]) ?? []),
}
