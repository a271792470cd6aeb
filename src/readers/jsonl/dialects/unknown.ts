// JSON of a shape that nobody recognises: fields as they are, so that rules may still look at them.
import { provenance } from '../../../base/record.ts'

import { asIs, type Dialect } from '../dialect.ts'

const nobody = provenance('unknown', '', '', '')

export const unknown: Dialect = {
  name: 'JSON of unknown shape',
  carries: 'anywhere',
  recognises: () => true,
  plan: (names) => ({
    kind: 'mapping',
    columns: asIs(names),
    provenance: () => nobody,
  }),
}
