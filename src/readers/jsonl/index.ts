// JSON in all the ways in which events are kept: one object a line, one array, objects one after another.
import type { StreamFormat } from '../reader.ts'
import { framingOf, looksLikeJson } from './recognise.ts'
import { JsonReader } from './json-reader.ts'

export const jsonl: StreamFormat = {
  name: 'jsonl',
  read: 'stream',
  detect: (head) => looksLikeJson(head),
  open: (options) => new JsonReader(options),
  split: {
    by: 'lines',
    allowed: (head) => framingOf(head, false) === 'lines',
  },
}
