// The formats of `--format`: one line each.
import { csv } from './csv.ts'
import { json } from './json.ts'
import { ndjson } from './ndjson.ts'
import type { SinkFormat } from './sink.ts'
import { table } from './table.ts'

export const sinks = { table, ndjson, json, csv } as const satisfies Record<
  string,
  SinkFormat
>

export type SinkName = keyof typeof sinks

export const sinkNames = Object.keys(sinks).filter(isSinkName)

export function isSinkName(name: string): name is SinkName {
  return Object.hasOwn(sinks, name)
}
