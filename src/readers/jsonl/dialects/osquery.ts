// osquery's result log in event format: one row a line, its columns (all text) below `columns`.
// Source: osquery documentation, "Logging", results log.
import { asIs, at, type Dialect, provenanceBy } from '../dialect.ts'

export const osquery: Dialect = {
  name: 'osquery results JSON',
  recognises: (names) =>
    names.hasAll('hostIdentifier', 'action') && names.under('columns.'),
  plan: (names) => ({
    kind: 'mapping',
    columns: asIs(names),
    provenance: provenanceBy(
      'osquery',
      at(names.indexOf('name')),
      () => '',
      at(names.indexOf('action')),
    ),
  }),
}
