// COM: how objects are made and on which host, and what the methods of those objects do that scripts use.
import type { Call, Known } from '../fold/call.ts'
import type { Table } from '../fold/functions/text.ts'
import {
  itemsOf,
  list,
  object,
  shownOf,
  text,
  unknown,
  type Value,
} from '../fold/value.ts'
import { comFileCalls } from './com-files.ts'
import { environmentOf, expanded } from './environment.ts'
import { isOther, tellFile, urlIn } from './places.ts'
import { scheduleCalls } from './schedule.ts'
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
  const at = other === undefined ? {} : { host: other }
  return isHidden(name)
    ? object('hidden.object', { data: text(name), ...at })
    : object(typeOf(name), at)
}

/** Some of it is not known: it stands by its name in braces, as a class id does. */
function isHidden(name: string): boolean {
  return /\{(?![0-9a-f-]{36}\})/i.test(name)
}

const create: Known = ({ args, named, tell }) =>
  comObject(
    { tell },
    args[0] ??
      named.get('clsid') ??
      named.get('progid') ??
      named.get('dispatch'),
    args[1] ?? named.get('machine'),
  )

/** Python's: the server is a list, of which the host is the first. */
const createOnServer: Known = ({ args, named, tell }) => {
  const server = args[3] ?? named.get('serverinfo')
  const host = server?.kind === 'list' ? server.items[0] : named.get('machine')
  const made = comObject({ tell }, args[0] ?? named.get('clsid'), host)
  return list([made])
}

/** comtypes: a class, its interface, its context, and the host by its name. */
const createWithMachine: Known = ({ args, named, tell }) =>
  comObject({ tell }, args[0], args[3] ?? named.get('machine'))

/** An object makes another: for a client outside of it, Outlook is one that does. */
const createFor: Known = (call) => {
  const { receiver } = call
  if (receiver?.kind === 'object')
    call.tell('com', `${shownOf(receiver)}.CreateObject`, {
      host: hostOf(receiver),
    })
  return create(call)
}

/** What it is only a run would tell; it starts what it is given, if it is what has such a method. */
const runsUnknown: Known = (call) => {
  if (!call.args.length) return undefined
  call.tell('com', `${shownOf(call.receiver)}.${call.method}`)
  return runs(call)
}

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

/** A class or a moniker, by the one function: PHP's COM and Python's Dispatch. */
const createOrGet: Known = (call) =>
  /^(?:winmgmts|script(?:let)?|ldap|winnt):/i.test(shownOf(call.args[0]))
    ? getObject(call)
    : create(call)

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

/** A dictionary holds what it is given under a name. */
const setsKey: Known = ({ receiver, args: [name, value] }) => {
  if (receiver?.kind === 'object' && name && value)
    receiver.entries.set(shownOf(name).toLowerCase(), value)
  return undefined
}

const keyOf: Known = ({ receiver, args: [name] }) =>
  receiver?.kind === 'object' && name
    ? receiver.entries.get(shownOf(name).toLowerCase())
    : undefined

const openAddress: Known = (call) => {
  call.tell('connect', shownOf(call.args[1] ?? call.args[0]))
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
  ...comFileCalls,
  createobject: create,
  'createobject.new': create,
  'wscript.createobject': create,
  'server.createobject': create,
  'activexobject.new': create,
  activexobject: create,
  getobject: getObject,
  'wscript.getobject': getObject,
  'com.new': createOrGet,
  'win32ole.new': create,
  'win32ole.connect': getObject,
  'win32::ole.new': (call) => {
    const server = itemsOf(
      call.args[0]?.kind === 'list' ? call.args[0] : undefined,
    )
    return server
      ? comObject(call, server[1], server[0])
      : comObject(call, call.args[0])
  },
  'win32::ole.getobject': getObject,
  'win32com.client.dispatch': createOrGet,
  'win32com.client.dispatchex': create,
  'win32com.client.gencache.ensuredispatch': create,
  'win32com.client.getobject': getObject,
  'comtypes.client.createobject': ({ args, named, tell }) =>
    comObject({ tell }, args[0], args[2] ?? named.get('machine')),
  'comtypes.cocreateinstanceex': createWithMachine,
  'comtypes.cocreateinstance': create,
  'pythoncom.cocreateinstanceex': createOnServer,
  'pythoncom.cocreateinstance': ({ args, tell }) =>
    comObject({ tell }, args[0]),
  'pythoncom.new': ({ args, tell }) => comObject({ tell }, args[0]),
  'win32com.client.dynamic.dispatch': ({ args, tell }) =>
    comObject({ tell }, args[0]),
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
  // A window of the shell is where the shell is.
  'shellwindows.item': ({ receiver }) => {
    const host = hostOf(receiver)
    return object('shellbrowserwindow', host === undefined ? {} : { host })
  },
  '.shellexecute': shellExecute,
  'shell.application.shellexecute': shellExecute,
  '.executeshellcommand': executeShellCommand,
  'shell.application.open': runs,
  'msxml2.xmlhttp.open': openAddress,
  'msxml2.serverxmlhttp.open': openAddress,
  'microsoft.xmlhttp.open': openAddress,
  'winhttp.winhttprequest.open': openAddress,
  'xmlhttprequest.open': openAddress,
  'internetexplorer.application.navigate': openAddress,
  'internetexplorer.application.navigate2': openAddress,
  'windowsinstaller.installer.installproduct': openAddress,
  'scripting.dictionary.add': setsKey,
  'scripting.dictionary.item': keyOf,
  'scripting.dictionary': keyOf,
  'scripting.dictionary.items': ({ receiver }) =>
    receiver?.kind === 'object'
      ? list([...receiver.entries.values()])
      : undefined,
  'scripting.dictionary.keys': ({ receiver }) =>
    receiver?.kind === 'object'
      ? list(Array.from(receiver.entries.keys(), (k) => text(k)))
      : undefined,
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
  ...scheduleCalls,
  '.createshortcut': (call) => {
    tellFile(call, shownOf(call.args[0]), true)
    return object('shortcut')
  },
  '.createobject': createFor,
  'hidden.object.run': runsUnknown,
  'hidden.object.exec': runsUnknown,
  '.addfromstring': evaluates('vbscript'),
  'microsoft.update.session': create,
}
