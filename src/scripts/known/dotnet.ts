// .NET from PowerShell: pipes, sockets, processes, reflection, COM.
import { psTruth } from '../fold/operators/powershell-values.ts'
import type { Known } from '../fold/call.ts'
import { ofMemory, ofPipe } from '../fold/flow.ts'
import { joinList, splitText, type Table } from '../fold/functions/text.ts'
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
import { languageOfName } from '../language.ts'
import { commandNamed } from './cmdlets.ts'
import { comObject, getObject } from './com.ts'
import { environmentOf, expanded } from './environment.ts'
import { evaluates } from './evaluation.ts'
import { pipeOf, tellFile } from './places.ts'
import { tellRegistry } from './settings.ts'
import { silentStreamCalls, streamCalls } from './streams.ts'

const downloads: Known = (call) => {
  const url = shownOf(call.args[0])
  if (url) call.tell('connect', url)
  if (call.path.endsWith('file') || call.path.endsWith('fileasync'))
    tellFile(call, shownOf(call.args[1]), true)
  return unknown('downloaded')
}

const impersonates: Known = (call) => {
  call.tell('pipe_impersonation', call.method)
  return undefined
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

/** What is written is what whoever reads the file finds. */
const writesText: Known = (call) => {
  const [path, given] = call.args
  tellFile(call, shownOf(path), true)
  const isLines = call.path.endsWith('lines')
  const content = isLines ? joinList(given, '\r\n', call.budget) : given
  call.session.write(shownOf(path), content)
  const language = languageOfName(shownOf(path))
  if (language && content) call.script(content, language)
  return undefined
}

const readsFile: Known = (call) => {
  const path = shownOf(call.args[0])
  tellFile(call, path, false)
  return call.session.file(path)
}

const readsLines: Known = (call) =>
  splitText(readsFile(call), '\n', call.budget)

const opensFile: Known = (call) => {
  tellFile(
    call,
    shownOf(call.args[0]),
    /write|create|append/i.test(shownOf(call.args[1])),
  )
  const via = pipeOf(shownOf(call.args[0])) ? ofPipe : 0
  return object('io.filestream', { via })
}

const memory: Known = (call) => {
  call.tell('shared_memory', shownOf(call.args[0]))
  return object('io.memorymappedfiles.file', { via: ofMemory })
}

/** A stream over it, or places in it. */
const view: Known = ({ receiver }) =>
  receiver && object('io.memorymappedfiles.view', { via: receiver.via })

const scriptText: Known = (call) => {
  evaluates('powershell')(call)
  return call.receiver ?? unknown()
}

const namedCommand = (name: Value | undefined): Value | undefined =>
  name && commandNamed(shownOf(name), name.via)

const invokes: Known = (call) => {
  const { receiver } = call
  if (receiver?.kind === 'function') return call.invoke(receiver, call.args)
  const path =
    receiver?.kind === 'object'
      ? receiver.type
      : receiver?.kind === 'unknown' && !receiver.isResult
        ? receiver.hint
        : ''
  // `$o.Run.Invoke('x')`: a member is called as well as a block.
  const [, of, member] = /^(.+)\.([\w]+)$/.exec(path) ?? []
  if (!receiver || !of || !member) return undefined
  const host = receiver.kind === 'object' ? receiver.host : undefined
  const holder =
    receiver.kind === 'object'
      ? object(of, { via: receiver.via, ...(host !== undefined && { host }) })
      : unknown(of, receiver.via)
  return call.send(holder, member, call.args)
}

export const dotnetCalls: Table = {
  ...streamCalls,
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
  '.runasclient': impersonates,
  '.getimpersonationusername': impersonates,
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
  'io.file.writealltext': writesText,
  'io.file.writealllines': writesText,
  'io.file.writeallbytes': writesText,
  'io.file.readalltext': readsFile,
  'io.file.readallbytes': readsFile,
  'io.file.readalllines': readsLines,
  'io.file.readlines': readsLines,
  'io.file.appendalltext': writesFile,
  'io.file.create': writesFile,
  'io.file.open': opensFile,
  'io.file.openwrite': writesFile,
  'io.file.openread': opensFile,
  'io.file.opentext': opensFile,
  'io.filestream.new': opensFile,
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
  'io.memorymappedfiles.file.createviewstream': view,
  'io.memorymappedfiles.file.createviewaccessor': view,
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
  'environment.getenvironmentvariable': ({ args, session }) => {
    const name = shownOf(args[0])
    const held = environmentOf(name)
    return (
      session.variable(name) ??
      (held === undefined
        ? unknown(`env:${name}`)
        : text(held, bitOf('environment')))
    )
  },
  'environment.setenvironmentvariable': ({ args: [name, value], session }) => {
    if (name) session.setVariable(shownOf(name), value)
    return undefined
  },
  'environment.expandenvironmentvariables': ({ args, session }) =>
    expanded(args[0], session),
  'net.dns.gethostentry': ({ args, tell }) => {
    tell('connect', shownOf(args[0]))
    return undefined
  },
  'security.principal.windowsidentity.impersonate': () => undefined,
}

/** What a screen may believe without reading: by these words alone nothing is told. */
export const silentCalls: ReadonlySet<Known> = new Set([
  invokes,
  ...silentStreamCalls,
])

/** Types of the language that are variables of the session. */
export function powershellNames(name: string): Value | undefined {
  const known: Readonly<Record<string, string>> = {
    $pshome: 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0',
    $shellid: 'Microsoft.PowerShell',
    $verbosepreference: 'SilentlyContinue',
  }
  if (name === '$null') return { ...text(''), isNull: true }
  if (name === '$false' || name === '$true') return psTruth(name === '$true')
  if (Object.hasOwn(known, name)) return text(known[name]!)
  if (!name.startsWith('$env:')) return undefined
  const value = environmentOf(name.slice(5))
  return value === undefined ? undefined : text(value, bitOf('environment'))
}
