// go-audit: the records of one Linux audit event as a list, each with the number of its type and its text.
// Source: slackhq/go-audit, README and marshaller.
import { parseTime } from '../../../base/time.ts'

import { recordType } from '../../auditd/record-types.ts'
import type { JsonObject } from '../../flat/json-value.ts'
import { textOrEmpty } from '../../flat/written-by.ts'
import { flatFields } from '../../inside/beside.ts'
import type { TextEvent } from '../../inside/event-text.ts'
import type { Dialect } from '../dialect.ts'

export const goAudit: Dialect = {
  name: 'go-audit JSON',
  recognises: (names) => names.hasAll('sequence', 'timestamp', 'messages'),
  plan: () => ({
    kind: 'expansion',
    expand: (_, { messages, ...beside }) => {
      const inside = recordsOf(beside, messages)
      return inside && { inside, beside: flatFields(beside) }
    },
  }),
}

function recordsOf(
  event: JsonObject,
  messages: unknown,
): readonly TextEvent[] | undefined {
  if (!Array.isArray(messages)) return undefined
  const serial = Number(event.sequence)
  const timestamp = textOrEmpty(event.timestamp as string)
  const time = parseTime(timestamp)
  if (!Number.isSafeInteger(serial) || time === undefined) return undefined
  return messages.filter(isMessage).map(({ type, data }) => ({
    kind: 'audit',
    text: data,
    header: {
      node: '',
      type: recordType(String(type)),
      stamp: `${timestamp}:${serial}`,
      time,
      serial,
      body: 0,
      interpreted: false,
    },
  }))
}

interface Message {
  readonly type: number
  readonly data: string
}

function isMessage(value: unknown): value is Message {
  const { type, data } = (value ?? {}) as Partial<Message>
  return Number.isInteger(type) && typeof data === 'string'
}
