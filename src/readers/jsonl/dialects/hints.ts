// Flat events that name their log source themselves: top-level `product`, `category`, `service` in Sigma's words.
import { asIs, at, type Dialect, type Names, provenanceBy } from '../dialect.ts'

export const hints: Dialect = {
  name: 'JSON with log source hints',
  recognises: (names) =>
    names.has('product') || names.has('category') || names.has('service'),
  plan: (names) => ({
    kind: 'mapping',
    columns: asIs(names),
    provenance: provenanceBy(
      'hints',
      textAt(names, 'product'),
      textAt(names, 'service'),
      textAt(names, 'category'),
    ),
  }),
}

// A hint that is no text says nothing.
function textAt(names: Names, name: string) {
  const value = at(names.indexOf(name))
  return (values: Parameters<typeof value>[0]) => {
    const v = value(values)
    return typeof v === 'string' ? v : ''
  }
}
