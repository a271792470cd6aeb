// Programs of Windows that change settings, set something up or reach another host.
import type { Command, KnownCommand } from '../../fold/call.ts'
import { decoded, fromBase64, fromHex } from '../../fold/decode.ts'
import { list, text, textOf, type Value } from '../../fold/value.ts'
import { hostIn, isOther, isUrl, tellFile, urlIn } from '../places.ts'
import { tellRegistry } from '../settings.ts'
import { Words } from '../words.ts'

import { starts, tellStart } from './told.ts'

const regsvr32: KnownCommand = (command) => {
  tellStart(command)
  const words = new Words(command.words)
  const from = words.shown
    .map((w) => /^[-/]i:(.+)$/i.exec(w)?.[1])
    .find(Boolean)
  if (from && words.has(/scrobj/i)) {
    command.tell('com', `scriptlet ${from}`)
    const url = urlIn(from)
    if (url) command.tell('connect', url)
  }
  return undefined
}

const certutil: KnownCommand = (command) => {
  tellStart(command)
  const words = new Words(command.words)
  const url = words.shown.find(isUrl)
  if (url) command.tell('connect', url)
  const to = words.plain.at(-1)
  if (words.has(/decode|urlcache/i) && to) tellFile(command, to, true)
  const at = words.at(/^[-/]decode(?:hex)?$/i)
  const from = words.plain.at(-2)
  if (at >= 0 && from && to)
    keepDecoded(command, words.shown[at]!, command.session.peek(from), to)
  return undefined
}

/** Lines around it say that it is encoded. */
const armour = /-{5}(?:BEGIN|END)[^-\n]{0,64}-{5}/g

function keepDecoded(
  command: Command,
  way: string,
  encoded: Value | undefined,
  to: string,
): void {
  const written = textOf(encoded)
  if (written === undefined) return
  const bare = text(written.replace(armour, ''), encoded!.via)
  const isHex = /hex$/i.test(way)
  const raw = isHex
    ? fromHex(bare, command.budget)
    : fromBase64(bare, command.budget)
  command.session.write(to, decoded(raw))
}

const reg: KnownCommand = (command) => {
  const words = new Words(command.words)
  if (!/^add$/i.test(words.shown[0] ?? '')) {
    tellStart(command)
    return undefined
  }
  const name = words.textAfter(/^\/v$/i)
  const data = words.textAfter(/^\/d$/i)
  tellRegistry(
    command,
    [words.shown[1] ?? '', name].filter(Boolean).join('\\'),
    data,
  )
  return undefined
}

const schtasks: KnownCommand = (command) => {
  tellStart(command)
  const words = new Words(command.words)
  const host = words.textAfter(/^\/s$/i)
  if (words.has(/^\/create$/i)) {
    command.tell('install', `task ${words.textAfter(/^\/tn$/i)}`, {
      host: isOther(host) ? host : undefined,
    })
    command.commandLine(words.after(/^\/tr$/i))
  }
  return undefined
}

const service: KnownCommand = (command) => {
  tellStart(command)
  const words = new Words(command.words)
  const host = hostIn(`${words.shown[0] ?? ''}\\`)
  const at = words.at(/^(?:create|config)$/i)
  if (at >= 0)
    command.tell('install', `service ${words.shown[at + 1] ?? ''}`, { host })
  return undefined
}

const wmic: KnownCommand = (command) => {
  tellStart(command)
  const words = new Words(command.words)
  const line = words.shown.join(' ')
  const host = /\/node:"?([^\s"]+)/i.exec(line)?.[1]
  const other = isOther(host) ? host : undefined
  const created = /process\s+call\s+create\s+(\S.*)/is
    .exec(line)?.[1]
    ?.trimEnd()
    .replace(/^["']|["']$/g, '')
  command.tell('wmi', created ? 'Win32_Process.Create' : line, { host: other })
  if (created) command.commandLine(text(created), { host: other })
  return undefined
}

/** Windows' start: a title, options, then the command. */
const startCommand: KnownCommand = (command) => {
  const words = new Words(command.words)
  let i = 0
  while (
    i < words.shown.length &&
    (/^\//.test(words.shown[i]!) || words.shown[i] === '')
  )
    i++
  if (i < words.shown.length)
    command.commandLine(list(words.all.slice(i) as Value[]))
  return undefined
}

/** Definitions of WMI, in a file that the script wrote. */
const mofcomp: KnownCommand = (command) => {
  tellStart(command)
  for (const path of new Words(command.words).plain)
    command.script(command.session.file(path), 'mof')
  return undefined
}

export const windowsPrograms: Readonly<Record<string, KnownCommand>> = {
  mofcomp,
  regsvr32,
  certutil,
  reg,
  schtasks,
  sc: service,
  wmic,
  winrs: starts,
  start: startCommand,
}
