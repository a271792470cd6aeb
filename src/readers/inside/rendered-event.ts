// An event as Windows' classic input of Splunk writes it: `LogName=Security`, a line each, and the message behind
// `Message=`.
import { addField, type Fields } from '../flat/fields.ts'

/** Lines of a rendered event. */
const maxLines = 256

export function classicFields(raw: string): Fields | undefined {
  if (!raw.includes('EventCode=') || !raw.includes('LogName=')) return undefined
  const fields: Fields = {}
  const message = raw.search(/^Message=/m)
  const head = message < 0 ? raw : raw.slice(0, message)
  for (const line of head.split(/\r?\n/, maxLines)) {
    const pair = /^([A-Za-z]\w{0,63})=(.*)$/.exec(line)
    if (pair) addField(fields, pair[1]!, pair[2]!)
  }
  if (!('EventCode' in fields) || !('LogName' in fields)) return undefined
  if (message >= 0) fields.Message = raw.slice(message + 'Message='.length)
  return fields
}
