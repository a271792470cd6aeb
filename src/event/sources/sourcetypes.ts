// `sourcetype` in Splunk's words: what an event bears, and which events a name means. What is borne can be asked for.
import type { EventShape } from '../event.ts'
import type { LogSource, LogSourceSelector } from '../log-source.ts'

import { defenderSource } from './defender.ts'
import { documentSource } from './document.ts'
import { ecsSource } from './ecs.ts'
import { endpointSecuritySource } from './endpoint-security.ts'
import { linuxAuditSource } from './linux-audit.ts'
import { liveSensorSource } from './live-sensor.ts'
import { dbusSource } from './dbus-daemon.ts'
import { osquerySource } from './osquery.ts'
import { falcoSource, tetragonSource, traceeSource } from './runtime-sensors.ts'
import { scriptSource } from './script.ts'
import type { NamedSource } from './source.ts'
import { channelOf, windowsChannels } from './windows.ts'

/** What a name means: events whose log source does not conflict, and which have what is said besides. */
export interface NamedEvents {
  readonly selector: LogSourceSelector
  /** With wildcards (`*`), in any case. */
  readonly channel?: string
  /** Those of which no channel is known are meant too. */
  readonly orNoChannel?: true
  /** A field that they have. */
  readonly has?: string
}

/** By the family of an event's provenance. */
const ofFamily: Readonly<Record<string, NamedSource>> = {
  'linux-audit': linuxAuditSource,
  'endpoint-security': endpointSecuritySource,
  ecs: ecsSource,
  defender: defenderSource,
  osquery: osquerySource,
  'dbus-daemon': dbusSource,
  falco: falcoSource,
  tetragon: tetragonSource,
  tracee: traceeSource,
  'live-sensor': liveSensorSource,
  document: documentSource,
  script: scriptSource,
}

const sysmonForLinux: NamedSource = {
  selector: { product: 'linux', service: 'sysmon' },
  sourcetypes: ['sysmon:linux', 'Syslog:Linux-Sysmon/Operational'],
}

const zeek: NamedSource = {
  selector: { product: 'zeek', service: 'conn' },
  sourcetypes: ['zeek:conn', 'zeek:conn:json', 'bro:conn', 'bro:conn:json'],
}

/** Forms of a channel's name: as the add-on for Windows writes them, and the channel alone. */
const channelPrefixes = ['WinEventLog:', 'XmlWinEventLog:', '']

const anyWindows: LogSourceSelector = { product: 'windows' }

const windows: readonly NamedSource[] = [
  { selector: anyWindows, sourcetypes: ['WinEventLog', 'XmlWinEventLog'] },
  {
    selector: { product: 'windows', service: 'sysmon' },
    sourcetypes: ['Sysmon'],
  },
]

/** As people write channels that are called otherwise. */
const otherChannels: Readonly<Record<string, string>> = {
  'Microsoft-Windows-Windows-Defender/Operational':
    'Microsoft-Windows-Windows Defender/Operational',
  'Microsoft-Windows-AppLocker/EXE': 'Microsoft-Windows-AppLocker/EXE and DLL',
}

/** Borne by an event of which nothing is known; no log source that is known is called so. */
const unknown = 'unknown'

export function sourcetypeOf({ provenance, logSource }: EventShape): string {
  const { family, provider, channel } = provenance
  if (family === 'windows') {
    if (logSource.product === 'linux') return sysmonForLinux.sourcetypes[0]!
    const of = channelOf(provider, channel)
    return of ? channelPrefixes[0] + of : windows[0]!.sourcetypes[0]!
  }
  const named = Object.hasOwn(ofFamily, family) ? ofFamily[family] : undefined
  return named ? named.sourcetypes[0]! : partsOf(logSource)
}

/** `product:service` of an event that names its log source itself. */
function partsOf({ product, service, category }: LogSource): string {
  const parts = [product, service?.[0] ?? category?.[0]]
  return parts.filter(Boolean).join(':') || unknown
}

const byName = new Map<string, readonly NamedEvents[]>()
const names: string[] = []

function name(sourcetype: string, ...events: readonly NamedEvents[]) {
  byName.set(sourcetype.toLowerCase(), events)
}

