// Python's library: processes, sockets, buses, pipes, memory.
import type { Call, Known } from '../fold/call.ts'
import { isOf, ofConnection, ofMemory } from '../fold/flow.ts'
import type { Table } from '../fold/functions/text.ts'
import {
  itemsOf,
  list,
  object,
  shownOf,
  text,
  textOf,
  unknown,
  type Value,
} from '../fold/value.ts'
import { tellApi } from './apis.ts'
import { variable } from './environment.ts'
import { evaluates } from './evaluation.ts'
import { connectionOf, givesEnd, startedOf } from './ends.ts'
import { memoryOf, pipeOf, socketOf, tellFile, tellPipe } from './places.ts'
import { tellRegistry } from './settings.ts'

const runs: Known = (call) => {
  const line = call.args[0] ?? call.named.get('args')
  call.commandLine(line)
  return startedOf(line)
}

/** os.execl(path, arg0, arg1 …), os.spawnl(mode, path, …). */
const runsWords =
  (skip: number): Known =>
  (call) => {
    const [program, first, ...more] = call.args.slice(skip)
    const args = first?.kind === 'list' ? first.items.slice(1) : more
    call.commandLine(list([program ?? unknown(), ...args]))
    return undefined
  }

const socketOpen: Known = ({ args, named }) => {
  const family = shownOf(args[0] ?? named.get('family'))
  return connectionOf(
    /af_unix/i.test(family) || family === '1' ? 'unix socket' : 'inet socket',
  )
}

/** ("host", port) or a path. */
export function addressOf(args: readonly Value[]): string {
  const items =
    args.length > 1
      ? args
      : (itemsOf(args[0]?.kind === 'list' ? args[0] : undefined) ?? args)
  return items.slice(0, 2).map(shownOf).join(':')
}

const connects: Known = (call) => {
  const address = addressOf(call.args)
  const path = socketOf(address)
  if (
    path ||
    (call.receiver?.kind === 'object' && call.receiver.type === 'unix socket')
  ) {
    call.tell('socket_client', path ?? address)
  } else {
    call.tell('connect', address)
    call.mark('connection')
  }
  const own = call.receiver?.kind === 'object' ? call.receiver : undefined
  return own?.type.endsWith(' socket') ? own : connectionOf('inet socket')
}

const binds: Known = (call) => {
  const address = addressOf(call.args)
  if (
    call.receiver?.kind === 'object' &&
    call.receiver.type === 'unix socket'
  ) {
    call.tell('socket_server', socketOf(address) ?? address)
  } else {
    call.tell('listen', address)
    call.mark('connection')
  }
  return call.receiver
}

/** What runs besides: a function with what it is given. */
const runsBesides: Known = (call) => {
  const fn = call.named.get('target') ?? call.args[0]
  const given = call.named.get('args') ?? call.args[1]
  call.invoke(fn, itemsOf(given) ?? [])
  return undefined
}

/** Whoever has connected, and from where. */
const accepts: Known = () =>
  list([connectionOf('inet socket'), unknown('address')])

const fetches: Known = (call) => {
  const url = shownOf(call.args[0]) || shownOf(call.named.get('url'))
  const socket = socketOf(decodeURIComponentSafe(url))
  if (/^http\+unix/i.test(url)) call.tell('socket_client', socket ?? url)
  else if (url) call.tell('connect', url)
  return unknown('response')
}

function decodeURIComponentSafe(s: string): string {
  return s.replace(/%2f/gi, '/')
}

export const opens: Known = (call) => {
  const path = shownOf(call.args[0])
  const mode = textOf(call.args[1]) ?? textOf(call.named.get('mode')) ?? 'r'
  tellFile(call, path, /[wax+]/.test(mode))
  return pipeOf(path)
    ? connectionOf('file', text(path))
    : object('file', { data: text(path), via: memoryOf(path) })
}

