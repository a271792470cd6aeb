// Perl, Ruby and PHP: processes, sockets, buses, pipes.
import type { Call, Known } from '../fold/call.ts'
import { isOf, ofConnection, ofMemory } from '../fold/flow.ts'
import type { Table } from '../fold/functions/text.ts'
import {
  list,
  object,
  shownOf,
  text,
  textOf,
  unknown,
  type Value,
} from '../fold/value.ts'
import { variable } from './environment.ts'
import { evaluates } from './evaluation.ts'
import { connectionOf, givesEnd, startedOf } from './ends.ts'
import {
  isUrl,
  memoryOf,
  pipeOf,
  socketOf,
  tellFile,
  tellPipe,
} from './places.ts'

/** A program with its words. */
const runs: Known = (call) => {
  const words = call.args.flatMap((a, i) =>
    a.kind === 'list'
      ? a.items
      : i > 0 && (a.kind === 'object' || a.kind === 'function')
        ? []
        : [a],
  )
  call.commandLine(words.length > 1 ? list(words) : words[0])
  return unknown('output')
}

/** A line; what is said besides is how it is read and written. */
const runsLine: Known = (call) => {
  call.commandLine(call.args[0])
  return unknown('output')
}

/** As `runsLine`, and both ends are the script's. */
const opensLine: Known = (call) => {
  call.commandLine(call.args[0])
  const made = startedOf(call.args[0])
  const block = call.args.findLast((a) => a.kind === 'function')
  if (block) call.invoke(block, [made, made, made])
  return made
}

type Options = {
  readonly named: ReadonlyMap<string, Value>
  readonly args: readonly Value[]
}

const optionOf = (
  { named, args }: Options,
  ...names: readonly string[]
): Value | undefined => {
  for (const name of names) {
    const [first] = args
    const inside =
      first?.kind === 'object' ? first.entries.get(name) : undefined
    const own = named.get(name) ?? inside ?? pairedWith(name, args)
    if (own) return own
  }
  return undefined
}

/** Names and values, one behind the other. */
function pairedWith(name: string, args: readonly Value[]): Value | undefined {
  const at = args.findIndex(
    (a) => (a.kind === 'unknown' ? a.hint : textOf(a))?.toLowerCase() === name,
  )
  return at < 0 ? undefined : args[at + 1]
}

/** An address with a scheme, a path of a socket, a pipe, or a host with a port. */
function connected(
  call: Parameters<Known>[0],
  address: string,
  port?: Value,
): Value {
  if (tellPipe(call, 'pipe_client', address)) return connectionOf('socket')
  const socket = socketOf(address)
  if (socket) call.tell('socket_client', socket)
  else {
    call.tell('connect', port ? `${address}:${shownOf(port)}` : address)
    call.mark('connection')
  }
  return connectionOf('socket')
}

const connects: Known = (call) =>
  connected(call, shownOf(call.args[0]), call.args[1])

const perlUnix: Known = (call) => {
  const peer = optionOf(call, 'peer', 'peeraddr')
  const local = optionOf(call, 'local')
  if (peer) call.tell('socket_client', shownOf(peer))
  else if (local) call.tell('socket_server', shownOf(local))
  else call.tell('socket_client', shownOf(call.args[0]))
  return connectionOf('socket')
}

const perlInet: Known = (call) => {
  const peer = optionOf(call, 'peeraddr', 'peerhost')
  const port = optionOf(call, 'peerport')
  const only = call.args.length === 1 ? textOf(call.args[0]) : undefined
  if (peer) return connected(call, shownOf(peer), port)
  if (only) return connected(call, only)
  call.tell('listen', shownOf(optionOf(call, 'localport') ?? call.args[0]))
  return connectionOf('socket')
}

const fetches: Known = (call) => {
  const address = shownOf(
    call.args.find((a) => isUrl(shownOf(a))) ?? call.args[0],
  )
  if (address) call.tell('connect', address)
  return unknown('response')
}

