// Findings for programs: one JSON object a line.
import { isAscii } from 'node:buffer'

import { shownJson } from '../../base/shown.ts'

import type { SinkFormat } from './sink.ts'

/** Lines are written when so many bytes of them are there. */
const flushAt = 64 * 1024
const LF = 0x0a
const DEL = 0x7f

export const ndjson: SinkFormat = {
  what: 'one JSON object a line',
  extensions: ['ndjson', 'jsonl'],
  open({ write }) {
    let lines = Buffer.allocUnsafeSlow(flushAt * 2)
    let used = 0
    const flush = () => {
      if (used) write(shownBytes(lines.subarray(0, used)))
      used = 0
    }
    return {
      finding(finding) {
        const room = finding.maxBytes + 1
        if (used + room > lines.length) {
          flush()
          if (room > lines.length) lines = Buffer.allocUnsafeSlow(room)
        }
        used = finding.copy(lines, used)
        lines[used++] = LF
        if (used >= flushAt) flush()
      },
      end: flush,
    }
  },
}

/** See `shownJson`: ASCII without DEL has nothing to escape. */
function shownBytes(lines: Buffer): Buffer | string {
  if (isAscii(lines) && !lines.includes(DEL)) return lines
  return shownJson(lines.toString('utf8'))
}
