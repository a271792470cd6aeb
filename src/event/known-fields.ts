// Every name that is known of fields: canonical ones, and what providers call theirs.
import { schema } from './schema/index.ts'
import { otherFields } from './sources/other-fields.ts'

export const knownFields: ReadonlySet<string> = new Set([
  ...Object.keys(schema),
  ...Object.keys(otherFields),
])
