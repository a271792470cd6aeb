// Who wrote a record, from values that are attackers' input: provenances are kept for the whole run, so what they hold is
// bounded.
import type { Provenance, Value } from '../../base/record.ts'
import { provenance } from '../../base/record.ts'

/** Of a provider, channel or id, in UTF-16 units; real ones have at most some hundred. */
const maxLength = 256

export function writtenBy(
  family: Provenance['family'],
  provider: Value | undefined,
  channel: Value | undefined,
  id: Value | undefined,
): Provenance {
  return provenance(family, short(provider), short(channel), short(id))
}

/** Of an event of the Windows log, by its own fields. */
export function windowsWriter(
  fields: Readonly<Record<string, Value>>,
): Provenance {
  const { Provider_Name, Channel, EventID } = fields
  return writtenBy('windows', Provider_Name, Channel, EventID)
}

function short(value: Value | undefined): string {
  // Where a name came twice, the last value is the one that others see.
  const one: Value | undefined = Array.isArray(value) ? value.at(-1) : value
  return textOrEmpty(one).slice(0, maxLength)
}

/** The text of a value; '' of nothing. */
export function textOrEmpty(value: Value | undefined): string {
  if (typeof value === 'string') return value
  return value === undefined || value === null ? '' : String(value)
}
