// `Get-WinEvent | Export-Clixml`: the serialisation of PowerShell, a property an element.
// Source: [MS-PSRP], 2.2.5 "Serialization".
import { decodeEntities } from '../../base/xml.ts'

import type { JsonObject } from '../flat/json-value.ts'
import type { TextForm } from './block-reader.ts'

export const clixmlForm: TextForm = {
  name: 'powershell-clixml',
  looksLike: (text) =>
    /^\s*<Objs\s[^>]*powershell/.test(text) &&
    text.includes('N="ProviderName"'),
  begins: (line) => /^ {0,2}<Obj RefId=/.test(line),
  object,
  isAround: (line) => /^\s*<\/?Objs/.test(line) && !line.includes('<Obj '),
}

const member =
  /<(?:S|C|By|SB|[IU]16|[IU]32|[IU]64|DT|G|B) N="([A-Za-z]{1,64})">([^<]*)</g

function object(lines: readonly string[]): JsonObject | undefined {
  const fields: { [name: string]: string } = {}
  for (const [, name, text] of lines.join('\n').matchAll(member)) {
    if (!Object.hasOwn(fields, name!)) fields[name!] = plain(text!)
  }
  const { Id, ...rest } = fields
  return Id === undefined ? undefined : { EventID: Id, ...rest }
}

/** Characters that XML does not take stand as `_x000D_`. */
function plain(text: string): string {
  return decodeEntities(text).replaceAll(
    /_x([0-9A-Fa-f]{4})_/g,
    (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)),
  )
}