for (const source of [
  ...Object.values(ofFamily),
  sysmonForLinux,
  zeek,
  ...windows,
]) {
  const { selector, sourcetypes, mark } = source
  for (const name of sourcetypes) names.push(name)
  for (const n of sourcetypes) name(n, { selector, ...(mark && { has: mark }) })
}
for (const [written, channel] of [
  ...[...windowsChannels.keys()].map((c) => [c, c] as const),
  ...Object.entries(otherChannels),
]) {
  for (const prefix of channelPrefixes) {
    if (prefix) names.push(prefix + written)
    name(prefix + written, ...ofChannel(channel))
  }
}

/** One whose service has other channels too is told by its name. */
function ofChannel(channel: string): NamedEvents[] {
  const selectors = windowsChannels.get(channel) ?? []
  return selectors.map((service) => ({
    selector: {
      product: channel.startsWith('Linux-') ? 'linux' : 'windows',
      service,
    },
    ...(service !== 'sysmon' &&
      isShared(service) && { channel, orNoChannel: true as const }),
  }))
}

function isShared(service: string): boolean {
  const channels = [...windowsChannels.values()]
  return channels.filter((services) => services.includes(service)).length > 1
}

/** Every name, for suggestions. */
export const sourcetypes: readonly string[] = names

/** In front of a log source as `printSelector` writes it: events of just that log source, whoever wrote them. */
export const logSourcePrefix = 'sigma:'

function ofLogSource(name: string): NamedEvents[] {
  const [product, category, service, ...more] = name.split('/')
  const parts = Object.entries({ product, category, service })
  const stated = parts.filter(([, v]) => v && v !== '-')
  return stated.length && !more.length
    ? [{ selector: Object.fromEntries(stated) }]
    : []
}

/** Splunk's names of a source that is told by this product and service, without those that tell more or less of it. */
export function sourcetypesOf({
  product,
  service,
}: LogSourceSelector): readonly string[] {
  if (product === undefined) return []
  return [...Object.values(ofFamily), sysmonForLinux, zeek, ...windows]
    .filter(({ selector, mark }) => {
      const { category } = selector
      const isSame =
        selector.product === product && selector.service === service
      return isSame && category === undefined && mark === undefined
    })
    .flatMap((source) => source.sourcetypes.slice(0, 1))
}

/** The events that a name with wildcards means; none: unknown. Case does not matter. */
export function eventsNamed(sourcetype: string): readonly NamedEvents[] {
  const wanted = sourcetype.toLowerCase()
  if (wanted.startsWith(logSourcePrefix))
    return ofLogSource(wanted.slice(logSourcePrefix.length))
  if (!wanted.includes('*')) return byName.get(wanted) ?? []
  const parts = wanted.split('*')
  const found = new Map<string, NamedEvents>()
  for (const [known, events] of byName) {
    if (!matchesParts(known, parts)) continue
    for (const e of events) found.set(JSON.stringify(e), e)
  }
  return [...found.values()]
}

/** A channel of the Windows event log that is none of Sigma's services, by its name (with wildcards). */
export function otherChannel(sourcetype: string): NamedEvents | undefined {
  const wanted = sourcetype.toLowerCase()
  const prefix = channelPrefixes.find(
    (p) => p && wanted.startsWith(p.toLowerCase()),
  )
  const channel = prefix && sourcetype.slice(prefix.length)
  return channel ? { selector: anyWindows, channel } : undefined
}

/** Events that name their log source themselves bear its parts; one of which nothing is known is not refused by any. */
export function eventsBearing(sourcetype: string): readonly NamedEvents[] {
  const one = sourcetype
  const found: LogSourceSelector[] = [
    { product: one, category: one, service: one },
    { product: one, category: one },
    { product: one, service: one },
  ]
  for (let at = one.indexOf(':'); at >= 0; at = one.indexOf(':', at + 1)) {
    const product = one.slice(0, at)
    const rest = one.slice(at + 1)
    found.push({ product, service: rest }, { product, category: rest })
  }
  return found.map((selector) => ({ selector }))
}

function matchesParts(text: string, parts: readonly string[]): boolean {
  const first = parts[0]!
  const last = parts.at(-1)!
  if (!text.startsWith(first)) return false
  let at = first.length
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return text.length - last.length >= at && text.endsWith(last)
}
