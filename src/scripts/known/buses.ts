// D-Bus, by whichever library: a bus gives services, objects and interfaces, and what is called on one is told with its name and its method.
import type { Call, Known } from '../fold/call.ts'
import type { Table } from '../fold/functions/text.ts'
import {
  list,
  object,
  type ObjectValue,
  shownOf,
  text,
  textOf,
  unknown,
  type Value,
} from '../fold/value.ts'
import { tellUnit } from './units.ts'

/** What is spoken to. */
interface Peer {
  readonly name?: string
  readonly path?: string
  readonly face?: string
}

const peerType = { service: 'dbus.service', object: 'dbus.object' } as const

function peerOf(value: Value | undefined): Peer {
  if (value?.kind !== 'object') return {}
  const of = (key: string) => textOf(value.entries.get(key)) ?? ''
  return { name: of('[name]'), path: of('[path]'), face: of('[face]') }
}

function made(type: string, { name = '', path = '', face = '' }: Peer): Value {
  const value: ObjectValue = object(type, {
    data: text([name, face || path].filter(Boolean).join(' ')),
  })
  for (const [key, s] of [
    ['[name]', name],
    ['[path]', path],
    ['[face]', face],
  ] as const)
    if (s) value.entries.set(key, text(s))
  return value
}

/** A name that begins with a point is one of freedesktop.org, as pydbus has it. */
function nameOf(value: Value | undefined): string {
  const name = value ? shownOf(value) : ''
  return name.startsWith('.') ? `org.freedesktop${name}` : name
}

const shownOr = (value: Value | undefined): string =>
  value && textOf(value) !== undefined ? shownOf(value) : ''

function tellCall(
  call: Pick<Call, 'args' | 'commandLine' | 'tell'>,
  peer: Peer,
  method: string,
): void {
  const { name = '', face = '' } = peer
  const words = [name, face === name ? '' : face, method]
  call.tell('dbus', words.filter(Boolean).join(' '))
  tellUnit(call, method, call.args)
}

/** Of an option of the call, or of a table of names that it is given. */
function optionOf(
  { args, named }: Pick<Call, 'args' | 'named'>,
  ...names: readonly string[]
): Value | undefined {
  for (const name of names) {
    const own = named.get(name)
    if (own) return own
    for (const arg of args) {
      const inside = arg.kind === 'object' ? arg.entries.get(name) : undefined
      if (inside) return inside
    }
  }
  return undefined
}

/** The parts of a message by their names, or one behind the other from a place on. */
function addressed(call: Call, from: number): Peer {
  const at = (i: number) => (from < 0 ? undefined : call.args[from + i])
  return {
    name: nameOf(
      optionOf(call, 'destination', 'dest', 'bus_name', 'service_name') ??
        at(0),
    ),
    path: shownOr(optionOf(call, 'path', 'object_path', 'objectpath') ?? at(1)),
    face: shownOr(
      optionOf(call, 'interface', 'dbus_interface', 'interface_name') ?? at(2),
    ),
  }
}

/** A message that is sent: name, path, interface, method. */
const message =
  (from: number): Known =>
  (call) => {
    const method =
      optionOf(call, 'member', 'method') ??
      (from < 0 ? undefined : call.args[from + 3])
    if (!method || method.kind === 'object') return undefined
    tellCall(call, addressed(call, from), shownOf(method))
    return object('dbus.message')
  }

/** An object on a bus: its name and its path stand from a place on. */
const proxy =
  (from: number): Known =>
  (call) =>
    made(peerType.object, addressed(call, from))

const service: Known = ({ args }) =>
  made(peerType.service, { name: nameOf(args[0]) })

const ofService: Known = (call) => {
  const { receiver, args } = call
  const fn = args.findLast((a) => a.kind === 'function')
  const found = made(peerType.object, {
    ...peerOf(receiver),
    path: shownOr(args[0]),
    face: args[1]?.kind === 'text' ? shownOr(args[1]) : '',
  })
  // An error first, then what was asked for.
  if (fn) call.invoke(fn, [unknown(), found])
  return found
}

