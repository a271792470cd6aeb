// Policies of a D-Bus daemon (dbus-daemon(1), CONFIGURATION FILE): what they allow to everybody.
import { fileOf, type Source } from './source.ts'
import { below, type Element, readXmlTree } from '../../base/xml-tree.ts'

/** dbus-daemon(1): `enabled` where a configuration says nothing. */
const mediation = 'configurations that turn AppArmor off'

const lists = {
  send: 'rules that let anybody send to every service',
  own: 'rules that let anybody own every name',
  eavesdrop: 'rules that let anybody listen to all messages',
} as const

export const dbusPolicy: Source = {
  what: 'D-Bus policy',
  recognises: ({ text }) => /<busconfig[\s>]/.test(text),
  read(dump) {
    dump.facts.of('linux')
    dump.facts.cover('dbus', dump.name)
    const { root, fault } = readXmlTree(dump.text)
    if (fault) dump.note(fault)
    const type = busType(root)
    const isSession = /session/.test(dump.name) || type === 'session'
    const bus = isSession ? 'session' : 'system'
    const found: Record<keyof typeof lists, string[]> = {
      send: [],
      own: [],
      eavesdrop: [],
    }
    const off: string[] = []
    for (const policy of below(root)) {
      if (policy.name === 'apparmor' && policy.attributes.mode === 'disabled')
        off.push(`${dump.name}: ${textOf(policy)}`)
      if (policy.name !== 'policy' || !isForAll(policy)) continue
      for (const rule of policy.children) {
        const kind = rule.name === 'allow' ? grantOf(rule) : undefined
        if (kind) found[kind].push(`${dump.name}: ${textOf(rule)}`)
      }
    }
    for (const kind of ['send', 'own', 'eavesdrop'] as const) {
      dump.facts.extend(`dbus\\${bus}`, lists[kind], found[kind], fileOf(dump))
    }
    // That nothing turns it off is told by the bus's own configuration, not by a piece of policy.
    if (type !== undefined || off.length)
      dump.facts.extend(`dbus\\${bus}`, mediation, off, fileOf(dump))
  },
}

function busType(root: Element): string | undefined {
  for (const e of below(root)) if (e.name === 'type') return e.text.trim()
  return undefined
}

function isForAll({ attributes }: Element): boolean {
  return (
    attributes.context === 'default' ||
    attributes.context === 'mandatory' ||
    attributes.user === '*' ||
    attributes.group === '*'
  )
}

/** A rule that names a destination, an interface or a type as well is no general one. */
function grantOf({ attributes }: Element): keyof typeof lists | undefined {
  if (attributes.eavesdrop === 'true') return 'eavesdrop'
  if (attributes.own === '*') return 'own'
  const { send_destination: to, send_type: type } = attributes
  const narrowed = Object.keys(attributes).some(
    (name) =>
      name.startsWith('send_') &&
      name !== 'send_destination' &&
      name !== 'send_type',
  )
  const calls = type === undefined || type === 'method_call' || type === '*'
  return to === '*' && calls && !narrowed ? 'send' : undefined
}

function textOf({ name, attributes }: Element): string {
  const said = Object.entries(attributes).map(([k, v]) => `${k}="${v}"`)
  return `<${name} ${said.join(' ')}/>`
}

/** `[D-BUS Service]`: a program that the bus starts when somebody calls its name. */
export const dbusService: Source = {
  what: 'D-Bus service file',
  recognises: ({ text }) =>
    /^[ \t]*\[D-BUS Service\]/m.test(text.slice(0, 4096)),
  read(dump) {
    dump.facts.of('linux')
    dump.facts.cover('dbus-service', dump.name)
    const member = (name: string) =>
      new RegExp(`^${name}=(.*)$`, 'm').exec(dump.text)?.[1]?.trim()
    const key = `dbus-service\\${member('Name') ?? dump.base}`
    const program = member('Exec') ?? ''
    const open = /^"?\/(tmp|var\/tmp|dev\/shm|home)\//.test(program)
    const inHome = /^\/(home|root)\/|\.local\/share\/dbus-1/.test(dump.name)
    dump.facts.add(key, 'user', member('User') ?? 'caller', fileOf(dump))
    dump.facts.add(key, 'program', program, fileOf(dump))
    dump.facts.add(
      key,
      'in a place that users may write',
      open || inHome,
      fileOf(dump),
    )
  },
}
