// Programs that fetch, and that connect to addresses, sockets, buses and FIFOs.
import type { KnownCommand } from '../../fold/call.ts'
import { shownOf, text, unknown } from '../../fold/value.ts'
import { isUrl, socketOf, tellFile, urlIn } from '../places.ts'
import { Words } from '../words.ts'

import { shells, starts, tellStart } from './told.ts'

/** Fetches: curl, wget, bitsadmin, certutil. */
const fetches: KnownCommand = (command) => {
  const words = new Words(command.words)
  const socket = words.textAfter(/^--(?:abstract-)?unix-socket$/)
  const url =
    words.shown.map((w) => urlIn(w)).find(Boolean) ??
    words.plain.find((w) => /^[\w.-]+\.\w{2,}(?:[:/]|$)/.test(w))
  if (socket) command.tell('socket_client', socket)
  else if (url) command.tell('connect', url)
  const out = words.textAfter(
    /^-o$|^-O$|^--output$|^--output-document$|^-outfile$/i,
  )
  if (out && out !== '-' && !isUrl(out)) tellFile(command, out, true)
  return unknown(`downloaded${url ? ` ${url}` : ''}`)
}

/** `busctl call NAME PATH INTERFACE METHOD`, `gdbus call --dest … --method …`, `dbus-send --dest=… path interface.method`. */
const bus: KnownCommand = (command) => {
  const words = new Words(command.words)
  const plain = words.shown.filter((w) => !w.startsWith('-'))
  const of = (option: string) =>
    words.shown
      .map((w) => new RegExp(`^--${option}=(.+)$`).exec(w)?.[1])
      .find(Boolean) ?? words.textAfter(new RegExp(`^--${option}$`))
  let target = ''
  if (command.name === 'busctl') {
    const at = plain.findIndex((w) => w === 'call' || w === 'set-property')
    if (at < 0) return starts(command)
    const [name, , face, method] = plain.slice(at + 1)
    target = [name, face, method].join(' ')
  } else if (command.name === 'gdbus')
    target = [of('dest') || of('session'), of('method') || of('object-path')]
      .filter(Boolean)
      .join(' ')
  else
    target = [
      of('dest'),
      plain.find((w) => /^[\w.]+\.\w+$/.test(w) && !w.startsWith('/')),
    ]
      .filter(Boolean)
      .join(' ')
  command.tell('dbus', target || words.shown.join(' '))
  return unknown('output')
}

/** What comes from a connection. */
export const received = 'received'

/** nc, ncat, netcat. */
const netcat: KnownCommand = (command) => {
  const words = new Words(command.words)
  const flags = words.shown.filter((w) => /^-\w+$/.test(w)).join('')
  const program = words.textAfter(/^-\w*[ec]$|^--(?:sh-)?exec$/)
  const listens = /l/.test(flags)
  const plain = words.plain.filter((w) => w !== program)
  if (/U/.test(flags))
    command.tell(
      listens ? 'socket_server' : 'socket_client',
      plain.at(-1) ?? '',
    )
  else
    command.tell(
      listens ? 'listen' : 'connect',
      plain.slice(0, 2).join(':') || words.textAfter(/^-\w*p$/),
    )
  command.mark('connection')
  if (program) {
    command.commandLine(text(program))
    if (shells.test(program.replace(/^.*\//, ''))) command.mark('shell')
  }
  return unknown(received)
}

/** Both sides of socat say what they are. */
const socat: KnownCommand = (command) => {
  for (const word of command.words.map(shownOf)) {
    const [, kind = '', address = ''] = /^([a-z0-9-]+):(.*)$/i.exec(word) ?? []
    const low = kind.toLowerCase()
    if (/^unix-(listen|l|recv)|^abstract-listen/.test(low))
      command.tell('socket_server', address.split(',')[0]!)
    else if (/^(unix|abstract)/.test(low))
      command.tell('socket_client', address.split(',')[0]!)
    else if (/^(tcp|udp|openssl|ssl)\d?-(listen|l)/.test(low)) {
      command.tell('listen', address.split(',')[0]!)
      command.mark('connection')
    } else if (/^(tcp|udp|openssl|ssl)/.test(low)) {
      command.tell('connect', address.split(',')[0]!)
      command.mark('connection')
    } else if (/^(exec|system)$/.test(low)) {
      const program = address.split(',')[0]!.replace(/^['"]|['"]$/g, '')
      command.commandLine(text(program))
      if (shells.test(program.split(' ')[0]!.replace(/^.*\//, '')))
        command.mark('shell')
    }
  }
  return undefined
}

const fifo: KnownCommand = (command) => {
  const words = new Words(command.words)
  if (command.name === 'mknod' && !words.plain.includes('p')) return undefined
  const path = words.plain.find((w) => w !== 'p')
  if (path) command.tell('fifo', path)
  return undefined
}

/** docker, ctr, podman … with a host that is a socket. */
const container: KnownCommand = (command) => {
  tellStart(command)
  const words = new Words(command.words)
  const host =
    words.textAfter(/^-H$|^--host$|^-a$|^--address$/) ||
    words.shown.map((w) => /^(?:-H|--host)=(.+)$/.exec(w)?.[1]).find(Boolean)
  const socket = host ? socketOf(host) : undefined
  if (socket) command.tell('socket_client', socket)
  for (const word of words.shown) {
    const mounted = /^(?:-v=?)?(\/[\w./-]+\.sock):/.exec(word)?.[1]
    if (mounted) command.tell('socket_client', mounted)
  }
  return undefined
}

export const connectingPrograms: Readonly<Record<string, KnownCommand>> = {
  curl: fetches,
  wget: fetches,
  bitsadmin: (command) => {
    tellStart(command)
    return fetches(command)
  },
  busctl: bus,
  gdbus: bus,
  'dbus-send': bus,
  nc: netcat,
  ncat: netcat,
  netcat,
  socat,
  mkfifo: fifo,
  mknod: fifo,
  docker: container,
  podman: container,
  ctr: container,
  crictl: container,
  nerdctl: container,
}
