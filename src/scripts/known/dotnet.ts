// .NET from PowerShell: pipes, sockets, processes, reflection, COM.
import type { Known } from '../fold/call.ts'
import type { Table } from '../fold/functions/text.ts'
import {
  bitOf,
  bytesOf,
  list,
  object,
  shownOf,
  text,
  unknown,
  type Value,
} from '../fold/value.ts'
import { commandNamed } from './cmdlets.ts'
import { comObject, getObject, wmiClass } from './com.ts'
import { environmentOf } from './environment.ts'
import { evaluates } from './evaluation.ts'
import { isOther, socketOf, tellFile } from './places.ts'
import { tellRegistry } from './settings.ts'

const downloads: Known = (call) => {
  const url = shownOf(call.args[0])
  if (url) call.tell('connect', url)
  if (call.path.endsWith('file') || call.path.endsWith('fileasync'))
    tellFile(call, shownOf(call.args[1]), true)
  return unknown('downloaded')
}

const pipeServer: Known = (call) => {
  call.tell('pipe_server', `\\${shownOf(call.args[0])}`)
  return object('io.pipes.server')
}

const pipeClient: Known = (call) => {
  const [first, second] = call.args
  const named = second?.kind === 'text' ? second : first
  const host = second?.kind === 'text' ? shownOf(first) : undefined
  call.tell('pipe_client', `\\${shownOf(named)}`, {
    host: isOther(host) ? host : undefined,
  })
  return object('io.pipes.client')
}

const impersonates: Known = (call) => {
  call.tell('pipe_impersonation', call.method)
  return undefined
}

const tcpClient: Known = (call) => {
  if (call.args.length) {
    call.tell('connect', call.args.slice(0, 2).map(shownOf).join(':'))
    call.mark('connection')
  }
  return object('net.sockets.tcpclient')
}

const stream: Known = (call) => {
  call.mark('stream')
  return object('net.stream')
}

const startInfo: Known = (call) => {
  const [program, args] = call.args
  if (program)
    call.commandLine(args && shownOf(args) ? list([program, args]) : program)
  return object('diagnostics.process')
}

const comType = (call: Parameters<Known>[0]): Value =>
  comObject(
    call,
    call.args[0],
    call.args[1]?.kind === 'text' || call.args[1]?.kind === 'unknown'
      ? call.args[1]
      : undefined,
  )

const loads: Known = (call) => {
  const [what] = call.args
  const raw =
    what && what.kind !== 'text'
      ? (bytesOf(what) ?? (what.kind === 'unknown' ? what : undefined))
      : undefined
  call.tell('load', raw ? 'assembly from memory' : shownOf(what))
  return object('assembly')
}

const writesFile: Known = (call) => {
  tellFile(call, shownOf(call.args[0]), true)
  return undefined
}

const opensFile: Known = (call) => {
  tellFile(
    call,
    shownOf(call.args[0]),
    /write|create|append/i.test(shownOf(call.args[1])),
  )
  return object('io.filestream')
}

const memory: Known = (call) => {
  call.tell('shared_memory', shownOf(call.args[0]))
  return undefined
}

const scriptText: Known = (call) => {
  evaluates('powershell')(call)
  return call.receiver ?? unknown()
}

const namedCommand = (name: Value | undefined): Value | undefined =>
  name && commandNamed(shownOf(name), name.via)

const invokes: Known = (call) => {
  const { receiver } = call
  // `$o.Run.Invoke('x')`: a member is called as well as a block.
  return receiver?.kind === 'function' || receiver?.kind === 'object'
    ? call.invoke(receiver, call.args)
    : undefined
}

export function managementPath(
  call: Parameters<Known>[0],
  path: string,
): Value {
  const [, host] = /^[\\/]{2}([^\\/]{1,255})[\\/]/.exec(path) ?? []
  return wmiClass(
    call,
    path.replace(/^.*:/, ''),
    isOther(host) ? host : undefined,
  )
}

