// Script text and its host, under one name each, from PowerShell's two channels. Fields: Microsoft Learn, "about_Logging_Windows"
// and "about_Eventlogs"; the classic channel's values are unnamed and stand in a fixed order.
import type { Value } from '../../base/record.ts'

import { textOf } from '../read-first.ts'

import { present } from './principal.ts'
import type { Row } from '../row.ts'
import { alias, derived, fromText } from '../row.ts'

/** How much of a context is searched for one of its lines, in UTF-16 units. */
const maxContext = 65_536

/** The value of one `Name = value` line of a context; spacing differs between the channels. */
function contextLine(name: string): (text: string) => string | undefined {
  // Blanks around the value are trimmed afterwards: a pattern for them would try every way to share a long run of them.
  const line = new RegExp(`^[ \\t]*${name}[ \\t]*=(.*)$`, 'im')
  return (text) =>
    line.exec(text.slice(0, maxContext))?.[1]?.trim() || undefined
}

const hostApplication = contextLine('Host ?Application')
const commandName = contextLine('Command ?Name')
const scriptName = contextLine('Script ?Name')
const user = contextLine('User(?:Id)?')

const context = (field: string): readonly Row[] => [
  fromText('HostApplication', field, hostApplication),
  fromText('CommandName', field, commandName),
  fromText('ScriptName', field, scriptName),
  fromText('User', field, user),
]

export const powershellRows: Readonly<Record<string, readonly Row[]>> = {
  4103: [alias('ScriptText', 'Payload'), ...context('ContextInfo')],
  // A long script comes in parts that share the ScriptBlockId.
  4104: [
    alias('ScriptText', 'ScriptBlockText'),
    derived('ScriptPart', ['MessageNumber', 'MessageTotal'], scriptPart),
    derived('ScriptName', ['Path'], (v) => present(v)),
  ],
}

export const powershellClassicRows: Readonly<Record<string, readonly Row[]>> = {
  400: context('param3'),
  403: context('param3'),
  600: context('param3'),
  800: [fromText('ScriptText', 'param1', (t) => t), ...context('param2')],
}

/** `2/5`; absent where the script is whole. */
function scriptPart(
  part: Value | undefined,
  parts: Value | undefined,
): string | undefined {
  const total = textOf(parts)
  return total && total !== '1' ? `${textOf(part)}/${total}` : undefined
}
