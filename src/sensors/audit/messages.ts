// Messages of the kernel's auditing: records, which are written as auditd writes them, so that one reader reads both; and its state.
// Source: include/uapi/linux/audit.h.
import { recordType } from '../../readers/auditd/record-types.ts'

/** `type=SYSCALL msg=audit(1767323045.100:501): arch=...`; undefined: it is none. The length in its head is not to be trusted. */
export function auditLine(datagram: Buffer): AuditRecord | undefined {
  if (datagram.length < 17) return undefined
  const type = recordType(String(datagram.readUInt16LE(4)))
  const end = datagram.indexOf(0, 16)
  const text = datagram
    .toString('latin1', 16, end < 0 ? datagram.length : end)
    .replaceAll(/[\r\n]/g, ' ')
  const [, serial] = /^audit\(\d{1,12}\.\d{3}:(\d{1,20})\): /.exec(text) ?? []
  if (serial === undefined) return undefined
  return { type, serial, text, line: `type=${type} msg=${text}` }
}

export interface AuditRecord {
  readonly type: string
  readonly serial: string
  readonly text: string
  readonly line: string
}

/** A number in a record: ` pid=42`. */
export function numberIn(text: string, name: string): number | undefined {
  const [, digits] =
    new RegExp(`[ :]${name}=(\\d{1,15})(?: |$)`).exec(text) ?? []
  return digits === undefined ? undefined : Number(digits)
}

/** AUDIT_GET and its answer. */
export const AUDIT_GET = 1000

export interface AuditState {
  readonly isEnabled: boolean
  /** Process that records are sent to; 0: none. */
  readonly owner: number
  readonly backlogLimit: number
  /** Records that were lost since the kernel began. */
  readonly lost: number
  /** Clock ticks for which a call waits where there is no room. */
  readonly backlogWait: number
}

/** struct audit_status. */
export function auditState(datagram: Buffer): AuditState | undefined {
  if (datagram.length < 16 + 44 || datagram.readUInt16LE(4) !== AUDIT_GET)
    return undefined
  const at = (i: number) => datagram.readUInt32LE(16 + i * 4)
  return {
    isEnabled: at(1) !== 0,
    owner: at(3),
    backlogLimit: at(5),
    lost: at(6),
    backlogWait: at(9),
  }
}
