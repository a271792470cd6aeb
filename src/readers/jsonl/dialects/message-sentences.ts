// Messages that are a sentence with the event's data in it: DCOM's in the System log, in English. Each part stands where the number
// of its insertion string is. Source: the messages of the provider on Windows 10; KB5004442 for 10036 to 10038.
import { entryOf } from '../../../base/entry.ts'

import { addField, type Fields } from '../../flat/fields.ts'

const client = String.raw`%1\%2 SID (%3) from address %4`
const unreachable =
  'DCOM was unable to communicate with the computer %1 using any of the configured protocols'
const weak = (how: string) =>
  `Application %1 with PID %2 is requesting to activate CLSID %3 on computer %4 with ${how} authentication level at %5.`

/** By id; the first that fits. */
const sentences: Readonly<Record<string, readonly string[]>> = {
  10000: [
    'Unable to start a DCOM Server: %3. The error: "%2" Happened while starting this command: %1',
  ],
  10001: [
    'Unable to start a DCOM Server: %3 as %4/%5. The error: "%2" Happened while starting this command: %1',
  ],
  10005: [
    'DCOM got error "%1" attempting to start the service %2 with arguments "%5" in order to run the server: %4',
  ],
  10006: [
    'DCOM got error "%1" from the computer %2 when attempting to activate the server: %3',
  ],
  10009: [`${unreachable}.`],
  10010: [
    'The server %1 did not register with DCOM within the required timeout.',
  ],
  10016: [
    String.raw`The %1 permission settings do not grant %2 %3 permission for the COM Server application with CLSID %4 and APPID %5 to the user %6\%7 SID (%8) from address %9 running in the application container %10 SID (%11).`,
    String.raw`The %1 permission settings do not grant %2 %3 permission for the COM Server application with CLSID %4 and APPID %5 to the user %6\%7 SID (%8) from address %9.`,
    String.raw`The %1 permission settings do not grant %2 %3 permission for the COM Server application with CLSID %4 to the user %6\%7 SID (%8) from address %9.`,
  ],
  10028: [
    `${unreachable}; requested by PID %2 (%3), while activating CLSID %4.`,
    `${unreachable}; requested by PID %2 (%3).`,
  ],
  10036: [
    `The server-side authentication level policy does not allow the user ${client} to activate DCOM server.`,
  ],
  10037: [weak('explicitly set')],
  10038: [weak('default activation')],
}

/** Of a value, in UTF-16 units. */
const maxValue = 1024

interface Sentence {
  readonly pattern: RegExp
  /** Of each of its groups, the number of the insertion string. */
  readonly numbers: readonly string[]
}

const compiled = new Map<string, readonly Sentence[]>()

function compile(sentence: string): Sentence {
  const numbers: string[] = []
  // Breaks stand around what is inserted, and forwarders make blanks of them.
  const parts = sentence.split(/(%\d+|\s+)/).map((part) => {
    if (/^\s+$/.test(part)) return String.raw`\s{1,8}`
    if (!/^%\d+$/.test(part))
      return part.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
    numbers.push(part.slice(1))
    return `([^\\r\\n]{1,${maxValue}}?)`
  })
  const text = parts.join('').replace(/(\\s\{1,8\})$/, '')
  // At its end a value reaches to the end of the line.
  const end = sentence.endsWith('.') ? '' : String.raw`\s*$`
  return { pattern: new RegExp(`^\\s*${text}${end}`, 'i'), numbers }
}

/** What the sentence of such an event says, as `param1`, `param2`; undefined: it is none that is known. */
export function fieldsOfSentence(
  id: string,
  message: string,
): Fields | undefined {
  const known = entryOf(sentences, id)
  if (!known || message.length > 8 * maxValue) return undefined
  let all = compiled.get(id)
  if (!all) compiled.set(id, (all = known.map(compile)))
  for (const { pattern, numbers } of all) {
    const m = pattern.exec(message)
    if (!m) continue
    const fields: Fields = {}
    numbers.forEach((number, i) => {
      const value = m[i + 1]!.trim()
      if (value) addField(fields, `param${number}`, value)
    })
    return fields
  }
  return undefined
}
