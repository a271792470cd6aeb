// Programs that fetch, and that connect to addresses, sockets, buses and FIFOs.
import type { Command, KnownCommand } from '../../fold/call.ts'
import { isOf, isOpenShell, ofConnection, ofShell } from '../../fold/flow.ts'
import { shownOf, text, unknown, type Value } from '../../fold/value.ts'
import { tellRequest } from '../containers.ts'
import { isUrl, socketOf, tellFile, urlIn } from '../places.ts'
import { makeFifo } from '../redirects.ts'
import { Words } from '../words.ts'

import { busPrograms } from './buses.ts'
import { tellStart } from './told.ts'

/** Fetches: curl, wget, bitsadmin, certutil. */
const fetches: KnownCommand = (command) => {
  const words = new Words(command.words)
  const socket = words.textAfter(/^--(?:abstract-)?unix-socket$/)
  const url =
    words.shown.map((w) => urlIn(w)).find(Boolean) ??
    words.plain.find((w) => /^[\w.-]+\.\w{2,}(?:[:/]|$)/.test(w))
  const telnet = words.shown.find((w) => /^telnet:\/\//i.test(w))
  if (telnet) {
    command.tell('connect', telnet.replace(/^telnet:\/\//i, ''))
    return received(command)
  }
  if (socket) {
    command.tell('socket_client', socket)
    tellRequest(command, words.shown.join(' '))
  } else if (url) command.tell('connect', url)
  const out = words.textAfter(
    /^-o$|^-O$|^--output$|^--output-document$|^-outfile$/i,
  )
  if (out && out !== '-' && !isUrl(out)) tellFile(command, out, true)
  return unknown(`downloaded${url ? ` ${url}` : ''}`)
}

/** What comes from a connection. Whatever a shell says that is given to it meets it there. */
function received(command: Command): Value {
  if (isOf(command.input, ofShell)) command.mark('shell')
  return unknown('received', ofConnection)
}

/** A program that is given the connection as its ends. */
function givenTo(command: Command, program: string): void {
  command.commandLine(text(program))
  if (isOpenShell(program)) command.mark('shell')
}

/** nc, ncat, netcat. */
const netcat: KnownCommand = (command) => {
  const words = new Words(command.words)
  const flags = words.shown.filter((w) => /^-\w+$/.test(w)).join('')
  const program = words.textAfter(/^-\w*[ec]$|^--(?:sh-)?exec$/)
  const listens = /l/.test(flags) || words.has(/^--listen$/)
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
  if (program) givenTo(command, program)
  return received(command)
}

/** Both sides of socat say what they are. */
const socat: KnownCommand = (command) => {
  for (const word of command.words.map(shownOf)) {
    const [, kind = '', address = ''] = /^([a-z0-9-]+):(.*)$/i.exec(word) ?? []
    const low = kind.toLowerCase()
    const [place = ''] = address.split(',')
    if (/^unix-(listen|l|recv)|^abstract-listen/.test(low))
      command.tell('socket_server', place)
    else if (/^(unix|abstract)/.test(low)) command.tell('socket_client', place)
    else if (/^(tcp|udp|openssl|ssl|vsock|sctp)\d?-(listen|l)/.test(low)) {
      command.tell('listen', place)
      command.mark('connection')
    } else if (/^(tcp|udp|openssl|ssl|vsock|sctp)/.test(low)) {
      command.tell('connect', place)
      command.mark('connection')
    } else if (/^(exec|system|shell)$/.test(low))
      givenTo(command, place.replace(/^['"]|['"]$/g, ''))
  }
  return received(command)
}

/** `openssl s_client -connect host:port`: a connection too. */
export const secureClient: KnownCommand = (command) => {
  const words = new Words(command.words)
  const host = words.textAfter(/^-(?:connect|host)$/)
  if (host) command.tell('connect', host)
  return received(command)
}

const telnet: KnownCommand = (command) => {
  const { plain } = new Words(command.words)
  command.tell('connect', plain.slice(0, 2).join(':'))
  return received(command)
}

const fifo: KnownCommand = (command) => {
  const words = new Words(command.words)
  if (command.name === 'mknod' && !words.plain.includes('p')) return undefined
  // `-m 600` says who may open it.
  const given = command.words.map(shownOf)
  const isMode = (w: string) =>
    given.some((o, i) => /^(?:-m|--mode)$/.test(o) && given[i + 1] === w)
  for (const path of words.plain.filter((w) => w !== 'p' && !isMode(w))) {
    command.tell('fifo', path)
    makeFifo(command, path)
  }
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
  ...busPrograms,
  nc: netcat,
  ncat: netcat,
  netcat,
  'nc.traditional': netcat,
  'nc.openbsd': netcat,
  telnet,
  socat,
  mkfifo: fifo,
  mknod: fifo,
  docker: container,
  podman: container,
  ctr: container,
  crictl: container,
  nerdctl: container,
}
