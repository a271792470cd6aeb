// XML of rows that are events: Splunk's search results (`<result><field k='…'>`), and objects of PowerShell's `ConvertTo-Xml`
// (`<Object><Property Name="…">`).
// Sources: Splunk, "Data output modes" of the search endpoints; Microsoft Learn, ConvertTo-Xml.
import { decodeEntities } from '../../base/xml.ts'

import { addField, type Fields } from '../flat/fields.ts'
import type { JsonObject } from '../flat/json-value.ts'
import type { TextForm } from './block-reader.ts'

export const splunkResultsForm: TextForm = {
  name: 'splunk-results-xml',
  looksLike: (text) =>
    /<results?[\s>]/.test(text) && /<field k=['"]/.test(text),
  begins: (line) => /<result[\s>]/.test(line),
  ends: (line) => line.includes('</result>'),
  object: (lines) => rows(lines.join('\n'), /<result[\s>]/g, splunkRow),
  isAround: (line) => !/<result[\s>]/.test(line),
}

export const powershellXmlForm: TextForm = {
  name: 'powershell-xml',
  looksLike: (text) =>
    /<Objects?[\s>]/.test(text) && /<Property Name="ProviderName"/.test(text),
  begins: (line) => /<Object[\s>]/.test(line),
  ends: (line) => line.includes('</Object>'),
  object: (lines) => rows(lines.join('\n'), /<Object[\s>]/g, powershellRow),
  isAround: (line) => !/<Object[\s>]/.test(line),
}

/** Rows of one block. */
const maxRows = 65_536

function rows(
  text: string,
  start: RegExp,
  row: (text: string) => JsonObject,
): readonly JsonObject[] {
  const starts = [...text.matchAll(start)].slice(0, maxRows).map((m) => m.index)
  return starts.map((at, i) => row(text.slice(at, starts[i + 1])))
}

const field = /<field k=(?:'([^']{1,256})'|"([^"]{1,256})")>/g
const ofField = /<\/field>/g
/** `_raw` stands in `<v>`, any other value in `<value><text>`, of which there may be several. */
const value = /<(?:text|v)(?:\s[^>]{0,256})?>/g
const ofValue = /<\/(?:text|v)>/g

/** What stands between each beginning and the end that is next; where there is no further end, nothing more is looked for. */
function* between(
  text: string,
  begin: RegExp,
  end: RegExp,
): Generator<readonly [RegExpExecArray, string]> {
  for (let at = 0; ; ) {
    begin.lastIndex = at
    const opened = begin.exec(text)
    if (!opened) return
    const from = opened.index + opened[0].length
    end.lastIndex = from
    const closed = end.exec(text)
    if (!closed) return
    yield [opened, text.slice(from, closed.index)]
    at = closed.index + closed[0].length
  }
}

function splunkRow(text: string): JsonObject {
  const fields: Fields = {}
  for (const [[, single, double], inner] of between(text, field, ofField)) {
    for (const [, content] of between(inner, value, ofValue)) {
      // What the search looked for is marked.
      const plain = content.replaceAll(/<\/?sg(?: h="\d{1,3}")?>/g, '')
      addField(fields, (single ?? double)!, decodeEntities(plain))
    }
  }
  return fields
}

const property = /<Property Name="([^"]{1,256})"[^>]{0,512}?(?:\/>|>([^<]*)<)/g

function powershellRow(text: string): JsonObject {
  const fields: Fields = {}
  for (const [, name, content] of text.matchAll(property)) {
    const isId = name === 'Id' || name === 'InstanceId'
    const plain = decodeEntities(content ?? '').trim()
    const key = isId ? 'EventID' : name!
    if (plain !== '' && !Object.hasOwn(fields, key))
      addField(fields, key, plain)
  }
  return fields
}