/** Another interface of the same object. */
const interfaceOf: Known = (call) => {
  const [first, second] = call.args
  const of = call.receiver && peerOf(call.receiver).name ? call.receiver : first
  const named = call.named.get('dbus_interface')
  const face = named ?? (of === first ? second : first)
  return made(peerType.object, { ...peerOf(of), face: shownOr(face) })
}

const defaultInterface: Known = ({ receiver, args }) => {
  if (receiver?.kind === 'object' && args[0])
    receiver.entries.set('[face]', args[0])
  return undefined
}

const methodOf: Known = (call) => {
  const face = call.args[1] ?? call.named.get('dbus_interface')
  const peer = peerOf(call.receiver)
  tellCall(
    call,
    { ...peer, face: shownOr(face) || (peer.face ?? '') },
    shownOf(call.args[0]),
  )
  return undefined
}

/** Of an object of Gio the method is the first argument, with its interface before a point or without. */
const gioCall: Known = (call) => {
  const written = shownOf(call.args[0])
  const cut = written.lastIndexOf('.')
  const peer = peerOf(call.receiver)
  const face = cut < 0 ? peer.face : written.slice(0, cut)
  tellCall(call, { ...peer, ...(face && { face }) }, written.slice(cut + 1))
  return undefined
}

/** `makeProxyWrapper('<interface name="…">')`: a class of objects. */
const wrapper: Known = ({ args }) => {
  const [, face = ''] =
    /<interface\s[^>]{0,200}?\bname=["']([\w.]{1,255})["']/.exec(
      shownOf(args[0]),
    ) ?? []
  return made('dbus.wrapper', { face })
}

const wrapped: Known = ({ receiver, args }) =>
  made('dbus.wrapped', {
    ...peerOf(receiver),
    name: nameOf(args[1]),
    path: shownOr(args[2]),
  })

const owned: Known = (call) => {
  call.tell('dbus', `${shownOf(call.args[0])} (owned)`)
  return undefined
}

/** `call_start_unit` is StartUnit, as dbus-next has it in Python; `StartUnitSync` is so in GJS. */
function methodCalled(type: string, written: string): string {
  if (type === 'dbus.wrapped')
    return written.replace(/(?:Sync|Remote|Async)$/, '')
  const snake = /^(?:call|get|set)_([a-z0-9_]{1,200})$/.exec(written)?.[1]
  return snake === undefined
    ? written
    : snake.replace(/(?:^|_)([a-z0-9])/g, (_, c: string) => c.toUpperCase())
}

/** Whatever is called on an object of a bus. */
export function busOther(call: Call): boolean {
  const [, type] = /^(dbus\.(?:object|wrapped))\./.exec(call.path) ?? []
  if (!type) return false
  tellCall(call, peerOf(call.receiver), methodCalled(type, call.method))
  return true
}

const under = (paths: readonly string[], known: Known): Table =>
  Object.fromEntries(paths.map((path) => [path, known]))

const bus: Known = () => object('bus')

/** Where Gio is, by language. */
const gio = ['gi.repository.gio', 'lgi.gio', 'gio']

const gioCalls: Table = Object.fromEntries(
  gio.flatMap((of): [string, Known][] => [
    [`${of}.bus_get_sync`, bus],
    [`${of}.bus_get`, bus],
    [`${of}.dbusconnection.new_for_address_sync`, bus],
    [`${of}.dbusproxy.new_sync`, proxy(3)],
    [`${of}.dbusproxy.new`, proxy(3)],
    [`${of}.dbusproxy.new_for_bus_sync`, proxy(3)],
    [`${of}.dbusproxy.new_for_bus`, proxy(3)],
    [`${of}.dbusproxy.makeproxywrapper`, wrapper],
    [`${of}.dbusmessage.new_method_call`, message(0)],
    ...['system', 'session'].flatMap((which): [string, Known][] => [
      [`${of}.dbus.${which}.call`, message(0)],
      [`${of}.dbus.${which}.call_sync`, message(0)],
    ]),
  ]),
)

/** What a library wraps a value in to say its type. */
const wrappedValues: Table = {
  ...under(
    [
      'dbus.array',
      'dbus.struct',
      'dbus.string',
      'dbus.boolean',
      'dbus.dictionary',
    ],
    ({ args }) => args[0],
  ),
  ...under(
    ['glib.variant', 'gi.repository.glib.variant'],
    ({ args }) => args[1],
  ),
}

