// Cocoa as AppleScript and JavaScript of macOS reach it: classes of Foundation that start programs, run scripts, and speak to services.
import type { Call, Known } from '../fold/call.ts'
import { decoded, fromBase64 } from '../fold/decode.ts'
import {
  concat,
  itemsOf,
  list,
  object,
  type ObjectValue,
  shownOf,
  text,
  textOf,
  unknown,
  type Value,
} from '../fold/value.ts'
import { isUrl } from './places.ts'

/** What all classes and functions are members of: `current application`, `$`. */
export const cocoaType = '[cocoa]'

const of = (name: string, data?: Value): ObjectValue =>
  object(`${cocoaType}.${name}`, data && { data })

const own = (call: Call): ObjectValue | undefined =>
  call.receiver?.kind === 'object' ? call.receiver : undefined

/** What was set under a name, whichever way. */
function field(call: Call, ...names: readonly string[]): Value | undefined {
  for (const name of names) {
    const value = own(call)?.entries.get(name)
    if (value) return value
  }
  return undefined
}

/** A text, or what a URL or a string of Cocoa is about. */
const plain = (value: Value | undefined): Value | undefined =>
  value?.kind === 'object' ? value.data : value

function start(
  call: Call,
  program: Value | undefined,
  given: Value | undefined,
): undefined {
  const words = [plain(program) ?? unknown(), ...(itemsOf(plain(given)) ?? [])]
  call.commandLine(words.length > 1 ? list(words) : words[0])
  return undefined
}

const launches: Known = (call) =>
  start(
    call,
    field(call, 'executableurl', 'launchpath'),
    field(call, 'arguments'),
  )

const launched: Known = (call) => start(call, call.args[0], call.args[1])

/** A script in a text; `language`: what an option says it is in. */
const compiles: Known = (call) => {
  const source = plain(call.args[0])
  const isScript = /javascript/i.test(shownOf(plain(call.args[1])))
  call.tell('evaluate', shownOf(source))
  call.script(source, isScript ? 'jxa' : 'applescript')
  return call.receiver
}

const loads: Known = (call) => {
  call.tell('load', shownOf(plain(call.args[0])))
  return call.receiver
}

const service: Known = (call) => {
  call.tell('xpc', shownOf(plain(call.args[0])))
  return call.receiver
}

const remoteObject: Known = (call) => {
  const host = textOf(plain(call.args[1]))
  call.tell('xpc', shownOf(plain(call.args[0])), { host: host || undefined })
  return unknown('proxy')
}

const opens: Known = (call) => {
  const target = shownOf(plain(call.args[0]))
  call.tell(isUrl(target) ? 'connect' : 'start', target)
  return undefined
}

const told: Known = (call) => {
  call.tell('apple_event', shownOf(plain(call.args[0])))
  return object('application', { data: text(shownOf(plain(call.args[0]))) })
}

const address: Known = ({ args }) => of('nsurl', plain(args[0]))

const netAddress: Known = (call) => {
  const target = plain(call.args[0])
  if (target) call.tell('connect', shownOf(target))
  return of('nsurl', target)
}

const same: Known = ({ args }) => plain(args[0])

const joins: Known = ({ receiver, args, budget }) => {
  const [left, right] = [plain(receiver), plain(args[0])]
  return left && right
    ? of('nsstring', concat([left, right], budget))
    : undefined
}

const fromBase: Known = ({ args, budget }) => {
  const raw = fromBase64(plain(args[0]), budget)
  return raw && of('nsdata', raw)
}

const ofData: Known = ({ args }) => {
  const made = decoded(plain(args[0]), 'utf8')
  return made && of('nsstring', made)
}

/** By class and selector, its parts joined. */
const selectors: Readonly<Record<string, Known>> = {
  'nstask.launch': launches,
  'nstask.launchandreturnerror': launches,
  'nstask.launchedtaskwithlaunchpatharguments': launched,
  'nstask.launchedtaskwithexecutableurlargumentserrorterminationhandler':
    launched,
  'nsapplescript.initwithsource': compiles,
  'nsapplescript.initwithcontentsofurlerror': loads,
  'osascript.initwithsource': compiles,
  'osascript.initwithsourcelanguage': compiles,
  'osascript.initwithcontentsofurlerror': loads,
  'osalanguage.languageforname': ({ args }) =>
    of('osalanguage', plain(args[0])),
  'nsuserapplescripttask.initwithurlerror': loads,
  'nsuserscripttask.initwithurlerror': loads,
  'nsuserautomatortask.initwithurlerror': loads,
  'nsuserunixtask.initwithurlerror': (call) => {
    start(call, call.args[0], undefined)
    return call.receiver
  },
  'nsworkspace.launchapplication': opens,
  'nsworkspace.openfile': opens,
  'nsworkspace.openurl': opens,
  'nsworkspace.openfilewithapplication': opens,
  'nsworkspace.openapplicationaturlconfigurationcompletionhandler': opens,
  'nsxpcconnection.initwithmachservicenameoptions': service,
  'nsxpcconnection.initwithservicename': service,
  'nsxpclistener.initwithmachservicename': service,
  'nsconnection.rootproxyforconnectionwithregisterednamehost': remoteObject,
  'sbapplication.applicationwithbundleidentifier': told,
  'nsappleeventdescriptor.descriptorwithbundleidentifier': told,
  'nsurl.fileurlwithpath': address,
  'nsurl.urlwithstring': netAddress,
  'nsstring.stringwithstring': same,
  'nsstring.stringwithutf8string': same,
  'nsstring.initwithutf8string': same,
  'nsstring.initwithstring': same,
  'nsstring.stringbyappendingstring': joins,
  'nsstring.initwithdataencoding': ofData,
  'nsdata.initwithbase64encodedstringoptions': fromBase,
}

/** Functions of the libraries behind it. */
const functions: Readonly<Record<string, Known>> = {
  system: launched,
  popen: launched,
  nsclassfromstring: ({ args }) => of(shownOf(plain(args[0])).toLowerCase()),
}

/** Gives the object itself. */
const givesSelf =
  /^(?:init|retain|autorelease|copy|self|sharedworkspace|js|objectatindex)$/

/** A path below what all classes are members of. Selectors are written in parts, with colons or underscores between them. */
export function cocoaOther(call: Call): Value | undefined {
  const [, name = '', written = ''] =
    /^\[cocoa\](?:\.([^.]+))?(?:\.(.+))?$/.exec(call.path) ?? []
  const selector = written.replace(/[_:|]/g, '')
  if (!name) return call.args[0]
  if (!selector) return functions[bare(name)]?.(call)
  const known = selectors[`${bare(name)}.${selector}`]
  if (known) return known(call)
  if (selector === 'alloc' || selector === 'new') return of(bare(name))
  const setter = /^set(\w+)$/.exec(selector)?.[1]
  const [value] = call.args
  if (setter && value) own(call)?.entries.set(setter, value)
  return givesSelf.test(selector) ? call.receiver : undefined
}

function bare(name: string): string {
  return name.replace(/[_:|]/g, '')
}

export function isCocoa(path: string): boolean {
  return path.startsWith(cocoaType)
}
