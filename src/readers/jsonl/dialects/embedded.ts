// What dialects share whose events lie as text in a member: the fields that come out, and the collector's own beside them.
import type { Value } from '../../../base/record.ts'

import { auomsEvent } from '../../auditd/auoms.ts'
import { readHeader } from '../../auditd/header.ts'
import { addField, type Fields } from '../../flat/fields.ts'
import { parseWindowsEventXml } from '../../windows-xml/event.ts'
import type { Expanded } from '../dialect.ts'

/** The event that a text holds; undefined where it is neither event XML nor a line of auoms. */
export function eventInText(text: string): Expanded | undefined {
  const xml = text.indexOf('<Event')
  if (xml >= 0 && xml < maxPrefixLength) {
    const event = parseWindowsEventXml(text.slice(xml))
    if (!event) return undefined
    const { fields, provenance, damage } = event
    return {
      fields,
      provenance,
      ...(damage !== undefined && { damage: `event XML ${damage}` }),
    }
  }
  if (text.startsWith('type=AUOMS_')) {
    const header = readHeader(text)
    if (!header) return undefined
    const event = auomsEvent({ header, text })
    return { fields: { ...event.fields }, provenance: event.provenance }
  }
  return undefined
}

/** A syslog header may precede an event, in UTF-16 units. */
const maxPrefixLength = 512

/** Adds the collector's own fields. Where the event has the name itself, the collector's value goes by `name.2`. */
export function addBeside(fields: Fields, beside: Fields): void {
  for (const name of Object.keys(beside)) {
    const value = beside[name]!
    if (!Object.hasOwn(fields, name)) addField(fields, name, value)
    else if (!isSame(fields[name]!, value)) addField(fields, `${name}.2`, value)
  }
}

function isSame(a: Value, b: Value): boolean {
  return a === b || String(a) === String(b)
}