export const busCalls: Table = {
  ...wrappedValues,
  ...under(
    [
      'dbus.systembus',
      'dbus.sessionbus',
      'dbus.starterbus',
      'dbus.bus',
      'dbus.bus.busconnection',
      'pydbus.systembus',
      'pydbus.sessionbus',
      'pydbus.connect',
      'dasbus.connection.systemmessagebus',
      'dasbus.connection.sessionmessagebus',
      'dbus_next.aio.messagebus',
      'dbus_next.glib.messagebus',
      'dbus_fast.aio.messagebus',
      'dbus_fast.glib.messagebus',
      'bus.connect',
      'bus.instance',
      'dbus.system_bus',
      'dbus.session_bus',
      'dbus.systembus.instance',
      'dbus.sessionbus.instance',
      'net::dbus.system',
      'net::dbus.session',
      'net::dbus.find',
      'net::dbus.new',
      'protocol::dbus::client::system',
      'protocol::dbus::client::login_session',
      'dbus-next.systembus',
      'dbus-next.sessionbus',
      'dbus-native.systembus',
      'dbus-native.sessionbus',
      '@homebridge/dbus-native.systembus',
      'dbus.getbus',
      'dbus.new',
    ],
    bus,
  ),
  ...gioCalls,
  ...under(['bus.get_object', 'bus.get', 'bus.get_proxy'], proxy(0)),
  ...under(
    ['bus.get_proxy_object', 'bus.getproxyobject', 'bus.createproxy'],
    proxy(0),
  ),
  'bus.getinterface': (call) => {
    const found = proxy(0)(call)
    const fn = call.args.findLast((a) => a.kind === 'function')
    if (fn && found) call.invoke(fn, [unknown(), found])
    return found
  },
  ...under(
    ['bus.call_blocking', 'bus.call_async', 'bus.call_sync', 'bus.call'],
    message(0),
  ),
  ...under(
    [
      'dbus.lowlevel.methodcallmessage',
      'dbus_next.message',
      'dbus_next.message.message',
      'dbus_fast.message',
      'dbus_fast.message.message',
      'dbus-next.message.new',
      'bus.invoke',
      'bus.send_call',
    ],
    message(0),
  ),
  ...under(['bus.service', 'bus.[]', 'bus.get_service'], service),
  'bus.getservice': service,
  ...under(
    [
      'dbus.service.object',
      'dbus.service.[]',
      'dbus.service.get_object',
      'dbus.service.getinterface',
      'dbus.service.getobject',
    ],
    ofService,
  ),
  ...under(
    [
      'dbus.interface',
      'dbus.object.get_interface',
      'dbus.object.getinterface',
      'dbus.object.as_interface',
      'dbus.object.as',
      'dbus.object.[]',
    ],
    interfaceOf,
  ),
  'dbus.object.default_iface=': defaultInterface,
  'dbus.object.get_dbus_method': methodOf,
  'dbus.object.call_sync': gioCall,
  'dbus.object.call': gioCall,
  'dbus.wrapped.call_sync': gioCall,
  'dbus.wrapper': wrapped,
  'dbus.wrapper.new': wrapped,
  ...under(
    [
      'dbus.object.introspect',
      'dbus.object.connect_to_signal',
      'dbus.object.on',
      'dbus.object.on_signal',
      'dbus.object.once',
    ],
    ({ receiver }) => receiver,
  ),
  'dbus.service.busname': owned,
  'bus.request_name': owned,
  'bus.requestname': owned,
  'bus.request_service': owned,
  'jeepney.dbusaddress': ({ args, named }) =>
    made('dbus.address', {
      path: shownOr(args[0] ?? named.get('object_path')),
      name: nameOf(args[1] ?? named.get('bus_name')),
      face: shownOr(args[2] ?? named.get('interface')),
    }),
  'jeepney.new_method_call': (call) => {
    tellCall(call, peerOf(call.args[0]), shownOf(call.args[1]))
    return list([])
  },
}
