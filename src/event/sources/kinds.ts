// What kind of event does a provenance tell of?
import { entryOf } from '../../base/entry.ts'
import type { Provenance } from '../../base/record.ts'

import { defenderEvents } from './defender.ts'
import { endpointSecurityEvents } from './endpoint-security.ts'
import { hintedWindows } from './hints.ts'
import type { EventKind } from './source.ts'
import { eventKind, writerOf } from './windows.ts'

/** undefined: no table has it. */
export function kindOf(p: Provenance): EventKind | undefined {
  switch (p.family) {
    case 'windows':
    case hintedWindows:
      return eventKind(writerOf(p.provider, p.channel), p.id)
    case 'defender':
      return entryOf(defenderEvents, p.id)
    case 'endpoint-security':
      return entryOf(endpointSecurityEvents, p.id)
    default:
      return undefined
  }
}
