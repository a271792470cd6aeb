// Findings for people who look on: when, how grave, what, where, and what it rests on.
import { oneLine, shownLines } from '../../../base/shown.ts'

import { rareIn } from '../../../findings/rare.ts'
import type { Finding } from '../../../findings/finding.ts'

import type { Output } from './output.ts'
import { unwaitingOf, writeWhole } from './write-whole.ts'

/** UTF-16 units of what held. */
const maxHeld = 300

export function terminal(fd: number): Output {
  const out = unwaitingOf(fd)
  return {
    name: 'terminal',
    async send(lines, signal) {
      const text = lines.map((l) => shown(JSON.parse(l) as Finding)).join('\n')
      await writeWhole(out, Buffer.from(`${shownLines(text)}\n`), signal)
    },
    async close() {},
  }
}

function shown(finding: Finding): string {
  const { time, host, rule, techniques, evidence, explanation } = finding
  const [first] = evidence
  const at = first ? `${first.file}#${first.record}` : ''
  const held = oneLine([...rareIn(finding), ...explanation.held].join('; '))
  const cut = held.length > maxHeld ? `${held.slice(0, maxHeld)}…` : held
  const head = [
    rule.level.toUpperCase().padEnd(8),
    oneLine(rule.title),
    oneLine(host ?? '-'),
    time ?? '(no time)',
    techniques.join(' '),
  ]
  return `${head.join('  ')}\n    ${cut}\n    ${oneLine(at)}`
}