export const dotnetCalls: Table = {
  'net.webclient.downloadstring': downloads,
  'net.webclient.downloadfile': downloads,
  'net.webclient.downloaddata': downloads,
  'net.webclient.openread': downloads,
  'net.webclient.uploadstring': downloads,
  'net.webclient.uploadfile': downloads,
  '.downloadstring': downloads,
  '.downloadfile': downloads,
  '.downloaddata': downloads,
  '.uploadstring': downloads,
  'net.webrequest.create': downloads,
  'net.httpwebrequest.create': downloads,
  '.getstringasync': downloads,
  'io.pipes.namedpipeserverstream.new': pipeServer,
  'io.pipes.namedpipeclientstream.new': pipeClient,
  '.runasclient': impersonates,
  '.getimpersonationusername': impersonates,
  'net.sockets.tcpclient.new': tcpClient,
  'net.sockets.tcpclient.connect': tcpClient,
  'net.sockets.tcpclient.getstream': stream,
  '.getstream': stream,
  'net.sockets.tcplistener.new': (call) => {
    call.tell('listen', call.args.map(shownOf).join(':'))
    call.mark('connection')
    return object('net.sockets.tcplistener')
  },
  '.accepttcpclient': () => object('net.sockets.tcpclient'),
  'net.sockets.unixdomainsocketendpoint.new': (call) => {
    call.tell(
      'socket_client',
      socketOf(shownOf(call.args[0])) ?? shownOf(call.args[0]),
    )
    return undefined
  },
  'diagnostics.process.start': startInfo,
  'diagnostics.processstartinfo.new': startInfo,
  '.filename=': (call) => {
    const args =
      call.receiver?.kind === 'object'
        ? call.receiver.entries.get('arguments')
        : undefined
    call.commandLine(args ? list([call.args[0]!, args]) : call.args[0])
    return undefined
  },
  'type.gettypefromprogid': comType,
  'type.gettypefromclsid': comType,
  'activator.createinstance': ({ args }) => args[0],
  'guid.new': ({ args }) => args[0],
  'runtime.interopservices.marshal.getactiveobject': comType,
  'runtime.interopservices.marshal.bindtomoniker': getObject,
  'microsoft.visualbasic.interaction.getobject': getObject,
  'microsoft.visualbasic.interaction.createobject': comType,
  'microsoft.visualbasic.interaction.shell': startInfo,
  'reflection.assembly.load': loads,
  'reflection.assembly.loadfile': loads,
  'reflection.assembly.loadfrom': loads,
  'appdomain.currentdomain.load': loads,
  'io.file.writealltext': writesFile,
  'io.file.writeallbytes': writesFile,
  'io.file.appendalltext': writesFile,
  'io.file.create': writesFile,
  'io.file.open': opensFile,
  'io.file.openwrite': writesFile,
  'io.filestream.new': opensFile,
  'io.streamwriter.new': writesFile,
  'microsoft.win32.registry.setvalue': (call) => {
    tellRegistry(
      call,
      call.args.slice(0, 2).map(shownOf).join('\\'),
      shownOf(call.args[2]),
    )
    return undefined
  },
  'io.memorymappedfiles.memorymappedfile.createnew': memory,
  'io.memorymappedfiles.memorymappedfile.createoropen': memory,
  'io.memorymappedfiles.memorymappedfile.openexisting': memory,
  'management.managementclass.new': (call) =>
    managementPath(call, shownOf(call.args[0])),
  'wmi.path': (call) => managementPath(call, shownOf(call.args[0])),
  'scriptblock.create': scriptText,
  '.invokescript': scriptText,
  '.newscriptblock': scriptText,
  '.addscript': scriptText,
  '.getcommand': ({ args }) => namedCommand(args[0]),
  '.getcmdlet': ({ args }) => namedCommand(args[0]),
  '.getcmdlets': ({ args }) => namedCommand(args[0]),
  '.getcommands': ({ args }) => namedCommand(args[0]),
  '.getcommandname': ({ args }) => namedCommand(args[0]),
  'powershell.create': () => object('powershell'),
  '.invoke': invokes,
  '.invokereturnasis': invokes,
  '.foreachobject': invokes,
  'environment.getenvironmentvariable': ({ args }) =>
    unknown(`env:${shownOf(args[0])}`),
  'net.dns.gethostentry': ({ args, tell }) => {
    tell('connect', shownOf(args[0]))
    return undefined
  },
  'security.principal.windowsidentity.impersonate': () => undefined,
}

/** What a screen may believe without reading: by these words alone nothing is told. */
export const silentCalls: ReadonlySet<Known> = new Set([invokes, stream])

/** Types of the language that are variables of the session. */
export function powershellNames(name: string): Value | undefined {
  const known: Readonly<Record<string, string>> = {
    $pshome: 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0',
    $shellid: 'Microsoft.PowerShell',
    $verbosepreference: 'SilentlyContinue',
  }
  if (name === '$false' || name === '$null') return text('')
  if (name === '$true') return text('True')
  if (Object.hasOwn(known, name)) return text(known[name]!)
  if (!name.startsWith('$env:')) return undefined
  const value = environmentOf(name.slice(5))
  return value === undefined ? undefined : text(value, bitOf('environment'))
}
