// Perl, Ruby and PHP: processes, sockets, buses, pipes.
import type { Known } from '../fold/call.ts'
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
import { evaluates } from './evaluation.ts'
import { isUrl, socketOf, tellFile, tellPipe } from './places.ts'

const runs: Known = (call) => {
  const words = call.args.flatMap((a) =>
    a.kind === 'list'
      ? a.items
      : a.kind === 'object' || a.kind === 'function'
        ? []
        : [a],
  )
  call.commandLine(words.length > 1 ? list(words) : words[0])
  return unknown('output')
}

const optionOf = (
  call: { named: ReadonlyMap<string, Value>; args: readonly Value[] },
  ...names: readonly string[]
): Value | undefined => {
  for (const name of names) {
    const own = call.named.get(name)
    if (own) return own
    const first = call.args[0]
    const inside =
      first?.kind === 'object' ? first.entries.get(name) : undefined
    if (inside) return inside
  }
  return undefined
}

/** An address with a scheme, a path of a socket, a pipe, or a host with a port. */
function connected(
  call: Parameters<Known>[0],
  address: string,
  port?: Value,
): Value {
  if (tellPipe(call, 'pipe_client', address)) return object('socket')
  const socket = socketOf(address)
  if (socket) call.tell('socket_client', socket)
  else {
    call.tell('connect', port ? `${address}:${shownOf(port)}` : address)
    call.mark('connection')
  }
  return object('socket')
}

const connects: Known = (call) =>
  connected(call, shownOf(call.args[0]), call.args[1])

const perlUnix: Known = (call) => {
  const peer = optionOf(call, 'peer', 'peeraddr')
  const local = optionOf(call, 'local')
  if (peer) call.tell('socket_client', shownOf(peer))
  else if (local) call.tell('socket_server', shownOf(local))
  else call.tell('socket_client', shownOf(call.args[0]))
  return object('socket')
}

const perlInet: Known = (call) => {
  const peer = optionOf(call, 'peeraddr', 'peerhost')
  const port = optionOf(call, 'peerport')
  if (peer) return connected(call, shownOf(peer), port)
  call.tell('listen', shownOf(optionOf(call, 'localport') ?? call.args[0]))
  return object('socket')
}

const fetches: Known = (call) => {
  const address = shownOf(
    call.args.find((a) => isUrl(shownOf(a))) ?? call.args[0],
  )
  if (address) call.tell('connect', address)
  return unknown('response')
}

/** Perl's open: a command with a pipe, or a file. */
const perlOpen: Known = (call) => {
  const [, mode, ...more] = call.args
  const how = shownOf(mode).trim()
  if (how === '|-' || how === '-|') call.commandLine(list(more))
  else if (how.startsWith('|')) call.commandLine(text(how.slice(1).trim()))
  else if (how.endsWith('|')) call.commandLine(text(how.slice(0, -1).trim()))
  else if (/^\+?[<>&]/.test(how)) {
    if (/^[<>]+&/.test(how)) call.mark('descriptors')
    else
      tellFile(
        call,
        shownOf(more[0]) || how.replace(/^[+<>\s]+/, ''),
        how.includes('>'),
      )
  } else tellFile(call, how, false)
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
    return object('file')
  }

const server: Known = (call) => {
  call.tell('socket_server', shownOf(call.args[0]))
  return object('socket')
}

const clientOf: Known = (call) => {
  call.tell('socket_client', shownOf(call.args[0]))
  return object('socket')
}

const serviceOf: Known = (call) =>
  object('dbus.service', { data: text(shownOf(call.args[0])) })

const busObject: Known = (call) => {
  const of = call.receiver?.kind === 'object' ? shownOf(call.receiver.data) : ''
  call.tell(
    'dbus',
    [of, ...call.args.slice(0, 2).map(shownOf)].filter(Boolean).join(' '),
  )
  return object('dbus.object', { data: text(of) })
}

const descriptors: Known = (call) => {
  if (shownOf(call.args[0]).length) call.mark('descriptors')
  return undefined
}

const includes: Known = (call) => {
  const path = shownOf(call.args[0])
  if (isUrl(path)) {
    call.tell('connect', path)
    call.tell('evaluate', path)
  }
  return undefined
}

const common: Table = {
  system: runs,
  exec: runs,
  '`': runs,
  eval: evaluates(undefined),
}

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
  'net::dbus.system': () => object('bus'),
  'net::dbus.session': () => object('bus'),
  'net::dbus.find': () => object('bus'),
  'bus.get_service': serviceOf,
  'dbus.service.get_object': busObject,
  sockaddr_un: (call) => text(shownOf(call.args[0])),
  pack_sockaddr_un: (call) => text(shownOf(call.args[0])),
  sockaddr_in: (call) =>
    text(`${shownOf(call.args[1])}:${shownOf(call.args[0])}`),
  inet_aton: ({ args }) => args[0],
  socket: () => undefined,
  connect: (call) => connected(call, shownOf(call.args[1])),
  shmget: (call) => {
    call.tell('shared_memory', shownOf(call.args[0]))
    return undefined
  },
}

export const rubyCalls: Table = {
  ...common,
  spawn: runs,
  'io.popen': runs,
  'process.spawn': runs,
  'kernel.system': runs,
  'kernel.exec': runs,
  'open3.capture2': runs,
  'open3.capture2e': runs,
  'open3.capture3': runs,
  'open3.popen3': runs,
  'unixsocket.new': clientOf,
  'unixsocket.open': clientOf,
  'unixserver.new': server,
  'unixserver.open': server,
  'tcpsocket.new': connects,
  'tcpsocket.open': connects,
  'socket.tcp': connects,
  'tcpserver.new': (call) => {
    call.tell('listen', call.args.map(shownOf).join(':'))
    return object('socket')
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
  'dbus.system_bus': () => object('bus'),
  'dbus.systembus.instance': () => object('bus'),
  'dbus.session_bus': () => object('bus'),
  'bus.service': serviceOf,
  'bus.[]': serviceOf,
  'dbus.service.object': busObject,
  'dbus.service.[]': busObject,
  instance_eval: evaluates('ruby'),
  class_eval: evaluates('ruby'),
  '.instance_eval': evaluates('ruby'),
  '.reopen': descriptors,
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
  shell_exec: runs,
  passthru: runs,
  popen: runs,
  proc_open: runs,
  pcntl_exec: runs,
  fsockopen: connects,
  pfsockopen: connects,
  stream_socket_client: connects,
  stream_socket_server: (call) => {
    const address = shownOf(call.args[0])
    const socket = socketOf(address)
    call.tell(socket ? 'socket_server' : 'listen', socket ?? address)
    return undefined
  },
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
  shmop_open: (call) => {
    call.tell('shared_memory', shownOf(call.args[0]))
    return undefined
  },
  include: includes,
  include_once: includes,
  require: includes,
  require_once: includes,
  move_uploaded_file: (call) => {
    call.tell('write', shownOf(call.args[1]))
    return undefined
  },
}
