// Flat events that name their log source themselves: top-level `product`, `category`, `service` in Sigma's words.
import { asIs, at, type Dialect, type Names, provenanceBy } from '../dialect.ts'
import { hasDataApart, hasEventBelow } from './windows-json/index.ts'

export const hints: Dialect = {
  name: 'JSON with log source hints',
  carries: 'named',
  recognises: (names) =>
    (saysProduct(names) || names.has('category') || names.has('service')) &&
    !hasDataApart(names) &&
    !hasEventBelow(names),
  plan: (names) => ({
    kind: 'mapping',
    columns: asIs(names),
    provenance: isOfWindows(names)
      ? provenanceBy(
          'hinted-windows',
          textAt(names, 'Provider_Name'),
          textAt(names, 'Channel'),
          at(names.indexOf('EventID')),
        )
      : provenanceBy(
          'hints',
          textAt(names, 'product'),
          textAt(names, 'service'),
          textAt(names, 'category'),
        ),
  }),
}

/** Beside these it is the product that a program's file is part of, in lower case. */
const ofFiles = ['company', 'fileversion', 'file_version', 'originalfilename']

function saysProduct(names: Names): boolean {
  return names.has('product') && !ofFiles.some((name) => names.has(name))
}

/** It tells which event of the Windows log it is: its hints are then read of each record. */
function isOfWindows(names: Names): boolean {
  return (
    names.has('EventID') && (names.has('Channel') || names.has('Provider_Name'))
  )
}

// A hint that is no text says nothing.
function textAt(names: Names, name: string) {
  const value = at(names.indexOf(name))
  return (values: Parameters<typeof value>[0]) => {
    const v = value(values)
    return typeof v === 'string' ? v : ''
  }
}
