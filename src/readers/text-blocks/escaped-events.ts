// Lines in which an event is escaped for something else: event XML or JSON out of a string of JSON or out of HTML, perhaps behind the
// header of a log (archives of Wazuh, programs that print what they were sent).
import { firstSign, unescapedOnce } from '../inside/escaped.ts'
import { looksLikeJson } from '../jsonl/recognise.ts'
import type { TextForm } from './block-reader.ts'

/** Lines of the beginning that are looked at. */
const maxTriedLines = 64

export const escapedEventsForm: TextForm = {
  name: 'escaped-events',
  looksLike: (text) =>
    looksLikeJson(Buffer.from(text, 'latin1')) < 2 &&
    text.split('\n', maxTriedLines).some(isOne),
  begins: (line) => firstSign(line) !== undefined,
  object: (lines) => lines.join('\n'),
  isAround: (line) => firstSign(line) === undefined,
}

/** Is what is escaped in it an event by its names? */
function isOne(line: string): boolean {
  const text = unescapedOnce(line)
  return text !== undefined && /event_?id|system|audit\(/i.test(text)
}
