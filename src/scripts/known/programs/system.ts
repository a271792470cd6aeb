// Programs of UNIX that set something up or reach into processes, and those that start the command behind them in their place.
import type { KnownCommand } from '../../fold/call.ts'
import { concat, list, shownOf, type Value } from '../../fold/value.ts'
import { tellFile } from '../places.ts'
import { Words } from '../words.ts'

import { tellStart } from './told.ts'

const launchctl: KnownCommand = (command) => {
  tellStart(command)
  const words = new Words(command.words)
  if (words.has(/^(?:load|bootstrap|submit|kickstart)$/))
    command.tell('install', `agent ${words.plain.at(-1) ?? ''}`)
  return undefined
}

const systemd: KnownCommand = (command) => {
  tellStart(command)
  const words = new Words(command.words)
  if (/^(?:enable|start|link)$/.test(words.plain[0] ?? ''))
    command.tell('install', `unit ${words.plain[1] ?? ''}`)
  return undefined
}

/** Commands of debuggers that run code in the process. */
const calls =
  /^(?:call|print|p|compile code|expr(?:ession)?)\b.{1,256}?\w\s{0,4}\(/

const debuggers: KnownCommand = (command) => {
  tellStart(command)
  const words = new Words(command.words)
  const pid = words.textAfter(/^-p$|^--pid$|^-p\d/)
  if (!pid) return undefined
  command.tell('process_access', `${command.name} ${pid}`)
  const call = words.shown.find((w) => calls.test(w))
  if (call) command.tell('process_access', `${command.name} calls ${call}`)
  return undefined
}

const memoryTool: KnownCommand = (command) => {
  tellStart(command)
  if (command.name === 'ipcmk')
    command.tell('shared_memory', command.words.map(shownOf).join(' '))
  return undefined
}

const copies: KnownCommand = (command) => {
  const words = new Words(command.words)
  const { plain } = words
  const to = plain.at(-1)
  if (plain.length < 2 || !to) return undefined
  tellFile(command, to, true)
  // `copy /b a+b c`: end to end.
  const parts = plain
    .slice(0, -1)
    .join('+')
    .split('+')
    .map((path) => command.session.peek(path))
  if (parts.every((p): p is Value => p !== undefined))
    command.session.write(
      to,
      parts.length > 1 ? concat(parts, command.budget) : parts[0],
    )
  return undefined
}

/** In the folder where it lies: the second word is a name alone. */
const renames: KnownCommand = (command) => {
  const [from, to, ...more] = new Words(command.words).plain
  if (!from || !to || more.length || /[\\/:]/.test(to)) return undefined
  const folder = /^.*[\\/]/.exec(from)?.[0] ?? ''
  const path = folder + to
  tellFile(command, path, true)
  command.session.write(path, command.session.peek(from))
  return undefined
}

/** Words before a command that is started in its place. */
const passesOn =
  (skip: RegExp): KnownCommand =>
  (command) => {
    const words = new Words(command.words)
    let i = 0
    while (
      i < words.shown.length &&
      (/^-/.test(words.shown[i]!) || skip.test(words.shown[i]!))
    )
      i++
    if (i < words.shown.length)
      command.commandLine(list(words.all.slice(i) as Value[]))
    return undefined
  }

export const systemPrograms: Readonly<Record<string, KnownCommand>> = {
  launchctl,
  systemctl: systemd,
  gdb: debuggers,
  strace: debuggers,
  lldb: debuggers,
  ipcmk: memoryTool,
  cp: copies,
  mv: copies,
  copy: copies,
  move: copies,
  ren: renames,
  rename: renames,
  xcopy: copies,
  sudo: passesOn(/=/),
  env: passesOn(/=/),
  nohup: passesOn(/^$/),
  busybox: passesOn(/^$/),
  stdbuf: passesOn(/^$/),
  exec: passesOn(/^$/),
  command: passesOn(/^$/),
  setsid: passesOn(/^$/),
  timeout: passesOn(/^[\d.]+[smhd]?$/),
  xargs: passesOn(/^[\d{}]+$/),
  call: passesOn(/^:.*/),
  crontab: (command) => {
    tellStart(command)
    if (command.piped) command.tell('install', 'crontab')
    return undefined
  },
}