const named =
  (kind: 'pipe_server' | 'pipe_client'): Known =>
  (call) => {
    const path = shownOf(call.args[0])
    if (!tellPipe(call, kind, path) && kind === 'pipe_client')
      tellFile(call, path, false)
    return connectionOf('handle')
  }

const duplicates: Known = (call) => {
  givesEnd(call, call.args[1], call.args[0])
  return undefined
}

/** Both ends of a stream: what is read, and what is written. */
const streams = (): Value =>
  list([connectionOf('stream reader'), connectionOf('stream writer')])

const openConnection: Known = (call) => {
  call.tell('connect', addressOf(call.args))
  return streams()
}

/** Whoever connects is handed to a function. */
const startServer: Known = (call) => {
  call.tell('listen', addressOf(call.args.slice(1)))
  call.invoke(call.args[0], itemsOf(streams()) ?? [])
  return object('server')
}

const memory: Known = (call) => {
  call.tell(
    'shared_memory',
    shownOf(call.args[0] ?? call.named.get('name')) || '{new}',
  )
  return object('shared memory', { via: ofMemory })
}

const connection =
  (kind: 'server' | 'client'): Known =>
  (call) => {
    const address = shownOf(call.args[0] ?? call.named.get('address'))
    if (
      tellPipe(call, kind === 'server' ? 'pipe_server' : 'pipe_client', address)
    )
      return connectionOf('connection')
    const path =
      socketOf(address) ?? (address.startsWith('/') ? address : undefined)
    if (path)
      call.tell(kind === 'server' ? 'socket_server' : 'socket_client', path)
    else
      call.tell(kind === 'server' ? 'listen' : 'connect', addressOf(call.args))
    return connectionOf('connection')
  }

const unixConnection: Known = (call) => {
  call.tell('socket_client', shownOf(call.args[0] ?? call.named.get('path')))
  return streams()
}

