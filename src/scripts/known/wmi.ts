// WMI: services and classes on whichever host, methods of classes with their parameters, and instances that are put there, of which the
// consumers of events start programs and run scripts. https://learn.microsoft.com/windows/win32/wmisdk/scripting-api-for-wmi and the pages
// of CommandLineEventConsumer and ActiveScriptEventConsumer.
import type { Call, Known, Teller } from '../fold/call.ts'
import type { Table } from '../fold/functions/text.ts'
import {
  object,
  type ObjectValue,
  shownOf,
  text,
  unknown,
  type Value,
} from '../fold/value.ts'
import { isOther } from './places.ts'

type Says = Pick<Teller, 'tell' | 'commandLine' | 'script'>

/** Of an object, or of the scope that it was given. */
export function hostOf(value: Value | undefined): string | undefined {
  if (value?.kind !== 'object') return undefined
  if (value.host !== undefined) return value.host
  const scope = value.entries.get('scope')
  return scope?.kind === 'object' ? scope.host : undefined
}

/** `\\host\root\cimv2:Class`: its parts. */
function partsOf(path: string): { host: string | undefined; name: string } {
  const host = /^[\\/]{2}([^\\/]{1,255})[\\/]/.exec(path)?.[1]
  return {
    host: isOther(host) ? host : undefined,
    name: path.replace(/^[^:]{0,512}:/, ''),
  }
}

