// Where do the data and the message of a Windows event stand among the names of a record?
import { spellingOf } from '../../../../base/spelling.ts'

import type { Names } from '../../dialect.ts'
import { hasMessageAlone } from '../windows-names.ts'
import type { Head } from './head.ts'

export interface Places {
  /** Positions of the names that are below an element for data. */
  readonly data: ReadonlySet<number>
  /** The elements, as the names begin. */
  readonly containers: readonly string[]
  readonly messages: readonly number[]
  /** There are no data but those of the message. */
  readonly isMessageAlone: boolean
}

const dataElements = new Set([
  'eventdata',
  'userdata',
  'eventdatajson',
  'eventdataxml',
  'eventdatamap',
])

/** These hold data of events, and much else: looked at where no other element has any. */
const looseElements = new Set([
  'data',
  'payload',
  'params',
  'properties',
  'eventproperties',
  'stringinserts',
  'insertionstrings',
  'replacementstrings',
  'strings',
  'xml',
])

const messageNames = [
  'message',
  'fullmessage',
  'renderedmessage',
  'eventmessage',
  'rendereddescription',
  'description',
  'renderinginfomessage',
  'shortmessage',
  'msg',
]

export function placesOf(names: Names, head: Head): Places {
  const data = new Set<number>()
  const sure = new Set<string>()
  const loose = new Set<string>()
  names.list.forEach((name, i) => {
    const segments = name.split('.')
    for (let n = 0; n < segments.length; n++) {
      const spelling = spellingOf(segments[n]!)
      const container = segments.slice(0, n + 1).join('.')
      if (head.prefix.startsWith(`${container}.`)) continue
      if (dataElements.has(spelling)) {
        data.add(i)
        sure.add(container)
        return
      }
      if (looseElements.has(spelling)) loose.add(container)
    }
  })
  const bySpelling = new Map(
    names.list.map((n, i) => [spellingOf(n.split('.').slice(-2).join('')), i]),
  )
  const last = new Map(
    names.list.map((n, i) => [spellingOf(n.split('.').at(-1)!), i]),
  )
  return {
    data,
    containers: sure.size > 0 ? [...sure] : [...loose],
    isMessageAlone: hasMessageAlone(names),
    messages: messageNames
      .map((m) => bySpelling.get(m) ?? last.get(m) ?? -1)
      .filter((i) => i >= 0),
  }
}

function hasSegment(names: Names, among: ReadonlySet<string>): boolean {
  return names.list.some((name) =>
    name.split('.').some((segment) => among.has(spellingOf(segment))),
  )
}

const providers = new Set([
  'provider',
  'providername',
  'sourcename',
  'eventsourcename',
  'source',
])

const messages = new Set(messageNames)

/** Do data stand below an element of their own, as the names say? */
export function hasDataElement(names: Names): boolean {
  return hasSegment(names, dataElements)
}

/**
 * Has an event with these names more than can be told from them alone: data apart, a message, text that may hold data, or
 * a provider under another name than Sigma's?
 */
export function hasMore(names: Names): boolean {
  return (
    hasDataElement(names) ||
    hasSegment(names, looseElements) ||
    hasSegment(names, messages) ||
    names.list.some((name) => /xml/i.test(name)) ||
    (!names.has('Provider_Name') && hasSegment(names, providers))
  )
}
