// The log source of a rule as `search` names it: by the sourcetypes of Splunk's add-ons, where the events of a category are known by
// their ids there, and by the name of the log source itself, which this product reads.
import { printSelector } from '../../../event/log-source.ts'
import {
  logSourcePrefix,
  sourcetypesOf,
} from '../../../event/sources/sourcetypes.ts'
import {
  channelsOf,
  eventKinds,
  windowsWriters,
} from '../../../event/sources/windows.ts'

import type { RuleLogSource } from '../../../ir/rule.ts'

import { quote } from '../print-expression.ts'

export interface WrittenSource {
  /** '' where any event is meant. */
  readonly text: string
  /** Whether Splunk knows it by a name of its own. */
  readonly isKnown: boolean
}

export function writeSource(source: RuleLogSource): WrittenSource {
  if (!source.product && !source.category && !source.service)
    return { text: '', isKnown: true }
  const own = typed(logSourcePrefix + printSelector(source))
  const others = [...new Set(known(source))]
  const all = [own, ...others]
  const text = all.length > 1 ? `(${all.join(' OR ')})` : own
  return { text, isKnown: others.length > 0 }
}

function typed(sourcetype: string): string {
  return `sourcetype=${quote(sourcetype)}`
}

/** Splunk's add-ons of today name a channel as the source of events whose sourcetype is that of all; earlier ones as their sourcetype. */
function ofChannel(channel: string): string {
  const name = `XmlWinEventLog:${channel}`
  return `(${typed(name)} OR source=${quote(name)})`
}

function known(source: RuleLogSource): string[] {
  const { product, category, service } = source
  if (category === undefined) {
    const channels = service === undefined ? [] : channelsOf(service)
    const ofWindows = channels.filter(
      (c) => c.startsWith('Linux-') === (product === 'linux'),
    )
    return [...ofWindows.map(ofChannel), ...sourcetypesOf(source).map(typed)]
  }
  if (product !== 'windows' || service !== undefined) return []
  return [...eventKinds()]
    .filter(({ of }) => of.categories.includes(category))
    .map(({ writer, id }) => {
      const { channels } = windowsWriters[writer]
      const [channel] = Object.values<string>(channels)
      return `(${ofChannel(channel!)} EventCode=${id})`
    })
}
