// The formats of `--format`: one line each.
import { csv } from './csv.ts'
import { ecs } from './ecs.ts'
import { htmlReport } from './html/index.ts'
import { json } from './json.ts'
import { markdown } from './markdown.ts'
import { navigator } from './navigator.ts'
import { ndjson } from './ndjson.ts'
import { ocsf } from './ocsf.ts'
import { sarif } from './sarif.ts'
import type { SinkFormat } from './sink.ts'
import { splunk } from './splunk.ts'
import { stix } from './stix.ts'
import { table } from './table.ts'
import { timeline } from './timeline.ts'
import { timesketch } from './timesketch.ts'

export const sinks = {
  table,
  ndjson,
  json,
  csv,
  timeline,
  html: htmlReport,
  markdown,
  sarif,
  navigator,
  ecs,
  ocsf,
  stix,
  splunk,
  timesketch,
} as const satisfies Record<string, SinkFormat>

export type SinkName = keyof typeof sinks

export const sinkNames = Object.keys(sinks).filter(isSinkName)

export function isSinkName(name: string): name is SinkName {
  return Object.hasOwn(sinks, name)
}
