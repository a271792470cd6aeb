// An audit event whose names and values came ready: auoms' fused lines, laurel's objects.
import type { Provenance, SourceRecord, Value } from '../../base/record.ts'
import { provenance, Shape } from '../../base/record.ts'

import { type AuditLine, sharedShape } from './event.ts'

export interface AuditEvent {
  /** Under the names of auditd's own records, so that rules for the one fit the other. */
  readonly fields: Readonly<Record<string, Value>>
  /** Family `linux-audit`, the record types as id. */
  readonly provenance: Provenance
  readonly serial: number
  /** Milliseconds since 1970 UTC. */
  readonly time: number | undefined
}

export class ReadyRecord implements SourceRecord {
  shape = new Shape([])
  provenance = provenance('linux-audit', '', '', '')
  number = 0
  offset = 0
  writtenAt: number | undefined
  #values: readonly Value[] = []

  show(event: AuditEvent, line: AuditLine): void {
    this.shape = sharedShape(Object.keys(event.fields))
    this.#values = Object.values(event.fields)
    this.provenance = event.provenance
    this.number = event.serial
    this.offset = line.offset
    this.writtenAt = event.time
  }

  value(i: number): Value | undefined {
    return this.#values[i]
  }
}
