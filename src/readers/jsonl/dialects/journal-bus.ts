// What dbus-daemon says in the journal of messages that it did not pass on: one object an entry, the message as text.
// Source: dbus, bus/bus.c (complain_about_message); systemd.journal-fields(7).
import type { Value } from '../../../base/record.ts'

import type { Fields } from '../../flat/fields.ts'
import { textOrEmpty, writtenBy } from '../../flat/written-by.ts'
import type { Dialect, Expanded, Names, Values } from '../dialect.ts'

export const journalBus: Dialect = {
  name: "journal of a bus's daemon",
  recognises: (names) =>
    names.hasAll('MESSAGE', '__REALTIME_TIMESTAMP') &&
    (names.has('SYSLOG_IDENTIFIER') || names.has('_COMM')),
  plan: (names) => ({
    kind: 'expansion',
    expand: (values) => expand(names, values),
  }),
}

const refusal =
  /^(?:\[(\w+)(?: uid=\d+ pid=\d+)?\] )?Rejected send message, \d+ matched rules; type="(\w+)", sender="[^"]*" \(([^)]*)\) interface="([^"]*)" member="([^"]*)" error name="[^"]*" requested_reply="?\d"? destination="([^"]*)" \(([^)]*)\)/
/** UTF-16 units of a message that are looked at. */
const maxUnits = 4_096

function expand(names: Names, values: Values): Expanded | undefined {
  const of = (name: string): Value | undefined => values[names.indexOf(name)]
  const who = textOrEmpty(of('SYSLOG_IDENTIFIER')) || textOrEmpty(of('_COMM'))
  if (!/^dbus-daemon/.test(who)) return undefined
  const found = refusal.exec(textOrEmpty(of('MESSAGE')).slice(0, maxUnits))
  if (!found) return undefined
  const [, bus = 'system', type, sender, iface, member, to, receiver] = found
  const fields: Fields = {}
  names.list.forEach((name, i) => {
    fields[name] = values[i]!
  })
  const told = {
    bus,
    message_type: type!,
    interface: iface!,
    member: member!,
    destination: to!,
    verdict: 'denied',
    sender_pid: partOf(sender!, 'pid'),
    sender_uid: partOf(sender!, 'uid'),
    sender_comm: partOf(sender!, 'comm'),
    receiver_pid: partOf(receiver!, 'pid'),
  }
  for (const [name, value] of Object.entries(told))
    if (value !== '') fields[name] = value
  return { fields, provenance: writtenBy('dbus-daemon', who, '', 'refused') }
}

/** Of `uid=1000 pid=1234 comm="gdbus call" label="unconfined"`. */
function partOf(text: string, name: string): string {
  const value = new RegExp(`(?:^|\\s)${name}=(?:"([^"]*)"|(\\S+))`).exec(text)
  return value?.[1] ?? value?.[2] ?? ''
}
