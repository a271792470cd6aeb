// COM: how objects are made and on which host, and what the methods of those objects do that scripts use.
import type { Call, Known } from '../fold/call.ts'
import { fromBase64, fromHex } from '../fold/decode.ts'
import type { Table } from '../fold/functions/text.ts'
import {
  bytesOf,
  itemsOf,
  numberOf,
  object,
  shownOf,
  text,
  textOf,
  unknown,
  type Value,
} from '../fold/value.ts'
import { languageOfName } from '../language.ts'
import { environmentOf, expanded } from './environment.ts'
import { isOther, tellFile, urlIn } from './places.ts'
import { tellRegistry } from './settings.ts'
import { hostOf, winmgmts, wmiCalls } from './wmi.ts'

// Class ids of what scripts use most: the part of content/knowledge/clsids.yml that they name, without versions.
export const byClassId: Readonly<Record<string, string>> = {
  '72c24dd5-d70a-438b-8a42-98424b88afb8': 'wscript.shell',
  'f935dc22-1cf0-11d0-adb9-00c04fd58a0b': 'wscript.shell',
  '13709620-c279-11ce-a49e-444553540000': 'shell.application',
  '0d43fe01-f093-11cf-8940-00a0c9054228': 'scripting.filesystemobject',
  '9ba05972-f6a8-11cf-a442-00a0c90a8f39': 'shellwindows',
  'c08afd90-f2a1-11d1-8455-00a0c91f3880': 'shellbrowserwindow',
  '49b2791a-b1ae-4c90-9b8e-e860ba07f889': 'mmc20.application',
  '00024500-0000-0000-c000-000000000046': 'excel.application',
  '0f87369f-a4e5-4cfc-bd3e-73e6154572dd': 'schedule.service',
  '4590f811-1d3a-11d0-891f-00aa004b2e24': 'wbemscripting.swbemlocator',
}

function typeOf(id: string): string {
  const bare = id
    .trim()
    .toLowerCase()
    .replace(/^new:/, '')
    .replace(/^clsid:/, '')
    .replace(/[{}]/g, '')
  return byClassId[bare] ?? bare.replace(/\.\d+(?:\.\d+)?$/, '')
}

/** An object of a class that a page makes. */
export function pageObject(id: string): Value {
  return object(typeOf(id))
}

/** An object of a class, on this host or another. */
export function comObject(
  call: Pick<Call, 'tell'>,
  id: Value | undefined,
  host?: Value,
): Value {
  const name = shownOf(id)
  if (!name) return unknown()
  const where = host ? shownOf(host) : undefined
  const other = isOther(where) ? where : undefined
  call.tell('com', name, { host: other })
  return object(typeOf(name), other === undefined ? {} : { host: other })
}

const create: Known = (call) => comObject(call, call.args[0], call.args[1])

/** `GetObject`, which takes monikers. */
export const getObject: Known = (call) => {
  const name = shownOf(call.args[0]) || shownOf(call.args[1])
  if (!name) return undefined
  if (/^winmgmts:/i.test(name)) return winmgmts(call, name)
  if (/^script(?:let)?:/i.test(name)) {
    call.tell('com', name)
    const url = urlIn(name)
    if (url) call.tell('connect', url)
    return object('scriptlet')
  }
  if (/^(?:ldap|winnt):/i.test(name)) {
    call.tell('connect', name)
    return object('directory')
  }
  return comObject(call, text(name))
}

const runs: Known = (call) => {
  call.commandLine(call.args[0], { host: hostOf(call.receiver) })
  return object('process')
}

/** Program and arguments apart: the second is a line of its own. */
function lineOf(program: Value | undefined, args: Value | undefined) {
  return program && args && shownOf(args)
    ? text(`${shownOf(program)} ${shownOf(args)}`, program.via | args.via)
    : program
}

const shellExecute: Known = (call) => {
  const [program, args] = call.args
  call.commandLine(lineOf(program, args), { host: hostOf(call.receiver) })
  return undefined
}

