// What kind of event is it, in Sigma's words? Provider and channel decide together, never the event id alone: id 1 of
// the kernel and id 1 of Sysmon have nothing in common.
import { entryOf } from '../../base/entry.ts'
import type { LogSource } from '../../event/log-source.ts'
import { logSource } from '../../event/log-source.ts'

import { servicesOf } from './channels.ts'

/** Who gives an event id its meaning. */
export type Origin =
  | 'sysmon'
  | 'security'
  | 'powershell'
  | 'powershell-classic'
  | 'distributed-com'
  | 'service-control'
  | 'wmi'
  | 'windefend'
  | 'other'

const originOfProvider: ReadonlyMap<string, Origin> = new Map([
  ['microsoft-windows-sysmon', 'sysmon'],
  ['linux-sysmon', 'sysmon'],
  ['microsoft-windows-security-auditing', 'security'],
  ['microsoft-windows-powershell', 'powershell'],
  ['powershellcore', 'powershell'],
  ['powershell', 'powershell-classic'],
  ['microsoft-windows-distributedcom', 'distributed-com'],
  ['dcom', 'distributed-com'],
  ['service control manager', 'service-control'],
  ['microsoft-windows-wmi-activity', 'wmi'],
  ['microsoft-windows-windows defender', 'windefend'],
])

/** Channels with one writer: they speak for an event whose provider was lost on the way. */
const originOfService: ReadonlyMap<string, Origin> = new Map([
  ['sysmon', 'sysmon'],
  ['security', 'security'],
  ['powershell', 'powershell'],
  ['powershell-classic', 'powershell-classic'],
  ['wmi', 'wmi'],
  ['windefend', 'windefend'],
])

export function originOf(provider: string, channel: string): Origin {
  if (provider) return originOfProvider.get(provider.toLowerCase()) ?? 'other'
  const [service] = servicesOf(provider, channel) ?? []
  return (service && originOfService.get(service)) || 'other'
}

const registry = 'registry_event'

/** Event id to categories. Sources: Sysmon's event ids (Sysinternals), Sigma's taxonomy for Windows. */
const categories: Partial<Record<Origin, Readonly<Record<string, string[]>>>> =
  {
    sysmon: {
      1: ['process_creation'],
      2: ['file_change'],
      3: ['network_connection'],
      4: ['sysmon_status'],
      5: ['process_termination'],
      6: ['driver_load'],
      7: ['image_load'],
      8: ['create_remote_thread'],
      9: ['raw_access_thread'],
      10: ['process_access'],
      11: ['file_event'],
      12: [registry, 'registry_add', 'registry_delete'],
      13: [registry, 'registry_set'],
      14: [registry, 'registry_rename'],
      15: ['create_stream_hash'],
      16: ['sysmon_status'],
      17: ['pipe_created'],
      18: ['pipe_created'],
      19: ['wmi_event'],
      20: ['wmi_event'],
      21: ['wmi_event'],
      22: ['dns_query'],
      23: ['file_delete'],
      24: ['clipboard_change'],
      25: ['process_tampering'],
      26: ['file_delete_detected'],
      27: ['file_block_executable'],
      28: ['file_block_shredding'],
      29: ['file_executable_detected'],
      255: ['sysmon_error'],
    },
    security: { 4688: ['process_creation'] },
    powershell: { 4103: ['ps_module'], 4104: ['ps_script'] },
    'powershell-classic': {
      400: ['ps_classic_start'],
      600: ['ps_classic_provider_start'],
      800: ['ps_classic_script'],
    },
    // Those with a threat's name or path: Microsoft, "Review event logs and error codes to troubleshoot Defender".
    windefend: Object.fromEntries(
      [
        1006, 1007, 1008, 1009, 1010, 1011, 1012, 1017, 1018, 1019, 1115, 1116,
      ].map((id) => [id, ['antivirus']]),
    ),
  }

/** Sysmon 12 tells in its EventType what was done to the key. */
const categoriesOfRegistryChange: Readonly<Record<string, string[]>> = {
  CreateKey: [registry, 'registry_add'],
  DeleteKey: [registry, 'registry_delete'],
  DeleteValue: [registry, 'registry_delete'],
}

/**
 * @param change the EventType of Sysmon 12, where the record has it; without, all that the event may be is said of it.
 */
export function logSourceOfWindows(
  provider: string,
  channel: string,
  id: string,
  change?: string,
): LogSource {
  const origin = originOf(provider, channel)
  const services = servicesOf(provider, channel)
  const product =
    origin === 'sysmon' && /^linux-/i.test(provider || channel)
      ? 'linux'
      : 'windows'
  if (origin === 'sysmon') {
    const kind =
      id === '12' && change
        ? entryOf(categoriesOfRegistryChange, change)
        : undefined
    return logSource(product, kind ?? categoriesOf(origin, id), ['sysmon'])
  }
  if (origin === 'other' && services === undefined && !provider) {
    return logSource(product, undefined, undefined)
  }
  return logSource(product, categoriesOf(origin, id), services)
}

function categoriesOf(origin: Origin, id: string): readonly string[] {
  return entryOf(categories[origin] ?? {}, id) ?? []
}

/** What may be known of an event of this id, whoever wrote it. */
export function logSourcesOfEventId(id: string): readonly LogSource[] {
  const all = new Set<string>()
  for (const byId of Object.values(categories)) {
    for (const category of entryOf(byId, id) ?? []) all.add(category)
  }
  // Sysmon for Linux writes records of the same form.
  return ['windows', 'linux'].map((product) =>
    logSource(product, [...all], undefined),
  )
}
