// Flat Windows events that already carry Sigma's names: nothing is renamed, nothing is retyped.
import { asIs, at, type Dialect, provenanceBy } from '../dialect.ts'
import { providerOf } from './writer.ts'
import { hasMore } from './windows-json/places.ts'

export const windowsFlat: Dialect = {
  name: 'flat Windows JSON',
  recognises: (names) =>
    names.has('EventID') &&
    (names.has('Channel') || names.has('Provider_Name')) &&
    !hasMore(names),
  plan: (names) => ({
    kind: 'mapping',
    columns: asIs(names),
    provenance: provenanceBy(
      'windows',
      names.has('Provider_Name')
        ? at(names.indexOf('Provider_Name'))
        : providerOf(names),
      at(names.indexOf('Channel')),
      at(names.indexOf('EventID')),
    ),
  }),
}
