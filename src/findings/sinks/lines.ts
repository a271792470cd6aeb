// A sink that writes one JSON object a line.
import { shownJson } from '../../base/shown.ts'

import type { Finding } from '../finding.ts'
import type { SinkFormat } from './sink.ts'

export function jsonLines(
  what: string,
  lineOf: (finding: Finding) => unknown,
): SinkFormat {
  return {
    what,
    extensions: ['ndjson', 'jsonl', 'json'],
    open: ({ write }) => ({
      finding(written) {
        const line = lineOf(JSON.parse(written.text()) as Finding)
        write(`${shownJson(JSON.stringify(line))}\n`)
      },
      end() {},
    }),
  }
}

/** Undefined where the evidence tells no time. */
export function millisecondsOf(finding: Finding): number | undefined {
  return finding.time === null ? undefined : Date.parse(finding.time)
}
