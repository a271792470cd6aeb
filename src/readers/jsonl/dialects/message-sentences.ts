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

/** The numbers of what is told by its form in any language: names of Microsoft's that are not translated, ids of accounts, addresses. */
const formsById: Readonly<
  Record<string, Readonly<Partial<Record<Form, number>>>>
> = {
  10006: { clsid: 3 },
  10010: { clsid: 1 },
  10016: { clsid: 4, appId: 5, sid: 8, address: 9 },
  10028: { clsid: 4 },
  10036: { sid: 3, address: 4 },
  10037: { clsid: 3 },
  10038: { clsid: 3 },
}

const guid = String.raw`(\{[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\})`
const forms = {
  clsid: new RegExp(String.raw`CLSID\s{0,8}${guid}`, 'i'),
  appId: new RegExp(String.raw`APPID\s{0,8}${guid}`, 'i'),
  sid: /\((S-1-[0-9-]{1,184})\)/,
  address:
    /(?<![\d.])((?:\d{1,3}\.){3}\d{1,3})(?![\d.])|(?<![0-9a-f:{-])((?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{1,4})(?![0-9a-f:])/i,
} as const
type Form = keyof typeof forms

/** A sentence of DCOM's in a language that is not read: what of it has a form of its own, and what is told of it; undefined: it is none such. */
export function foreignSentence(
  provider: string,
  id: string,
  message: string,
): { readonly fields: Fields; readonly said: string } | undefined {
  const isDcom = /^(?:Microsoft-Windows-DistributedCOM|DCOM)$/i.test(provider)
  if (!isDcom || !entryOf(sentences, id) || !message.trim()) return undefined
  if (fieldsOfSentence(id, message)) return undefined
  const fields: Fields = {}
  const text = message.slice(0, 8 * maxValue)
  for (const [form, number] of Object.entries(entryOf(formsById, id) ?? {})) {
    const found = forms[form as Form].exec(text)
    const value = found?.[1] ?? found?.[2]
    if (value) addField(fields, `param${number}`, value)
  }
  return {
    fields,
    said: `a sentence not known (those of event ${id} are read in English): ${
      Object.keys(fields).length
        ? 'only its ids and addresses were read'
        : 'its data were not read'
    }`,
  }
}
