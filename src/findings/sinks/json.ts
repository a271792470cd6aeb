// Findings as one JSON document: a list, one finding a line.
import { shownJson } from '../../base/shown.ts'

import type { SinkFormat } from './sink.ts'

export const json: SinkFormat = {
  what: 'one JSON list',
  extensions: ['json'],
  open({ write }) {
    let before = '[\n'
    return {
      finding(finding) {
        write(`${before}${shownJson(finding.text())}`)
        before = ',\n'
      },
      end: () => write(before === ',\n' ? '\n]\n' : '[]\n'),
    }
  },
}
