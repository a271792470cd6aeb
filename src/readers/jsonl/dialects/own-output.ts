// What this program printed itself, and a person gives it again: events are read as what they were; findings are no telemetry, or
// each would be found once more.
import type { JsonObject } from '../../flat/json-value.ts'
import { flatFields } from '../../inside/beside.ts'
import type { Dialect } from '../dialect.ts'

export const ownEvents: Dialect = {
  name: 'events of ipcwatch',
  recognises: (names) =>
    names.hasAll('file', 'record', 'offset') &&
    names.under('fields.') &&
    names.list.some((n) => n === 'logSource' || n.startsWith('logSource.')),
  plan: () => ({
    kind: 'expansion',
    expand: (_, { fields, logSource, time, host, ...place }) => {
      const own = withTime(objectOf(fields), time)
      const value = { ...objectOf(logSource), ...own }
      return {
        inside: [{ kind: 'json', value }],
        beside: flatFields({ time, host, printed: place }),
      }
    },
  }),
}

/** A clock that was found to be wrong was set right in the event's time alone. */
function withTime(fields: JsonObject, time: unknown): JsonObject {
  const name = writtenTimes.find((n) => n in fields)
  const isRight = 'UtcTime' in fields || typeof time !== 'string'
  return isRight || name === undefined ? fields : { ...fields, [name]: time }
}

const writtenTimes = ['TimeCreated_SystemTime', 'TimeCreated', 'EventTime']

function objectOf(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null
    ? (value as JsonObject)
    : {}
}

export const ownFindings: Dialect = {
  name: 'findings of ipcwatch, passed over',
  recognises: (names) =>
    names.hasAll('id', 'rule.id', 'rule.title', 'rule.level', 'evidence') &&
    names.under('explanation.'),
  plan: () => ({
    kind: 'expansion',
    expand: () => ({ inside: [], beside: {} }),
  }),
}
