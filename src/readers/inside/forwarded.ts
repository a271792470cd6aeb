// What forwarders put before a record: `[time, record]`, `[[time, metadata], record]`, `[tag, time, record, options]`, and
// `[tag, [[time, record], …]]`.
// Sources: Fluentd, "Forward Protocol Specification v1"; Fluent Bit manual, "Event format".
import { formatTime } from '../../base/time.ts'
import { addField, type Fields } from '../flat/fields.ts'
import type { JsonObject } from '../flat/json-value.ts'
import { addBeside, flatFields } from './beside.ts'

export interface Forwarded {
  readonly record: JsonObject
  /** The tag, the time, and metadata. */
  readonly beside: Fields
}

/** Seconds since 1970: a number outside of these is no time of an event. */
const minSeconds = 1e8
const maxSeconds = 1e11
/** Of a tag, in UTF-16 units. */
const maxTag = 256

/** undefined: the list is none of these. */
export function forwarded(
  list: readonly unknown[],
): readonly Forwarded[] | undefined {
  const one = entryOf(list)
  if (one) return [one]
  const [tag, second, third] = list
  if (typeof tag !== 'string' || tag.length > maxTag) return undefined
  if (Array.isArray(second)) {
    const entries = second.map((e) =>
      Array.isArray(e) ? entryOf(e) : undefined,
    )
    if (entries.length === 0 || entries.includes(undefined)) return undefined
    return (entries as Forwarded[]).map((e) => withTag(e, tag))
  }
  const single = list.length <= 4 ? entryOf([second, third]) : undefined
  return single && [withTag(single, tag)]
}

/** `[time, record]`: the time may be a list of itself and metadata. */
function entryOf(list: readonly unknown[]): Forwarded | undefined {
  const [head, record] = list
  if (list.length !== 2 || !isObject(record)) return undefined
  const [written, metadata] =
    Array.isArray(head) && head.length === 2 && isObject(head[1])
      ? head
      : [head, {}]
  const time = timeOf(written)
  if (time === undefined) return undefined
  const beside: Fields = { time }
  addBeside(beside, flatFields(metadata as JsonObject))
  return { record, beside }
}

function timeOf(value: unknown): string | undefined {
  if (typeof value === 'string') {
    return /^\d{4}-\d\d-\d\d[T ]\d\d:/.test(value) ? value : undefined
  }
  const isTime =
    typeof value === 'number' && value > minSeconds && value < maxSeconds
  return isTime ? formatTime(Math.round(value * 1000)) : undefined
}

function withTag({ record, beside }: Forwarded, tag: string): Forwarded {
  const tagged = { ...beside }
  addField(tagged, 'tag', tag)
  return { record, beside: tagged }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
