// Telegraf's `win_eventlog` in InfluxDB's line protocol: `win_eventlog,TAG=… FIELD="…",… TIMESTAMP`.
// Source: InfluxDB documentation, "Line protocol".
import type { JsonObject } from '../flat/json-value.ts'
import type { TextForm } from './block-reader.ts'

export const influxForm: TextForm = {
  name: 'influx-lines',
  looksLike: (text) => /^(?:> )?win_eventlog[, ]/m.test(text),
  begins: (line) => /^(?:> )?win_eventlog[, ]/.test(line),
  object: (lines) => metric(lines.join('\n')),
  isAround: (line) => !/^(?:> )?win_eventlog[, ]/.test(line),
}

const tag = /,((?:[^\\,= ]|\\.){1,256})=((?:[^\\, ]|\\.)*)/y
const field =
  /[ ,]((?:[^\\,= ]|\\.){1,256})=(?:"((?:[^"\\]|\\.)*)"|([^", ]{1,64}))/y

/** As Telegraf writes it in JSON. */
function metric(text: string): JsonObject | undefined {
  const at = text.search(/[, ]/)
  const [afterTags, tags] = pairsAt(
    text,
    text.indexOf('win_eventlog') + 12,
    tag,
  )
  if (at < 0) return undefined
  const [afterFields, fields] = pairsAt(text, afterTags, field)
  const [, ns] = /^ (\d{1,20})\s*$/.exec(text.slice(afterFields)) ?? []
  return {
    name: 'win_eventlog',
    tags,
    fields,
    ...(ns && { timestamp: Number(ns) }),
  }
}

function pairsAt(
  text: string,
  from: number,
  pair: RegExp,
): readonly [number, JsonObject] {
  const pairs: { [name: string]: string } = {}
  let at = from
  for (;;) {
    pair.lastIndex = at
    const found = pair.exec(text)
    if (!found) return [at, pairs]
    const [, name, quoted, bare] = found
    at = pair.lastIndex
    const value = quoted ?? bare?.replace(/^(-?\d{1,20})[iu]$/, '$1') ?? ''
    pairs[plain(name!)] = plain(value)
  }
}

function plain(text: string): string {
  return text.replaceAll(/\\([\\", =])/g, '$1')
}