/** `winmgmts:{impersonationLevel=impersonate}!\\host\root\cimv2:Win32_Process`. */
export function winmgmts(call: Pick<Call, 'tell'>, moniker: string): Value {
  const path = moniker
    .slice(9)
    .replace(/^\{[^}]*\}!?/, '')
    .replace(/^(?:\{[^}]{0,200}\}!)/, '')
  const { host } = partsOf(path)
  // A class may stand alone, in the namespace that is usual.
  const of = /(?::|^(?=[A-Za-z0-9]{1,16}_))(\w[\w=".\\-]*)$/.exec(path)?.[1]
  if (of) return wmiClass(call, of, host)
  call.tell('wmi', path || 'root\\cimv2', { host })
  return serviceOf(host)
}

function serviceOf(host: string | undefined): Value {
  return object('wmi', host === undefined ? {} : { host })
}

export function wmiClass(
  call: Pick<Call, 'tell'>,
  name: string,
  host: string | undefined,
): Value {
  if (name) call.tell('wmi', name, { host })
  return object('wmi.class', {
    data: text(name),
    ...(host !== undefined && { host }),
  })
}

/** A class by its path; its scope may be given apart. */
export function managementPath(
  call: Pick<Call, 'tell'>,
  path: string,
  scope?: Value,
): Value {
  const { host, name } = partsOf(path)
  return wmiClass(call, name, host ?? hostOf(scope))
}

/** An instance of a class, which is there once it is put. */
function instanceOf(of: Value | undefined, type = 'wmi.instance'): Value {
  const host = hostOf(of)
  return object(type, {
    data: of?.kind === 'object' && of.data ? of.data : text(''),
    ...(host !== undefined && { host }),
  })
}

/** What a method of a class is given: a table of names, a list, or the line alone. */
function lineIn(args: Value | undefined): Value | undefined {
  if (args?.kind === 'object') return args.entries.get('commandline')
  if (args?.kind !== 'list') return args
  const [first] = args.items
  return first?.kind === 'object' ? lineIn(first) : first
}

export function callMethod(
  says: Says,
  of: string,
  method: string,
  args: Value | undefined,
  host: string | undefined,
): void {
  const { name, host: own } = partsOf(of)
  const at = { host: host ?? own }
  says.tell('wmi', [name, method].filter(Boolean).join('.'), at)
  const line = lineIn(args)
  if (/^create$/i.test(method) && line && !/^win32_(?!process$)/i.test(name))
    says.commandLine(line, at)
}

/** Of the consumers those that act. */
const acting = /^(?:commandline|activescript)eventconsumer$/i

/** A consumer of events starts its program, or runs its script, whenever its filter holds. */
export function putInstance(
  says: Says,
  of: string,
  properties: ReadonlyMap<string, Value>,
  host: string | undefined,
): void {
  const { name } = partsOf(of)
  if (!acting.test(name)) return
  const own = shownOf(properties.get('name'))
  says.tell('install', `WMI event consumer ${own || name}`, { host })
  const line =
    properties.get('commandlinetemplate') ?? properties.get('executablepath')
  if (line) says.commandLine(line, { host })
  const code = properties.get('scripttext')
  if (!code) return
  says.tell('evaluate', shownOf(code), { host })
  const isJs = /^jscript$/i.test(shownOf(properties.get('scriptingengine')))
  says.script(code, isJs ? 'jscript' : 'vbscript')
}

const classNameOf = (value: Value | undefined): string =>
  value?.kind === 'object' && value.data ? shownOf(value.data) : ''

export const wmiCreate: Known = (call) => {
  const host = hostOf(call.receiver)
  call.tell('wmi', 'Win32_Process.Create', { host })
  call.commandLine(call.args[0], { host })
  return undefined
}

/** `Create` of a class that is known to be another makes no process. */
const createOf: Known = (call) => {
  const name = classNameOf(call.receiver)
  if (!/^win32_(?!process$)/i.test(name)) return wmiCreate(call)
  call.tell('wmi', `${name}.Create`, { host: hostOf(call.receiver) })
  return undefined
}

const query: Known = (call) => {
  call.tell('wmi', shownOf(call.args[0]), { host: hostOf(call.receiver) })
  return unknown('rows')
}

/** `service.ExecMethod class, method, parameters`. */
const execMethod: Known = (call) => {
  // Asynchronous: whom it tells stands first.
  const from = call.path.endsWith('async') ? 1 : 0
  const [of, method, given] = call.args.slice(from)
  const host = hostOf(call.receiver)
  callMethod(call, shownOf(of), shownOf(method), given, host)
  return undefined
}

/** `class.ExecMethod_ method, parameters`; `InvokeMethod` of .NET, which may have who observes it first. */
const invokeMethod: Known = (call) => {
  const [method, given, more] =
    call.args[0]?.kind === 'text' ? call.args : call.args.slice(1)
  const of = classNameOf(call.receiver)
  const host = hostOf(call.receiver)
  callMethod(call, of, shownOf(method), given ?? more, host)
  return unknown('result')
}

const spawns: Known = ({ receiver }) => instanceOf(receiver)
const parameters: Known = ({ receiver }) =>
  instanceOf(receiver, 'wmi.parameters')

const puts: Known = (call) => {
  const { receiver } = call
  if (receiver?.kind === 'object')
    putInstance(call, classNameOf(receiver), receiver.entries, hostOf(receiver))
  return undefined
}

const setsProperty: Known = ({ receiver, args: [name, value] }) => {
  if (receiver?.kind === 'object' && name && value)
    receiver.entries.set(shownOf(name).toLowerCase(), value)
  return undefined
}

const connects: Known = (call) => {
  const [host, namespace] = call.args.map(shownOf)
  const other = isOther(host) ? host : undefined
  call.tell('wmi', namespace || 'root\\cimv2', { host: other })
  return serviceOf(other)
}

/** `new ManagementClass(path)`, `(scope, path, options)`. */
const managementClass: Known = (call) => {
  const scope = call.args.find(
    (a): a is ObjectValue =>
      a.kind === 'object' && a.type === 'management.managementscope',
  )
  const [first, second] = call.args.filter((a) => a !== scope)
  // Namespace and class apart are two texts.
  const isApart = first?.kind === 'text' && second?.kind === 'text'
  const path = isApart ? `${first.text}:${second.text}` : shownOf(first)
  return managementPath(call, path, scope)
}

const pathOnly =
  (type: string): Known =>
  ({ args }) => {
    const { host } = partsOf(shownOf(args[0]))
    return object(type, {
      data: args[0] ?? text(''),
      ...(host !== undefined && { host }),
    })
  }

const searcher: Known = (call) => {
  const scope = call.args.find((a) => a.kind === 'object')
  const asked = call.args.findLast((a) => a.kind !== 'object') ?? call.args[0]
  const [first] = call.args
  const named = first?.kind === 'text' ? partsOf(first.text).host : undefined
  const host = hostOf(scope) ?? named
  call.tell('wmi', shownOf(asked), { host })
  return searcherOf(asked, host)
}

function searcherOf(asked: Value | undefined, host?: string): Value {
  return object('wmi.searcher', {
    ...(asked && { data: asked }),
    ...(host !== undefined && { host }),
  })
}

/** The class that is asked for: of classes, that one by its name. */
export function classIn(query: string): string {
  const named = /\b__class\s{0,8}=\s{0,8}['"](\w{1,128})/i.exec(query)?.[1]
  return named ?? /\bfrom\s{1,8}(\w{1,128})/i.exec(query)?.[1] ?? query
}

const findsAll: Known = ({ receiver }) => {
  if (receiver?.kind !== 'object') return undefined
  const { host } = receiver
  return object('wmi.class', {
    data: text(classIn(shownOf(receiver.data))),
    ...(host !== undefined && { host }),
  })
}

/** `instance.Properties_("Name").Value = …`. */
const propertyOf: Known = ({ receiver, args: [name] }) => {
  if (!receiver || !name) return undefined
  const made = object('wmi.property', { data: name })
  made.entries.set('of', receiver)
  return made
}

const setsValue: Known = ({ receiver, args: [value] }) => {
  const of =
    receiver?.kind === 'object' ? receiver.entries.get('of') : undefined
  if (of?.kind === 'object' && value && receiver?.kind === 'object')
    of.entries.set(shownOf(receiver.data).toLowerCase(), value)
  return undefined
}

/** Texts that PowerShell takes for classes, objects and searches. */
export function wmiAccelerator(
  call: Call,
  type: string,
  path: Value | undefined,
): Value | undefined {
  if (/^(?:wmi|wmiclass|management\.management(?:class|object))$/.test(type))
    return shownOf(path) ? managementPath(call, shownOf(path)) : undefined
  if (!/^(?:wmisearcher|management\.managementobjectsearcher)$/.test(type))
    return undefined
  call.tell('wmi', shownOf(path))
  return searcherOf(path)
}

/** Members that are objects of their own, though nobody calls them. */
export const wmiProperties: readonly string[] = [
  'wmi.class.spawninstance_',
  'wmi.method.inparameters',
  'wmi.method.inparameters.spawninstance_',
  'wmi.parameters.spawninstance_',
  'wmi.instance.spawninstance_',
]

export const wmiCalls: Table = {
  'wmi.wmi': (call) => {
    const host = shownOf(call.args[0] ?? call.named.get('computer'))
    const other = isOther(host) ? host : undefined
    call.tell('wmi', 'root\\cimv2', { host: other })
    return serviceOf(other)
  },
  '.createprocess_': wmiCreate,
  'wmi.class.create': createOf,
  'wmi.win32_process.create': wmiCreate,
  'wmi.get': (call) =>
    wmiClass(call, shownOf(call.args[0]), hostOf(call.receiver)),
  'wmi.execquery': query,
  'wmi.query': query,
  'wmi.instancesof': query,
  'wmi.execnotificationquery': query,
  'wmi.execmethod': execMethod,
  'wmi.execmethodasync': execMethod,
  'wmi.class.execmethod_': invokeMethod,
  'wmi.class.invokemethod': invokeMethod,
  'wmi.instance.execmethod_': invokeMethod,
  'wmi.instance.invokemethod': invokeMethod,
  'wmi.class.methods_': ({ receiver }) => instanceOf(receiver, 'wmi.method'),
  'wmi.method.inparameters': parameters,
  'wmi.method.inparameters.spawninstance_': parameters,
  'wmi.parameters.spawninstance_': parameters,
  'wmi.class.getmethodparameters': parameters,
  'wmi.class.spawninstance_': spawns,
  'wmi.class.createinstance': spawns,
  'wmi.class.derive': spawns,
  'wmi.instance.spawninstance_': spawns,
  'wmi.instance.put': puts,
  'wmi.instance.put_': puts,
  'wmi.instance.putasync_': puts,
  'wmi.instance.setpropertyvalue': setsProperty,
  'wmi.parameters.setpropertyvalue': setsProperty,
  'wmi.instance.get': ({ receiver }) => receiver,
  'wmi.instance.properties_': propertyOf,
  'wmi.parameters.properties_': propertyOf,
  'wmi.property.value=': setsValue,
  'wmi.searcher.get': findsAll,
  'wmi.searcher.findall': findsAll,
  ...Object.fromEntries(
    ['wmi', 'wmiclass', 'wmisearcher'].map((type) => [
      `${type}.new`,
      (call: Call) => wmiAccelerator(call, type, call.args[0]),
    ]),
  ),
  'wbemscripting.swbemlocator.connectserver': connects,
  'management.managementclass.new': managementClass,
  'management.managementobject.new': managementClass,
  'management.managementscope.new': pathOnly('management.managementscope'),
  'management.managementpath.new': pathOnly('management.managementpath'),
  'management.managementobjectsearcher.new': searcher,
  'wmi.path': (call) => managementPath(call, shownOf(call.args[0])),
}
