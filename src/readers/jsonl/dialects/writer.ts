// Who wrote a Windows event whose header does not say it? Its log does, what Splunk calls that log, or the names of its data.
import { at, type Names } from '../dialect.ts'
import { type Fields, addField } from '../../flat/fields.ts'
import type { Lookup } from '../../flat/shapes.ts'
import { textOrEmpty } from '../../flat/written-by.ts'
import { namesOfEvent } from '../../inside/positional-data.ts'
import { type ToldWriter, toldWriter } from '../../inside/told-writer.ts'

/** `XmlWinEventLog:Security` is what Splunk calls the source of a channel, and what some call its kind. */
const splunkSource = /^(?:xml)?wineventlog:(.+)$/i

/** undefined: it names none. */
export function channelOfSplunk(source: string): string | undefined {
  return splunkSource.exec(source.trim())?.[1]
}

/** Adds provider or channel, as far as they can be told. `kinds`: what Splunk calls the record's source and its kind. */
export function completeWriter(
  fields: Fields,
  ...kinds: readonly string[]
): void {
  const named = kinds.map(channelOfSplunk).find((name) => name !== undefined)
  if (named && textOrEmpty(fields.Channel) === '') fields.Channel = named
  if (textOrEmpty(fields.Provider_Name) !== '') return
  const channel = textOrEmpty(fields.Channel)
  const id = textOrEmpty(fields.EventID)
  const told = writerOfRow(id, Object.keys(fields), [channel, ...kinds])
  if (told?.provider) {
    delete fields.Provider_Name
    addField(fields, 'Provider_Name', told.provider)
  } else if (told && channel === '') fields.Channel = told.channel
}

/** Where nothing names a log, data that some event of Windows with this id has say that it is of Windows. */
function writerOfRow(
  id: string,
  names: readonly string[],
  logs: readonly string[],
): ToldWriter | undefined {
  const isUntold = logs.every((log) => log === '')
  const isKnown =
    isUntold &&
    namesOfEvent(id).some((e) => e.names.some((n) => names.includes(n)))
  return toldWriter(id, names, isKnown ? ['windows'] : logs)
}

/** Of rows that all have these names: the provider, where they name none. */
export function providerOf(
  names: Names,
): (values: Lookup) => string | undefined {
  const channelAt = at(names.indexOf('Channel'))
  const idAt = at(names.indexOf('EventID'))
  const known = new Map<string, string | undefined>()
  return (values) => {
    const channel = textOrEmpty(channelAt(values))
    const id = textOrEmpty(idAt(values))
    const key = `${id} ${channel}`
    if (known.has(key)) return known.get(key)
    const provider = writerOfRow(id, names.list, [channel])?.provider
    if (known.size < maxKnown) known.set(key, provider)
    return provider
  }
}

/** Ids with their channels that are remembered. */
const maxKnown = 1_024