/** Perl's open: a command with a pipe, another handle, or a file. */
const perlOpen: Known = (call) => {
  const [handle, mode, ...more] = call.args
  const how = shownOf(mode).trim()
  const piped = /^[|]-$|^-[|]$/.test(how)
    ? list(more)
    : how.startsWith('|')
      ? text(how.slice(1).trim())
      : how.endsWith('|')
        ? text(how.slice(0, -1).trim())
        : undefined
  if (piped) {
    call.commandLine(piped)
    named(call, handle, startedOf(piped))
  } else if (/^\+?[<>]+&/.test(how)) {
    const other = /&=?\s*([\w:]+)$/.exec(how)?.[1]
    const own = isOf(mode, ofConnection) ? mode : more[0]
    const to = other ? (call.get(other) ?? unknown(other)) : own
    givesEnd(call, handle, to)
    if (to) named(call, handle, to)
  } else perlFile(call, how, more[0])
  return undefined
}

function perlFile(call: Call, how: string, path: Value | undefined): void {
  const [handle] = call.args
  const isMode = /^\+?[<>]/.test(how)
  const own = isMode ? how.replace(/^[+<>\s]+/, '') : how
  const name = isMode ? shownOf(path) || own : own
  tellFile(call, name, isMode && how.includes('>'))
  const made = pipeOf(name)
    ? connectionOf('file')
    : object('file', { via: memoryOf(name) })
  named(call, handle, made)
}

/** A handle is a name, which stands for what is opened from there on. */
function named(call: Call, handle: Value | undefined, value: Value): void {
  if (handle?.kind === 'unknown' && handle.hint) call.define(handle.hint, value)
}

/** `open2(from, to, line)`, `open3(to, from, errors, line)`. */
const opens =
  (handles: number): Known =>
  (call) => {
    const words = call.args.slice(handles)
    const line = words.length > 1 ? list([...words]) : words[0]
    call.commandLine(line)
    for (const handle of call.args.slice(0, handles))
      named(call, handle, startedOf(line))
    return undefined
  }

const perlSocket: Known = (call) => {
  const made = connectionOf('socket')
  named(call, call.args[0], made)
  return made
}

const perlFdopen: Known = (call) => {
  givesEnd(call, call.receiver, call.args[0])
  return undefined
}

const fifo: Known = (call) => {
  call.tell('fifo', shownOf(call.args[0]))
  return undefined
}

const file =
  (writes: boolean): Known =>
  (call) => {
    const path = shownOf(call.args[0])
    if (isUrl(path)) call.tell('connect', path)
    else
      tellFile(call, path, writes || /[wa+]/.test(textOf(call.args[1]) ?? ''))
    return pipeOf(path)
      ? connectionOf('file')
      : object('file', { via: memoryOf(path) })
  }

const server: Known = (call) => {
  call.tell('socket_server', shownOf(call.args[0]))
  return connectionOf('socket')
}

const clientOf: Known = (call) => {
  call.tell('socket_client', shownOf(call.args[0]))
  return connectionOf('socket')
}

const reopens: Known = (call) => {
  givesEnd(call, call.receiver, call.args[0])
  return undefined
}

/** The handles come back in a name among the arguments. */
const processOpen: Known = (call) => {
  call.commandLine(call.args[0])
  const made = startedOf(call.args[0])
  named(call, call.args[2], made)
  return made
}

const includes: Known = (call) => {
  const path = shownOf(call.args[0])
  if (isUrl(path)) {
    call.tell('connect', path)
    call.tell('evaluate', path)
  }
  return undefined
}

const sharedMemory: Known = (call) => {
  call.tell('shared_memory', shownOf(call.args[0]))
  return object('shared memory', { via: ofMemory })
}

const common: Table = {
  system: runs,
  exec: runs,
  '`': runs,
  eval: evaluates(undefined),
}

const internetAddress: Known = ({ args: [port, host] }) =>
  text(`${shownOf(host)}:${shownOf(port)}`)

export const perlCalls: Table = {
  ...common,
  'io::socket::unix.new': perlUnix,
  'io::socket::inet.new': perlInet,
  'io::socket::ip.new': perlInet,
  open: perlOpen,
  mkfifo: fifo,
  'posix::mkfifo': fifo,
  'lwp::simple::get': fetches,
  get: fetches,
  'lwp::useragent.new': () => object('agent'),
  'agent.get': fetches,
  'http::tiny.new': () => object('agent'),
  sockaddr_un: (call) => text(shownOf(call.args[0])),
  pack_sockaddr_un: (call) => text(shownOf(call.args[0])),
  sockaddr_in: internetAddress,
  pack_sockaddr_in: internetAddress,
  inet_aton: ({ args }) => args[0],
  socket: perlSocket,
  accept: perlSocket,
  open2: opens(2),
  open3: opens(3),
  'ipc::open2::open2': opens(2),
  'ipc::open3::open3': opens(3),
  '.fdopen': perlFdopen,
  'io::socket::ssl.new': perlInet,
  connect: (call) => connected(call, shownOf(call.args[1])),
  shmget: sharedMemory,
  shmread: (call) => {
    named(call, call.args[1], unknown('memory', ofMemory))
    return undefined
  },
}

