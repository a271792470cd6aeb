// Windows events as `wevtutil /f:text` lists them (`Event[0]:`, then `Log Name: …` a line each), as Event Viewer copies them, and as
// the classic input of Splunk writes them (`LogName=Security`, the message behind `Message=`).
import type { JsonObject } from '../flat/json-value.ts'
import { classicFields } from '../inside/rendered-event.ts'
import type { TextForm } from './block-reader.ts'

export const windowsTextForm: TextForm = {
  name: 'windows-text',
  looksLike(text) {
    const isListed =
      (/^\s{0,8}Log Name: /m.test(text) && eventMark.test(text)) ||
      /^Log Name: {2,}\S.*\nSource: {2,}\S/m.test(text)
    const isClassic = /^LogName=/m.test(text) && /^EventCode=\d/m.test(text)
    return isListed || (isClassic && !/^[\s"]*[{[<_]/.test(text))
  },
  begins: (line, open) =>
    eventMark.test(line) ||
    timeLine.test(line) ||
    (line.startsWith('LogName=') &&
      open.some((l) => l.startsWith('LogName='))) ||
    (copied.test(line) && !eventMark.test(open[0]!)),
  object: (lines) => listed(lines) ?? classic(lines),
}

const eventMark = /^(?:\xef\xbb\xbf|\ufeff)?Event\[\d{1,9}\]:?\s*$/m
/** Event Viewer's "Copy details as text". */
const copied = /^Log Name: {2,}\S/
const timeLine =
  /^\d{1,2}\/\d{1,2}\/\d{4} \d{1,2}:\d\d:\d\d(?:\.\d{1,6})?(?: [AP]M)?$/

function classic(lines: readonly string[]): JsonObject | undefined {
  const fields = classicFields(lines.join('\n'))
  const isTimed = timeLine.test(lines[0]!)
  return fields && (isTimed ? { ...fields, TimeGenerated: lines[0]! } : fields)
}

/** All that stands behind `Description:` is the message. */
function listed(lines: readonly string[]): JsonObject | undefined {
  const isCopied = copied.test(lines[0]!)
  if (!isCopied && !eventMark.test(lines[0]!)) return undefined
  const object: { [name: string]: string } = {}
  for (let i = isCopied ? 0 : 1; i < lines.length; i++) {
    const pair = /^\s{0,8}([A-Z][A-Za-z ]{0,31}): ?(.*)$/.exec(lines[i]!)
    if (!pair) continue
    const [, name, value] = pair as unknown as [string, string, string]
    if (name === 'Description') {
      object.Message = [value, ...lines.slice(i + 1)].join('\n').trim()
      return object
    }
    const said = value.trim()
    if (said === '' || said === 'N/A') continue
    object[name === 'User' ? headerUser(said) : name] = said
  }
  return object
}

/** Who wrote the record; data of some events have a `User` of their own. */
function headerUser(value: string): string {
  return value.startsWith('S-1-') ? 'User SID' : 'User Name'
}
