// Does a formula act, or reach outside of its workbook? Most only reckon.
import type { Dde } from '../dde.ts'

import type { Formula } from './formula.ts'

export interface Calling {
  /** The first function that acts. */
  readonly functionName?: string
  readonly target?: string
  readonly dde?: Dde
}

/** On any sheet. */
const acting = new Set([
  'CALL',
  'REGISTER',
  'REGISTER.ID',
  'WEBSERVICE',
  'HYPERLINK',
  'RTD',
  'SQL.REQUEST',
  'FILTERXML',
  'IMAGE',
])

/** On macro sheets, as well. */
const actingInMacros = new Set([
  'EXEC',
  'EXECUTE',
  'INITIATE',
  'POKE',
  'REQUEST',
  'SEND.KEYS',
  'APP.ACTIVATE',
  'APP.ACTIVATE.MICROSOFT',
  'FOPEN',
  'FWRITE',
  'FWRITELN',
  'FILE.DELETE',
  'FILES',
  'OPEN',
  'RUN',
  'FORMULA',
  'FORMULA.FILL',
  'FORMULA.ARRAY',
  'EVALUATE',
  'ON.TIME',
  'VBA.INSERT.FILE',
  'INSERT.OBJECT',
  'EMBED',
  'SAVE.AS',
  'COPY.FILE',
  'CREATE.DIRECTORY',
  'WORKBOOK.HIDE',
  'GET.WORKSPACE',
  'ALERT',
])

const conversation = /^([^|"']{1,255})\|'([^']{0,8192})'!(.{0,255})$/s
const address = /"((?:https?|ftp|file):[^"]{1,2048}|\\\\[^"]{1,2048})"/i

/** undefined: it does not. */
export function calling(
  { folded, calls }: Formula,
  inMacro: boolean,
): Calling | undefined {
  const [, service, topic, item] = conversation.exec(folded) ?? []
  const dde =
    service !== undefined && topic !== undefined
      ? { service, topic, ...(item && { item }) }
      : undefined
  const acts = calls.find(
    (c) => acting.has(c) || (inMacro && actingInMacros.has(c)),
  )
  if (acts === undefined && !dde && !folded.includes("|'")) return undefined
  const target = address.exec(folded)?.[1]
  return {
    ...(acts && { functionName: acts }),
    ...(target && { target }),
    ...(dde && { dde }),
  }
}
