// What Splunk's add-ons for Windows and Sysmon write of an event as a whole, and no event has: who made the log, and what the event is
// called. Published detections group by them, so that without them no row is left.
// Sources: docs.splunk.com, "Splunk Add-on for Sysmon" and "... for Microsoft Windows" (names of the fields); Microsoft Learn, "Sysmon" and
// "Advanced security audit policy settings" (what the events are called).
import type { DerivedCase } from '../../ir/field-source.ts'
import type { Predicate } from '../../ir/predicate.ts'

const sysmon = 'Microsoft-Windows-Sysmon'
const security = 'Microsoft-Windows-Security-Auditing'

const sysmonEvents: Readonly<Record<number, string>> = {
  1: 'Process creation',
  2: 'A process changed a file creation time',
  3: 'Network connection',
  4: 'Sysmon service state changed',
  5: 'Process terminated',
  6: 'Driver loaded',
  7: 'Image loaded',
  8: 'CreateRemoteThread',
  9: 'RawAccessRead',
  10: 'ProcessAccess',
  11: 'FileCreate',
  12: 'RegistryEvent (Object create and delete)',
  13: 'RegistryEvent (Value Set)',
  14: 'RegistryEvent (Key and Value Rename)',
  15: 'FileCreateStreamHash',
  16: 'ServiceConfigurationChange',
  17: 'PipeEvent (Pipe Created)',
  18: 'PipeEvent (Pipe Connected)',
  19: 'WmiEvent (WmiEventFilter activity detected)',
  20: 'WmiEvent (WmiEventConsumer activity detected)',
  21: 'WmiEvent (WmiEventConsumerToFilter activity detected)',
  22: 'DNSEvent (DNS query)',
  23: 'FileDelete (File Delete archived)',
  24: 'ClipboardChange (New content in the clipboard)',
  25: 'ProcessTampering (Process image change)',
  26: 'FileDeleteDetected (File Delete logged)',
}

const securityEvents: Readonly<Record<number, string>> = {
  4624: 'An account was successfully logged on',
  4625: 'An account failed to log on',
  4648: 'A logon was attempted using explicit credentials',
  4656: 'A handle to an object was requested',
  4663: 'An attempt was made to access an object',
  4672: 'Special privileges assigned to new logon',
  4688: 'A new process has been created',
  4689: 'A process has exited',
  4697: 'A service was installed in the system',
  4698: 'A scheduled task was created',
  4720: 'A user account was created',
  4726: 'A user account was deleted',
  5140: 'A network share object was accessed',
  5145: 'A network share object was checked to see whether client can be granted desired access',
}

function by(provider: string): Predicate {
  const pattern = [provider]
  return { kind: 'text', field: 'Provider_Name', pattern, cased: false }
}

function called(
  provider: string,
  events: Readonly<Record<number, string>>,
): DerivedCase[] {
  return Object.entries(events).map(([id, value]) => ({
    value,
    when: {
      kind: 'and',
      of: [
        by(provider),
        { kind: 'number', field: 'EventID', op: 'eq', value: Number(id) },
      ],
    },
  }))
}

/** Whatever wrote a Windows log has a provider. */
const anyProvider: Predicate = {
  kind: 'not',
  of: { kind: 'null', field: 'Provider_Name' },
}

export const addOnFields: Readonly<Record<string, readonly DerivedCase[]>> = {
  signature: [
    ...called(sysmon, sysmonEvents),
    ...called(security, securityEvents),
  ],
  vendor_product: [
    { value: 'Microsoft Sysmon', when: by(sysmon) },
    { value: 'Microsoft Windows', when: anyProvider },
  ],
}

export const addOnNotes: Readonly<Record<string, string>> = {
  signature:
    '"signature" is in no event: derived from the provider and the id, as Microsoft calls the events of Sysmon and of the Security log; absent of others',
  vendor_product:
    '"vendor_product" is in no event: derived from the provider, "Microsoft Sysmon" or "Microsoft Windows"',
}
