// Node's library and macOS's scripting in JavaScript: processes, sockets, pipes, Apple Events, XPC.
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
import { connectionOf, startedOf } from './ends.ts'
import { socketOf, tellFile, tellPipe } from './places.ts'

const runs: Known = (call) => {
  const [program, args] = call.args
  const words = args?.kind === 'list' ? [program!, ...args.items] : undefined
  const line = words ? list(words) : program
  call.commandLine(line)
  return startedOf(line)
}

const optionOf = (v: Value | undefined, name: string): Value | undefined =>
  v?.kind === 'object' ? v.entries.get(name) : undefined

/** `connect(path)`, `connect(port, host)`, `connect({ path })`. */
const connects: Known = (call) => {
  const [first, second] = call.args
  const path = shownOf(
    optionOf(first, 'path') ?? optionOf(first, 'socketpath') ?? first,
  )
  if (tellPipe(call, 'pipe_client', path)) return connectionOf('net.socket')
  const socket = socketOf(path)
  if (socket) call.tell('socket_client', socket)
  else {
    const port = optionOf(first, 'port') ?? first
    const host =
      optionOf(first, 'host') ?? (second?.kind === 'text' ? second : undefined)
    call.tell(
      'connect',
      [host ? shownOf(host) : undefined, shownOf(port)]
        .filter((x) => x !== undefined)
        .join(':'),
    )
    call.mark('connection')
  }
  return connectionOf('net.socket')
}

const listens: Known = (call) => {
  const first = call.args[0]
  const path = shownOf(optionOf(first, 'path') ?? first)
  if (tellPipe(call, 'pipe_server', path)) return call.receiver
  const socket = socketOf(path) ?? (path.startsWith('/') ? path : undefined)
  if (socket) call.tell('socket_server', socket)
  else call.tell('listen', shownOf(optionOf(first, 'port') ?? first))
  return call.receiver
}

const requests: Known = (call) => {
  const [first] = call.args
  const socket = optionOf(first, 'socketpath')
  if (socket) {
    if (!tellPipe(call, 'pipe_client', shownOf(socket)))
      call.tell('socket_client', shownOf(socket))
  } else {
    const host = optionOf(first, 'hostname') ?? optionOf(first, 'host')
    const url = host
      ? `${shownOf(host)}${shownOf(optionOf(first, 'path'))}`
      : shownOf(optionOf(first, 'url') ?? first)
    if (url) call.tell('connect', url)
  }
  return unknown('response')
}

const writes: Known = (call) => {
  tellFile(call, shownOf(call.args[0]), true)
  return undefined
}

const reads: Known = (call) => {
  tellFile(call, shownOf(call.args[0]), false)
  return undefined
}

const application: Known = (call) => {
  const name = textOf(call.args[0])
  if (!name) return object('current application')
  call.tell('apple_event', name)
  return object('application', { data: text(name) })
}

const shellScript: Known = (call) => {
  const admin = optionOf(call.args[1], 'administratorprivileges')
  call.commandLine(call.args[0])
  if (admin) call.tell('xpc', 'com.apple.security.authtrampoline')
  return unknown('output')
}

/** Of a dialog whose answer is hidden as it is typed. */
const asksPassword: Known = (call) => {
  if (!optionOf(call.args[1], 'hiddenanswer')) return undefined
  call.tell('prompt', shownOf(call.args[0]))
  return unknown('password')
}

const doScript: Known = (call) => {
  call.commandLine(call.args[0])
  return undefined
}

const environment: Known = () => object('process.env')

/** `new WebSocket('ws://host')` of a program. */
const opensSocket: Known = (call) => {
  call.tell('connect', shownOf(call.args[0]).replace(/^wss?:\/\//i, ''))
  return connectionOf('net.socket')
}

/** Whoever connects is handed to a function. */
const serves: Known = (call) => {
  const handler = call.args.findLast((a) => a.kind === 'function')
  if (handler) call.invoke(handler, [connectionOf('net.socket')])
  return object('net.server')
}

const jxa: Table = {
  application,
  'application.currentapplication': () => object('current application'),
  '.doshellscript': shellScript,
  'current application.doshellscript': shellScript,
  'application.doshellscript': shellScript,
  '.displaydialog': asksPassword,
  'current application.displaydialog': asksPassword,
  'application.displaydialog': asksPassword,
  'application.doscript': doScript,
  '.doscript': doScript,
  'application.processes.byname': ({ receiver }) => receiver,
  'objc.unwrap': ({ args }) => args[0],
  '.writetofileatomically': writes,
  '.writetofileatomicallyencodingerror': writes,
}

/** `Function(code)`: what calling it gives; `Function('a', 'b', code)`: a function, whose names are known when it is called. */
export const functionOfText: Known = (call) => {
  const { args, language } = call
  const params = args.slice(0, -1).map((a) => textOf(a))
  const code = textOf(args.at(-1))
  const isJs = language !== 'lua'
  if (
    isJs &&
    params.length &&
    code &&
    params.every((p) => isNames.test(p ?? ''))
  ) {
    call.tell('evaluate', code)
    const made = text(
      `(function(${params.join(',')}){${code}\n})`,
      args.at(-1)!.via,
    )
    return call.evaluate(made, language)
  }
  return object('[function of text]', {
    data: evaluates(undefined, true)(call) ?? unknown(),
  })
}

const isNames = /^[\w$,\s]{0,1000}$/

export const nodeCalls: Table = {
  eval: evaluates(undefined),
  'function.new': functionOfText,
  function: functionOfText,
  'constructor.constructor': functionOfText,
  '[function of text]': ({ receiver }) =>
    receiver?.kind === 'object' ? receiver.data : undefined,
  settimeout: (call) =>
    call.args[0]?.kind === 'text' ? evaluates('javascript')(call) : undefined,
  setinterval: (call) =>
    call.args[0]?.kind === 'text' ? evaluates('javascript')(call) : undefined,
  'vm.runinnewcontext': evaluates('javascript'),
  'vm.runinthiscontext': evaluates('javascript'),
  'vm.runincontext': evaluates('javascript'),
  'child_process.exec': runs,
  'child_process.execsync': runs,
  'child_process.execfile': runs,
  'child_process.execfilesync': runs,
  'child_process.spawn': runs,
  'child_process.spawnsync': runs,
  'child_process.fork': runs,
  'net.connect': connects,
  'net.createconnection': connects,
  'net.socket.connect': connects,
  'net.socket.new': () => connectionOf('net.socket'),
  'ws.new': opensSocket,
  'ws.websocket.new': opensSocket,
  'net.createserver': serves,
  'net.server.new': serves,
  'tls.createserver': serves,
  'tls.connect': connects,
  'net.server.listen': listens,
  'http.createserver': () => object('net.server'),
  'http.request': requests,
  'http.get': requests,
  'https.request': requests,
  'https.get': requests,
  fetch: requests,
  axios: requests,
  'axios.get': requests,
  'axios.post': requests,
  'fs.writefile': writes,
  'fs.writefilesync': writes,
  'fs.appendfile': writes,
  'fs.appendfilesync': writes,
  'fs.createwritestream': writes,
  'fs.opensync': reads,
  'fs.createreadstream': reads,
  'process.env': environment,
  ...jxa,
}
