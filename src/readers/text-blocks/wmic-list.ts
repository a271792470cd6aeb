// `wmic ntevent … /format:list`: a property a line, events parted by blank lines.
// Source: Microsoft Learn, Win32_NTLogEvent.
import type { JsonObject } from '../flat/json-value.ts'
import type { TextForm } from './block-reader.ts'

const property = /^([A-Z][A-Za-z]{1,31})=(.*)$/

export const wmicListForm: TextForm = {
  name: 'wmic-list',
  looksLike: (text) =>
    /^EventIdentifier=\d/m.test(text) && /^SourceName=/m.test(text),
  begins(line, open) {
    const name = property.exec(line)?.[1]
    return (
      name !== undefined && open.some((l) => property.exec(l)?.[1] === name)
    )
  },
  object,
  isAround: (line) => !property.test(line),
}

function object(lines: readonly string[]): JsonObject | undefined {
  const fields: { [name: string]: string } = {}
  let name: string | undefined
  for (const line of lines) {
    const pair = property.exec(line)
    if (pair) {
      name = pair[1]!
      fields[name] = pair[2]!.trim()
    } else if (name !== undefined) fields[name] += `\n${line}`
  }
  return fields.EventCode === undefined ? undefined : fields
}
