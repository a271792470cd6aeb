// Windows events as Sysinternals' `psloglist` and libevtx's `evtxexport` list them: lines with the header, then the message or the
// numbered strings.
// Sources: Sysinternals, "PsLogList"; libyal/libevtx, evtxtools.
import type { JsonObject } from '../flat/json-value.ts'
import type { TextForm } from './block-reader.ts'

const psHead = /^\[(\d{1,10})\] (\S.{0,255})$/

export const psloglistForm: TextForm = {
  name: 'psloglist',
  looksLike: (text) =>
    /^\[\d{1,10}\] \S/m.test(text) && /^ {3}Time: .* {2,}ID: +\d/m.test(text),
  begins: (line) => psHead.test(line),
  object: psObject,
  isAround: (line) => !psHead.test(line),
}

/** Whoever wrote the record is not who did what its data tell. */
const psNames: Readonly<Record<string, string>> = {
  Time: 'TimeGenerated',
  User: 'UserName',
}

function psObject(lines: readonly string[]): JsonObject | undefined {
  const head = psHead.exec(lines[0]!)
  if (!head) return undefined
  const object: { [name: string]: string } = {
    RecordNumber: head[1]!,
    SourceName: head[2]!.trim(),
  }
  let i = 1
  for (; i < lines.length; i++) {
    const pair = /^ {3}(Type|Computer|Time|User): +(.*)$/.exec(lines[i]!)
    if (!pair) break
    const [, name, text] = pair as unknown as [string, string, string]
    const [value, id] = text.split(/ {2,}ID: +/)
    object[psNames[name] ?? name] = value!.trim()
    if (id) object.EventID = id.trim()
  }
  object.Message = lines.slice(i).join('\n').trim()
  return object.EventID === undefined ? undefined : object
}

const libHead = /^Event number\s{0,16}: (\d{1,20})\s*$/

export const evtxexportForm: TextForm = {
  name: 'evtxexport',
  looksLike: (text) =>
    /^Event number\s{0,16}: \d/m.test(text) &&
    /^Event identifier\s{0,16}: 0x/m.test(text),
  begins: (line) => libHead.test(line),
  object: libObject,
  isAround: (line) => !libHead.test(line),
}

const libNames: Readonly<Record<string, string>> = {
  'Event number': 'EventRecordID',
  'Written time': 'TimeCreated',
  'Computer name': 'Computer',
  'Source name': 'ProviderName',
  'Provider identifier': 'ProviderGuid',
  'Channel name': 'Channel',
  'User security identifier': 'UserSID',
}

function libObject(lines: readonly string[]): JsonObject | undefined {
  const object: { [name: string]: string | string[] } = {}
  const strings: string[] = []
  for (const line of lines) {
    const pair = /^([A-Z][A-Za-z ]{1,40}?)(: \d{1,4})?\s{0,16}: (.*)$/.exec(
      line,
    )
    if (!pair) {
      // A string of several lines.
      if (strings.length > 0 && line !== '')
        strings.push(`${strings.pop()}\n${line}`)
      continue
    }
    const [, name, number, value] = pair as unknown as string[]
    if (name === 'String' && number) strings.push(value!)
    else if (name === 'Event identifier')
      object.EventID = /\((\d{1,10})\)/.exec(value!)?.[1] ?? value!
    else if (name && Object.hasOwn(libNames, name))
      object[libNames[name]!] = value!
  }
  return object.EventID === undefined
    ? undefined
    : { ...object, Strings: strings }
}