/** MMC's ExecuteShellCommand(command, directory, parameters, state). */
const executeShellCommand: Known = (call) => {
  const [program, , args] = call.args
  call.commandLine(lineOf(program, args), { host: hostOf(call.receiver) })
  return undefined
}

/** `shell.Environment("process")("x") = "…"`. */
const setsVariable: Known = ({ args: [value, name], session }) => {
  if (name && value) session.setVariable(shownOf(name), value)
  return undefined
}

const variableOf: Known = ({ args: [name], session }) => {
  const held = environmentOf(shownOf(name))
  return (
    session.variable(shownOf(name)) ??
    (held === undefined ? undefined : text(held))
  )
}

const openAddress: Known = (call) => {
  call.tell('connect', shownOf(call.args[1] ?? call.args[0]))
  return undefined
}

const isWriting = (mode: Value | undefined): boolean => {
  const n = numberOf(mode)
  return (
    n === 2 ||
    n === 8 ||
    (mode?.kind === 'unknown' && /writ|append/i.test(mode.hint))
  )
}

const textStream =
  (writes: boolean): Known =>
  (call) => {
    const path = shownOf(call.args[0])
    tellFile(call, path, writes || isWriting(call.args[1]))
    return object('textstream', { data: text(path) })
  }

/** What is written into a file may be a script. */
const streamWrite: Known = ({ receiver, args, path, budget }) => {
  if (receiver?.kind !== 'object') return undefined
  const known = receiver.entries.get('content')
  const added = shownOf(args[0]) + (path.endsWith('line') ? '\r\n' : '')
  if (!budget.make(added.length)) return undefined
  receiver.entries.set(
    'content',
    text(
      (textOf(known) ?? '') + added,
      (known?.via ?? 0) | (args[0]?.via ?? 0),
    ),
  )
  return undefined
}

const streamClose: Known = (call) => {
  const { receiver } = call
  if (receiver?.kind !== 'object') return undefined
  const language = languageOfName(textOf(receiver.data) ?? '')
  if (language) call.script(receiver.entries.get('content'), language)
  return undefined
}

const saveToFile: Known = (call) => {
  tellFile(call, shownOf(call.args[0]), true)
  return undefined
}

/** An element of XML whose type is `bin.base64`: the usual way to decode. */
const typedValue: Known = ({ receiver, budget }) => {
  if (receiver?.kind !== 'object') return undefined
  const type = textOf(receiver.entries.get('datatype'))?.toLowerCase()
  const value =
    receiver.entries.get('text') ?? receiver.entries.get('nodetypedvalue')
  if (type === 'bin.base64') return fromBase64(value, budget)
  return type === 'bin.hex' ? fromHex(value, budget) : undefined
}

const streamRead: Known = ({ receiver }) => {
  const raw =
    receiver?.kind === 'object' ? receiver.entries.get('content') : undefined
  const b = bytesOf(raw)
  return b && text(b.toString('latin1'), raw!.via)
}

const keep: Known = ({ receiver, args }) => {
  if (receiver?.kind === 'object' && args[0])
    receiver.entries.set('content', args[0])
  return undefined
}

const evaluates =
  (language: 'vbscript' | 'jscript' | undefined): Known =>
  (call) => {
    call.tell('evaluate', shownOf(call.args[0]))
    call.script(call.args[0], language)
    return undefined
  }

const dde: Known = (call) => {
  call.tell('dde', call.args.slice(0, 2).map(shownOf).join('|'), {
    host: hostOf(call.receiver),
  })
  return undefined
}

const activates: Known = (call) => {
  call.tell('com', `${shownOf(call.receiver)}.ActivateMicrosoftApp`, {
    host: hostOf(call.receiver),
  })
  return undefined
}

const loads: Known = (call) => {
  call.tell('load', shownOf(call.args[0]), { host: hostOf(call.receiver) })
  return undefined
}

