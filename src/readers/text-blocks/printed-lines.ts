// Records as a forwarder prints them to its console, behind a tag and a time: Fluent Bit's `[0] tag: [[1767323045.1, {}], {"a"=>"b"}]`, Fluentd's
// `2026-01-02 03:04:05.1 +0000 tag: {"a"=>"b"}`. A value may go on over several lines. Between them the forwarder tells of itself.
// Sources: Fluent Bit manual, "Standard Output"; Fluentd manual, "stdout", "Formatter Plugins: hash".
import { formatTime } from '../../base/time.ts'
import type { JsonObject } from '../flat/json-value.ts'
import { parsePrinted } from '../flat/printed-record.ts'
import type { TextForm } from './block-reader.ts'

/** Before the record a container's name may stand. */
const ofFluentBit =
  /^(?:[\w.-]{1,128}\s{1,32}\| )?\[\d{1,10}\] (.{1,256}?): \[(?:\[)?(\d{1,12}(?:\.\d{1,12})?)(?:, \{(.{0,1024}?)\}\])?, (?=\{)/
const ofFluentd =
  /^(?:[\w.-]{1,128}\s{1,32}\| )?(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?: ?[+-]\d\d:?\d\d|Z))\s([\w.*-]{1,256})(?::\s|\t)(?=\{)/

export const printedLinesForm: TextForm = {
  name: 'printed-lines',
  looksLike: (text) =>
    text.includes('{') &&
    text
      .split('\n', maxTold)
      .some(
        (l) => (ofFluentBit.test(l) || ofFluentd.test(l)) && isHash.test(l),
      ),
  begins: (line) => ofFluentBit.test(line) || ofFluentd.test(line),
  object,
  isAround: (line) => !ofFluentBit.test(line) && !ofFluentd.test(line),
}

/** Lines of the beginning that are looked at. */
const maxTold = 256
const isHash = /\{(?:\}|"[^"\n]{0,256}"\s?=>)/

function object(lines: readonly string[]): JsonObject | undefined {
  const bit = ofFluentBit.exec(lines[0]!)
  const head = bit ?? ofFluentd.exec(lines[0]!)
  if (!head) return undefined
  const text = recordIn(lines, head[0].length, bit !== null)
  const record = text === undefined ? undefined : parsePrinted(text)
  if (!record) return undefined
  const [tag, time] = bit
    ? [bit[1]!, formatTime(Number(bit[2]) * 1000)]
    : [head[2]!, head[1]!]
  return {
    ...beside(record, 'tag', tag),
    ...beside(record, 'time', time),
    ...record,
  }
}

/** As far as a line ends as the record does; what is behind it is the forwarder's own. */
function recordIn(
  lines: readonly string[],
  from: number,
  isListed: boolean,
): string | undefined {
  const end = isListed ? '}]' : '}'
  const last = lines.findLastIndex((line) => line.trimEnd().endsWith(end))
  if (last < 0) return undefined
  const text = lines
    .slice(0, last + 1)
    .join('\n')
    .trimEnd()
    .slice(from)
  return isListed ? text.slice(0, -1) : text
}

function beside(record: JsonObject, name: string, value: string): JsonObject {
  return Object.hasOwn(record, name) ? {} : { [name]: value }
}