export const rubyCalls: Table = {
  ...common,
  'env.fetch': variable,
  'env.[]': variable,
  spawn: runs,
  'io.popen': opensLine,
  'process.spawn': runs,
  'kernel.system': runs,
  'kernel.exec': runs,
  'open3.capture2': runs,
  'open3.capture2e': runs,
  'open3.capture3': runs,
  'open3.popen3': opensLine,
  'unixsocket.new': clientOf,
  'unixsocket.open': clientOf,
  'unixserver.new': server,
  'unixserver.open': server,
  'tcpsocket.new': connects,
  'tcpsocket.open': connects,
  'socket.tcp': connects,
  'tcpserver.new': (call) => {
    call.tell('listen', call.args.map(shownOf).join(':'))
    return connectionOf('server')
  },
  'net.http.get': fetches,
  'net::http.get': fetches,
  'net.http.get_response': fetches,
  'net.http.start': fetches,
  'uri.open': fetches,
  'uri.parse': ({ args }) => args[0],
  uri: ({ args }) => args[0],
  open: (call) => {
    const path = shownOf(call.args[0])
    if (path.startsWith('|')) call.commandLine(text(path.slice(1).trim()))
    else return file(false)(call)
    return undefined
  },
  'file.open': file(false),
  'file.new': file(false),
  'file.write': file(true),
  'io.write': file(true),
  'file.mkfifo': fifo,
  instance_eval: evaluates('ruby'),
  class_eval: evaluates('ruby'),
  '.instance_eval': evaluates('ruby'),
  '.reopen': reopens,
  'pty.spawn': opensLine,
  'open3.popen2': opensLine,
  'open3.popen2e': opensLine,
  'fiddle.dlopen': (call) => {
    call.tell('load', shownOf(call.args[0]))
    return undefined
  },
}

const phpEval: Known = (call) => {
  const [code] = call.args
  if (code && shownOf(code)) {
    call.tell('evaluate', shownOf(code))
    return call.evaluate(code, 'php')
  }
  return undefined
}

export const phpCalls: Table = {
  ...common,
  eval: phpEval,
  assert: phpEval,
  create_function: (call) => {
    call.script(call.args[1], 'php')
    return undefined
  },
  getenv: variable,
  shell_exec: runsLine,
  passthru: runsLine,
  system: runsLine,
  exec: runsLine,
  popen: opensLine,
  proc_open: processOpen,
  pcntl_exec: runs,
  fsockopen: connects,
  pfsockopen: connects,
  stream_socket_client: connects,
  stream_socket_server: (call) => {
    const address = shownOf(call.args[0])
    const socket = socketOf(address)
    call.tell(socket ? 'socket_server' : 'listen', socket ?? address)
    return connectionOf('server')
  },
  socket_create: () => connectionOf('socket'),
  socket_connect: (call) =>
    connected(call, shownOf(call.args[1]), call.args[2]),
  curl_init: fetches,
  curl_setopt: (call) => {
    const option = shownOf(call.args[1])
    if (/CURLOPT_UNIX_SOCKET_PATH/i.test(option))
      call.tell('socket_client', shownOf(call.args[2]))
    else if (/CURLOPT_URL/i.test(option))
      call.tell('connect', shownOf(call.args[2]))
    return undefined
  },
  file_get_contents: file(false),
  file_put_contents: file(true),
  fopen: file(false),
  posix_mkfifo: fifo,
  shmop_open: sharedMemory,
  shm_attach: sharedMemory,
  include: includes,
  include_once: includes,
  require: includes,
  require_once: includes,
  move_uploaded_file: (call) => {
    call.tell('write', shownOf(call.args[1]))
    return undefined
  },
}
