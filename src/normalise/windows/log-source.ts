// What kind of event is it, in Sigma's words? Provider and channel decide together, never the event id alone: id 1 of
// the kernel and id 1 of Sysmon have nothing in common.
import { entryOf } from '../../base/entry.ts'

import { type LogSource, logSource } from '../../event/log-source.ts'
import { categoriesOfRegistryChange } from '../../event/sources/sysmon.ts'
import {
  eventKind,
  eventKinds,
  servicesOf,
  writerOf,
} from '../../event/sources/windows.ts'

/**
 * @param change the EventType of Sysmon 12, where the record has it; without, all that the event may be is said of it.
 */
export function logSourceOfWindows(
  provider: string,
  channel: string,
  id: string,
  change?: string,
): LogSource {
  const writer = writerOf(provider, channel)
  const services = servicesOf(provider, channel)
  const categories = eventKind(writer, id)?.categories ?? []
  if (writer === 'sysmon') {
    // Sysmon for Linux writes records of the same form.
    const product = /^linux-/i.test(provider || channel) ? 'linux' : 'windows'
    const changed =
      id === '12' && change
        ? entryOf(categoriesOfRegistryChange, change)
        : undefined
    return logSource(product, changed ?? categories, ['sysmon'])
  }
  const isUnknown = !writer && services === undefined && !provider
  return logSource(
    'windows',
    isUnknown ? categoriesOfId(id) : categories,
    services,
  )
}

/** Whoever wrote it, it is one of these; undefined: there is no id. */
function categoriesOfId(id: string): readonly string[] | undefined {
  if (!/^\d{1,10}$/.test(id)) return undefined
  const all = new Set<string>()
  for (const kind of eventKinds()) {
    if (kind.id !== id) continue
    for (const category of kind.of.categories) all.add(category)
  }
  return [...all]
}

/** What may be known of an event of this id, whoever wrote it. */
export function logSourcesOfEventId(id: string): readonly LogSource[] {
  return ['windows', 'linux'].map((product) =>
    logSource(product, categoriesOfId(id) ?? [], undefined),
  )
}
