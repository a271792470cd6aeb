// Findings for programs: one JSON object a line.
import { shownJson } from '../../base/shown.ts'

import type { SinkFormat } from './sink.ts'

/** Lines are written when so many characters of them are there. */
const flushAt = 64 * 1024

export const ndjson: SinkFormat = {
  what: 'one JSON object a line',
  extensions: ['ndjson', 'jsonl'],
  open({ write }) {
    let lines = ''
    const flush = () => {
      if (lines) write(shownJson(lines))
      lines = ''
    }
    return {
      finding(line) {
        lines += `${line}\n`
        if (lines.length >= flushAt) flush()
      },
      end: flush,
    }
  },
}
