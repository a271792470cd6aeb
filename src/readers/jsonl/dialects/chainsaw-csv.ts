// Chainsaw's table of detections (`hunt --csv`): the header of an event in columns, and its data as YAML in one cell.
// Source: WithSecureLabs/chainsaw, src/cli.rs (print_csv), its mappings of Sigma and event logs.
import { addField, type Fields } from '../../flat/fields.ts'
import { textOrEmpty, windowsWriter } from '../../flat/written-by.ts'
import { numberOf } from '../../system-part.ts'
import { asIsoTime } from '../../written-time.ts'
import { at, type Dialect } from '../dialect.ts'

const header: readonly (readonly [name: string, column: string])[] = [
  ['EventID', 'Event ID'],
  ['EventRecordID', 'Record ID'],
  ['Computer', 'Computer'],
  ['Provider_Name', 'Event.System.Provider'],
  ['Channel', 'Event.System.Channel'],
]

export const chainsawCsv: Dialect = {
  name: 'Chainsaw CSV',
  recognises: (names) =>
    names.hasAll('timestamp', 'detections', 'Event ID', 'Event Data'),
  plan: (names) => ({
    kind: 'expansion',
    expand: (values) => {
      const of = (name: string) => at(names.indexOf(name))(values)
      const fields: Fields = {}
      for (const [name, column] of header) {
        const value = of(column)
        const isNumber = name === 'EventID' || name === 'EventRecordID'
        if (value !== undefined && value !== null)
          addField(fields, name, isNumber ? numberOf(value) : value)
      }
      const time = of('timestamp')
      if (time !== undefined) fields.TimeCreated_SystemTime = asIsoTime(time)!
      for (const [name, value] of pairsIn(textOrEmpty(of('Event Data')))) {
        if (!Object.hasOwn(fields, name)) addField(fields, name, value)
      }
      names.list.forEach((name, i) => {
        const isTaken =
          name === 'Event Data' || header.some(([, c]) => c === name)
        const value = values[i]
        if (!isTaken && value !== undefined && !Object.hasOwn(fields, name))
          addField(fields, name, value)
      })
      return { fields, provenance: windowsWriter(fields) }
    },
  }),
}

/** Lines of a cell that are looked at. */
const maxLines = 1024

/** `Image: 'C:\a.exe'`; a block behind `|` is what is indented below it. */
function* pairsIn(yaml: string): Generator<readonly [string, string]> {
  const lines = yaml.split(/\r?\n/, maxLines)
  for (let i = 0; i < lines.length; i++) {
    const pair = /^([A-Za-z_]\w{0,63}): ?(.*)$/.exec(lines[i]!)
    if (!pair) continue
    const [, name, written] = pair as unknown as [string, string, string]
    if (!/^[|>][-+]?\d?$/.test(written)) {
      yield [name, plainOf(written)]
      continue
    }
    const block: string[] = []
    while (/^(?: {2}|$)/.test(lines[i + 1] ?? '-'))
      block.push(lines[++i]!.slice(2))
    yield [name, block.join('\n').trimEnd()]
  }
}

function plainOf(text: string): string {
  if (/^'.*'$/.test(text)) return text.slice(1, -1).replaceAll("''", "'")
  if (!/^".*"$/.test(text)) return text === '~' || text === 'null' ? '' : text
  return text.slice(1, -1).replaceAll(/\\(["\\])/g, '$1')
}
