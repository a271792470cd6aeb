// What dbus-daemon says in a file of syslog, a line each: `2026-03-02T09:00:00.1+00:00 srv3 dbus-daemon[560]: [system] Rejected …`. Each
// becomes the entry that the journal has of it. Other daemons' lines are passed by: they tell of no message.
// Source: dbus, bus/bus.c (complain_about_message); RFC 3164; rsyslog's file formats.
import { readPrefix } from '../auditd/prefix.ts'
import type { JsonObject } from '../flat/json-value.ts'
import type { TextForm } from './block-reader.ts'

const ofDaemon = /(?:^|\s)(dbus-daemon)\[(\d{1,10})\]: (.*)$/
const refused = /: \[[a-z]+(?: uid=\d+ pid=\d+)?\] Rejected send message, /

export const busLinesForm: TextForm = {
  name: 'lines of dbus-daemon',
  looksLike: (text) =>
    text.includes('dbus-daemon[') &&
    /^.{0,128}\bdbus-daemon\[\d{1,10}\]: \[/m.test(text) &&
    !/<Event\b|\bmsg=audit\(/.test(text),
  begins: () => true,
  isAround: (line) => !refused.test(line),
  object: ([line]) => entryOf(line!),
}

function entryOf(line: string): JsonObject | undefined {
  const said = ofDaemon.exec(line)
  if (!said) return undefined
  const { host, time, timeText } = readPrefix(line)
  const [, name, pid, message] = said
  return {
    // A line without a year says no time.
    __REALTIME_TIMESTAMP: time === undefined ? '' : String(time * 1_000),
    ...(timeText && { SYSLOG_TIMESTAMP: timeText }),
    ...(host && { _HOSTNAME: host }),
    SYSLOG_IDENTIFIER: name!,
    _PID: pid!,
    MESSAGE: message!,
  }
}
