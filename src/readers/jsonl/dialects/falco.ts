// Falco's alerts as JSON: what a rule prints of an event stands below `output_fields`, under Falco's own field names.
// Source: Falco documentation, "Output formatting" (json_output) and "Supported fields".
import { asIs, at, type Dialect, provenanceBy } from '../dialect.ts'

export const falco: Dialect = {
  name: 'Falco JSON',
  recognises: (names) =>
    names.has('rule') && names.has('priority') && names.under('output_fields.'),
  plan: (names) => ({
    kind: 'mapping',
    columns: asIs(names),
    provenance: provenanceBy(
      'falco',
      at(names.indexOf('source')),
      () => '',
      at(names.indexOf('output_fields.evt.type')),
    ),
  }),
}
