// Lua's library, its sockets, and the programs that hold it: processes, connections, files.
import type { Known } from '../fold/call.ts'
import type { Table } from '../fold/functions/text.ts'
import { list, object, shownOf, unknown, type Value } from '../fold/value.ts'
import { functionOfText } from './node.ts'
import { connectionOf, givesEnd, startedOf } from './ends.ts'
import { variable } from './environment.ts'
import { pipeOf, socketOf, tellFile, tellPipe } from './places.ts'

const runs: Known = (call) => {
  call.commandLine(call.args[0])
  return startedOf(call.args[0])
}

/** A program with its words. */
const runsWords: Known = (call) => {
  const words = call.args.flatMap((a) => (a.kind === 'list' ? a.items : [a]))
  call.commandLine(list(words))
  return unknown('output')
}

const connects: Known = (call) => {
  const [host, port] = call.args.map(shownOf)
  const socket = socketOf(host ?? '')
  if (socket) call.tell('socket_client', socket)
  else {
    call.tell('connect', [host, port].filter(Boolean).join(':'))
    call.mark('connection')
  }
  return connectionOf('socket')
}

const listens: Known = (call) => {
  call.tell('listen', call.args.slice(0, 2).map(shownOf).join(':'))
  return connectionOf('server')
}

const open: Known = (): Value => connectionOf('socket')

const opens: Known = (call) => {
  const path = shownOf(call.args[0])
  if (tellPipe(call, 'pipe_client', path)) return connectionOf('file')
  tellFile(call, path, /[wa+]/.test(shownOf(call.args[1])))
  return pipeOf(path) ? connectionOf('file') : object('file')
}

const osascript =
  (language: 'applescript' | 'jxa'): Known =>
  (call) => {
    call.tell('evaluate', shownOf(call.args[0]))
    call.script(call.args[0], language)
    return undefined
  }

export const luaCalls: Table = {
  load: functionOfText,
  loadstring: functionOfText,
  '[function of text]': ({ receiver }) =>
    receiver?.kind === 'object' ? receiver.data : undefined,
  'os.getenv': variable,
  'os.execute': runs,
  'io.popen': runs,
  'io.open': opens,
  'socket.tcp': open,
  'socket.unix': open,
  'socket.unix.new': open,
  'socket.connect': connects,
  'socket.bind': listens,
  'posix.exec': runsWords,
  'posix.execp': runsWords,
  'posix.unistd.exec': runsWords,
  'posix.dup2': (call) => {
    givesEnd(call, call.args[1], call.args[0])
    return undefined
  },
  'posix.unistd.dup2': (call) => {
    givesEnd(call, call.args[1], call.args[0])
    return undefined
  },
  // Hammerspoon, and editors.
  'hs.execute': runs,
  'hs.osascript.applescript': osascript('applescript'),
  'hs.osascript.javascript': osascript('jxa'),
  'vim.fn.system': runs,
}
