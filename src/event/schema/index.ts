// What does each field mean? The one table of canonical names: those of Sigma's taxonomy, and beyond it names in the same
// style. A record's own fields keep their names besides. Documentation and the aliases of Splunk and Elastic are made of it.
import { entryOf } from '../../base/entry.ts'

import { eventFields } from './event.ts'
import type { FieldRow } from './field.ts'
import { processFields, parentFields } from './process.ts'
import { userFields, signatureFields } from './user.ts'
import { accessFields } from './process-access.ts'
import {
  pipeFields,
  socketFields,
  xpcFields,
  dbusFields,
  comFields,
} from './ipc.ts'
import {
  registryFields,
  fileFields,
  scriptFields,
  serviceFields,
} from './objects.ts'
import { scriptActionFields } from './script-action.ts'
import { auditFields } from './linux-audit.ts'
import { edgeFields, lineageFields } from './edge.ts'
import { rarityFields } from './rarity.ts'
import { scheduleFields } from './schedule.ts'
import { documentFields } from './document.ts'

/** Sorted by group. */
export const schema = {
  ...eventFields,
  ...processFields,
  ...parentFields,
  ...userFields,
  ...signatureFields,
  ...accessFields,
  ...pipeFields,
  ...socketFields,
  ...xpcFields,
  ...dbusFields,
  ...comFields,
  ...registryFields,
  ...fileFields,
  ...scriptFields,
  ...scriptActionFields,
  ...serviceFields,
  ...auditFields,
  ...edgeFields,
  ...lineageFields,
  ...rarityFields,
  ...scheduleFields,
  ...documentFields,
}

/** undefined: a name that is no canonical one. */
export function fieldRow(name: string): FieldRow | undefined {
  const rows: Readonly<Record<string, FieldRow>> = schema
  return entryOf(rows, name)
}
