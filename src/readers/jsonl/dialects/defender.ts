// Advanced hunting tables of Microsoft Defender (`DeviceProcessEvents`, `DeviceEvents`, ...): rows exported from the portal
// or the API, the streaming API's envelope around them, and the same tables in Log Analytics. Columns keep their names.
import { asIs, at, type Dialect, type Names, provenanceBy } from '../dialect.ts'

/** The streaming API puts the row here, beside `category`: `AdvancedHunting-DeviceProcessEvents`. */
const streamed = 'properties.'
const streamedTable = /^AdvancedHunting-/

export const defender: Dialect = {
  name: 'Defender hunting JSON',
  recognises: (names) =>
    isRow(names, '') ||
    (isRow(names, streamed) && names.hasAll('category', 'time')),
  plan: (names) => {
    const isStreamed = !names.has('ActionType')
    const prefix = isStreamed ? streamed : ''
    const table = at(names.firstOf(isStreamed ? 'category' : 'Type'))
    const columns = asIs(names).map(({ name, from }) => ({
      name: name.startsWith(prefix) ? name.slice(prefix.length) : name,
      from,
    }))
    return {
      kind: 'mapping',
      // The row first: where the envelope has a name too, the row keeps it.
      columns: isStreamed
        ? columns.toSorted((a, b) => rank(names, a.from) - rank(names, b.from))
        : columns,
      provenance: provenanceBy(
        'defender',
        () => 'defender',
        (values) => {
          const name = table(values)
          return typeof name === 'string' ? name.replace(streamedTable, '') : ''
        },
        at(names.indexOf(`${prefix}ActionType`)),
      ),
    }
  },
}

function isRow(names: Names, prefix: string): boolean {
  return (
    names.has(`${prefix}ActionType`) &&
    (names.has(`${prefix}DeviceName`) || names.has(`${prefix}DeviceId`))
  )
}

function rank(names: Names, from: number | unknown): number {
  return typeof from === 'number' && names.list[from]!.startsWith(streamed)
    ? 0
    : 1
}