export const comCalls: Table = {
  ...wmiCalls,
  createobject: create,
  'createobject.new': create,
  'wscript.createobject': create,
  'server.createobject': create,
  'activexobject.new': create,
  activexobject: create,
  getobject: getObject,
  'wscript.getobject': getObject,
  'com.new': create,
  'win32ole.new': create,
  'win32ole.connect': create,
  'win32::ole.new': (call) => {
    const server = itemsOf(
      call.args[0]?.kind === 'list' ? call.args[0] : undefined,
    )
    return server
      ? comObject(call, server[1], server[0])
      : comObject(call, call.args[0])
  },
  'win32::ole.getobject': getObject,
  'win32com.client.dispatch': create,
  'win32com.client.dispatchex': create,
  'win32com.client.gencache.ensuredispatch': create,
  'win32com.client.getobject': getObject,
  'comtypes.client.createobject': create,
  'comtypes.client.cogetobject': getObject,
  'wscript.shell.run': runs,
  'wscript.shell.exec': runs,
  'wscript.shell.regwrite': (call) => {
    tellRegistry(call, shownOf(call.args[0]), shownOf(call.args[1]))
    return undefined
  },
  'wscript.shell.expandenvironmentstrings': ({ args, session }) =>
    expanded(args[0], session),
  'wscript.shell.environment': (call) =>
    call.receiver?.kind === 'object' &&
    call.receiver.type === 'wscript.shell.environment'
      ? variableOf(call)
      : object('wscript.shell.environment'),
  'wscript.shell.environment=': setsVariable,
  'wscript.shell.environment.item=': setsVariable,
  'wscript.shell.environment.item': variableOf,
  'wscript.shell.sendkeys': (call) => {
    call.tell('start', shownOf(call.args[0]))
    return undefined
  },
  '.shellexecute': shellExecute,
  'shell.application.shellexecute': shellExecute,
  '.executeshellcommand': executeShellCommand,
  'shell.application.open': runs,
  'scripting.filesystemobject.createtextfile': textStream(true),
  'scripting.filesystemobject.opentextfile': textStream(false),
  'textstream.write': streamWrite,
  'textstream.writeline': streamWrite,
  'textstream.close': streamClose,
  'adodb.stream.savetofile': saveToFile,
  'adodb.stream.write': keep,
  'adodb.stream.writetext': keep,
  'adodb.stream.readtext': streamRead,
  'adodb.stream.read': streamRead,
  '.createelement': () => object('xml.element'),
  'xml.element.nodetypedvalue': typedValue,
  'msxml2.xmlhttp.open': openAddress,
  'msxml2.serverxmlhttp.open': openAddress,
  'microsoft.xmlhttp.open': openAddress,
  'winhttp.winhttprequest.open': openAddress,
  'xmlhttprequest.open': openAddress,
  'internetexplorer.application.navigate': openAddress,
  'internetexplorer.application.navigate2': openAddress,
  'windowsinstaller.installer.installproduct': openAddress,
  'scriptcontrol.eval': evaluates(undefined),
  'scriptcontrol.executestatement': evaluates(undefined),
  'scriptcontrol.addcode': evaluates(undefined),
  'msscriptcontrol.scriptcontrol.eval': evaluates(undefined),
  'msscriptcontrol.scriptcontrol.executestatement': evaluates(undefined),
  'msscriptcontrol.scriptcontrol.addcode': evaluates(undefined),
  '.parentwindow.execscript': evaluates('jscript'),
  '.execscript': evaluates('jscript'),
  '.ddeinitiate': dde,
  ddeinitiate: dde,
  'application.ddeinitiate': dde,
  '.ddeexecute': (call) => {
    call.tell('dde', shownOf(call.args[1] ?? call.args[0]))
    return undefined
  },
  '.activatemicrosoftapp': activates,
  '.registerxll': loads,
  '.executeexcel4macro': evaluates(undefined),
  'schedule.service.connect': (call) => {
    const host = shownOf(call.args[0])
    if (isOther(host)) call.tell('com', 'Schedule.Service', { host })
    return undefined
  },
  '.registertaskdefinition': (call) => {
    call.tell('install', shownOf(call.args[0]))
    return undefined
  },
  '.createshortcut': (call) => {
    tellFile(call, shownOf(call.args[0]), true)
    return object('shortcut')
  },
  'outlook.application.createobject': create,
  '.addfromstring': evaluates('vbscript'),
  'microsoft.update.session': create,
}
