// Cmdlets of WMI and CIM: their class, their method, and the host, which a session may hold.
import type { Command, KnownCommand } from '../fold/call.ts'
import { object, shownOf, text, unknown, type Value } from '../fold/value.ts'
import { Bound, parameters } from './bound.ts'
import { isOther } from './places.ts'
import { callMethod, classIn, hostOf, putInstance } from './wmi.ts'

const reach =
  'computername|cn|servername cimsession credential namespace|ns operationtimeoutsec|ot authentication impersonation enableallprivileges! locale authority asjob! throttlelimit resourceuri querydialect inputobject|ciminstance key'

const methods = parameters(
  `classname|class methodname|name arguments|argumentlist|args cimclass path query ${reach}`,
)
const wanted = parameters(
  `classname|class* property|selectproperties filter query list! recurse! amended! directread! keyonly! shallow! methodname ${reach}`,
)
const instances = parameters(
  `classname|class* arguments|property|args* path puttype cimclass query clientonly|local! passthru! ${reach}`,
)
const sessions = parameters(
  'computername|cn|servername* credential authentication certificatethumbprint name operationtimeoutsec|ot skiptestconnection! port sessionoption',
)
const events = parameters(
  `classname|class* query sourceidentifier action messagedata forward! supportevent! maxtriggercount ${reach}`,
)

/** The host that a value names or holds; undefined: this one. */
export function hostNamed(value: Value | undefined): string | undefined {
  if (value?.kind === 'object') return value.host
  if (value?.kind === 'list') {
    const hosts = value.items.flatMap((one) => hostNamed(one) ?? [])
    return hosts.length ? hosts.join(' ') : undefined
  }
  const shown = shownOf(value)
  return isOther(shown) ? shown : undefined
}

/** Named, held by a session, or by the object that is given. */
function hostFor(command: Command, given: Bound): string | undefined {
  return (
    hostNamed(given.get('computername')) ??
    hostNamed(given.get('cimsession')) ??
    hostOf(given.get('inputobject') ?? given.get('cimclass') ?? command.input)
  )
}

function classFor(command: Command, given: Bound): string {
  const named = given.get('classname') ?? given.get('path')
  const of = given.get('cimclass') ?? given.get('inputobject') ?? command.input
  const held = of?.kind === 'object' && of.data ? shownOf(of.data) : ''
  return shownOf(named) || held
}

/** Class, method and its parameters may stand without names, the table of these anywhere. */
const invokes: KnownCommand = (command) => {
  const given = new Bound(command.words, methods)
  const tables = given.plain.filter((w) => w.kind === 'object')
  const texts = given.plain.filter((w) => w.kind !== 'object')
  const named = classFor(command, given)
  const name = named || shownOf(texts.shift())
  const method = given.shown('methodname') || shownOf(texts.shift())
  const args = given.get('arguments') ?? tables[0] ?? texts.shift()
  callMethod(command, name, method, args, hostFor(command, given))
  return unknown('result')
}

const gets: KnownCommand = (command) => {
  const given = new Bound(command.words, wanted)
  const name = given.shown('classname') || given.shown('query')
  if (!name) return undefined
  const host = hostFor(command, given)
  command.tell('wmi', name, { host })
  return object('wmi.class', {
    data: text(classIn(name)),
    ...(host !== undefined && { host }),
  })
}

const makes: KnownCommand = (command) => {
  const given = new Bound(command.words, instances)
  const name = classFor(command, given)
  const host = hostFor(command, given)
  command.tell('wmi', name, { host })
  const properties = given.get('arguments')
  const known = properties?.kind === 'object' ? properties.entries : new Map()
  putInstance(command, name, known, host)
  return object('wmi.instance', {
    data: text(name),
    ...(host !== undefined && { host }),
  })
}

const opensSession: KnownCommand = (command) => {
  const given = new Bound(command.words, sessions)
  const host = hostNamed(given.get('computername') ?? command.input)
  return object('cim.session', host === undefined ? {} : { host })
}

const waitsFor: KnownCommand = (command) => {
  const given = new Bound(command.words, events)
  const name = given.shown('classname') || given.shown('query')
  if (name) command.tell('wmi', name, { host: hostFor(command, given) })
  const action = given.get('action')
  if (action?.kind === 'function') command.invoke(action, [])
  return undefined
}

export const wmiCmdlets: Readonly<Record<string, KnownCommand>> = {
  'invoke-wmimethod': invokes,
  'invoke-cimmethod': invokes,
  iwmi: invokes,
  icim: invokes,
  'get-wmiobject': gets,
  gwmi: gets,
  'get-ciminstance': gets,
  gcim: gets,
  'get-cimclass': gets,
  gcls: gets,
  'set-wmiinstance': makes,
  swmi: makes,
  'new-ciminstance': makes,
  ncim: makes,
  'set-ciminstance': makes,
  scim: makes,
  'new-cimsession': opensSession,
  ncms: opensSession,
  'get-cimsession': opensSession,
  gcms: opensSession,
  'register-wmievent': waitsFor,
  'register-cimindicationevent': waitsFor,
}