export const pythonCalls: Table = {
  eval: evaluates('python'),
  exec: evaluates('python'),
  open: opens,
  'io.open': opens,
  'os.open': (call) => {
    const path = shownOf(call.args[0])
    tellFile(call, path, /wr|creat/i.test(shownOf(call.args[1])))
    return object('file', { data: text(path), via: memoryOf(path) })
  },
  'os.getenv': variable,
  'os.environ.get': variable,
  'os.environ.[]': variable,
  'os.environ': () => object('os.environ'),
  'os.system': runs,
  'os.popen': runs,
  'os.startfile': runs,
  'subprocess.run': runs,
  'subprocess.call': runs,
  'subprocess.popen': runs,
  'subprocess.check_output': runs,
  'subprocess.check_call': runs,
  'subprocess.getoutput': runs,
  'subprocess.getstatusoutput': runs,
  'commands.getoutput': runs,
  'asyncio.create_subprocess_shell': runs,
  'asyncio.create_subprocess_exec': runsWords(0),
  'pty.spawn': runs,
  'threading.thread': runsBesides,
  'multiprocessing.process': runsBesides,
  '_thread.start_new_thread': runsBesides,
  'os.execl': runsWords(0),
  'os.execlp': runsWords(0),
  'os.execv': runsWords(0),
  'os.execve': runsWords(0),
  'os.execvp': runsWords(0),
  'os.spawnl': runsWords(1),
  'os.spawnv': runsWords(1),
  'os.dup2': duplicates,
  'os.mkfifo': (call) => {
    call.tell('fifo', shownOf(call.args[0]))
    return undefined
  },
  'os.memfd_create': memory,
  'socket.socket': socketOpen,
  'socket.create_connection': connects,
  'unix socket.connect': connects,
  'inet socket.connect': connects,
  'inet socket.connect_ex': connects,
  'unix socket.accept': accepts,
  'inet socket.accept': accepts,
  'unix socket.bind': binds,
  'inet socket.bind': binds,
  // Handlers of a server know whoever has connected so.
  'self.request.recv': () => unknown('request', ofConnection),
  'self.rfile.readline': () => unknown('line', ofConnection),
  'self.rfile.read': () => unknown('lines', ofConnection),
  'sys.stdin=': (call) => {
    if (isOf(call.args[0], ofConnection)) call.mark('shell')
    return undefined
  },
  'asyncio.open_connection': openConnection,
  'asyncio.start_server': startServer,
  'asyncio.open_unix_connection': unixConnection,
  'asyncio.start_unix_server': (call) => {
    call.tell('socket_server', shownOf(call.args[1] ?? call.named.get('path')))
    return undefined
  },
  'urllib.request.urlopen': fetches,
  'urllib.request.urlretrieve': fetches,
  'urllib2.urlopen': fetches,
  'urllib.urlopen': fetches,
  'requests.get': fetches,
  'requests.post': fetches,
  'requests.put': fetches,
  'requests_unixsocket.session': () => object('requests'),
  'requests.session': () => object('requests'),
  'http.client.httpsconnection': fetches,
  'http.client.httpconnection': fetches,
  'multiprocessing.shared_memory.sharedmemory': memory,
  'multiprocessing.shared_memory': () =>
    object('multiprocessing.shared_memory'),
  'posix_ipc.sharedmemory': memory,
  'sysv_ipc.sharedmemory': memory,
  'multiprocessing.connection.listener': connection('server'),
  'multiprocessing.connection.client': connection('client'),
  'win32pipe.createnamedpipe': named('pipe_server'),
  'win32pipe.callnamedpipe': named('pipe_client'),
  'win32pipe.waitnamedpipe': named('pipe_client'),
  'win32file.createfile': named('pipe_client'),
  'win32security.impersonatenamedpipeclient': (call) => {
    call.tell('pipe_impersonation', 'ImpersonateNamedPipeClient')
    return undefined
  },
  'dde.createserver': () => object('dde.server'),
  'dde.createconversation': () => object('dde.conversation'),
  'dde.conversation.connectto': (call) => {
    call.tell('dde', call.args.slice(0, 2).map(shownOf).join('|'))
    return undefined
  },
  'winreg.setvalueex': (call) => {
    tellRegistry(
      call,
      [call.args[0], call.args[1]].map(shownOf).join('\\'),
      shownOf(call.args[4]),
    )
    return undefined
  },
  'winreg.createkey': ({ args }) =>
    text(
      args
        .map(shownOf)
        .join('\\')
        .replace(/\{?winreg\.(hkey_\w+)\}?/i, '$1'),
    ),
  'winreg.openkey': ({ args }) =>
    text(
      args
        .slice(0, 2)
        .map(shownOf)
        .join('\\')
        .replace(/\{?winreg\.(hkey_\w+)\}?/i, '$1'),
    ),
  'appscript.app': (call) => {
    call.tell('apple_event', shownOf(call.args[0]))
    return object('application')
  },
  'ctypes.cdll.loadlibrary': (call) => {
    call.tell('load', shownOf(call.args[0]))
    return object('library')
  },
  'ctypes.cdll': (call) => {
    if (call.args[0]) call.tell('load', shownOf(call.args[0]))
    return object('library')
  },
  'ctypes.windll.kernel32': () => object('library'),
  'ctypes.windll.advapi32': () => object('library'),
}

/** Functions of a library that was loaded. */
export function pythonOther(call: Call): Value | undefined {
  const [of, method] = split(call.path)
  if (
    of === 'library' ||
    of.startsWith('ctypes.windll') ||
    of === 'ctypes.cdll'
  ) {
    tellApi(call, method, call.args)
    return object('handle')
  }
  return undefined
}

function split(path: string): readonly [string, string] {
  const dot = path.lastIndexOf('.')
  return dot < 0 ? ['', path] : [path.slice(0, dot), path.slice(dot + 1)]
}
