// Nothing raw reaches a terminal, whatever it was written in: names of files and members, names and values of fields, tokens in
// messages, ids and titles of rules, flags.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, describe, expect, it } from 'vitest'

import { sinkNames } from '../../src/findings/sinks/index.ts'

/** An escape sequence, a C1 control, an override of direction, a character without width. */
const evil = '\u001b[2J\u009b5m\u202e\u200b'
const raw =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]|\r(?!\n)/

const root = mkdtempSync(join(tmpdir(), 'ipcwatch-terminal-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const evidence = join(root, `evidence${evil}`)
const rules = join(root, `rules${evil}`)
mkdirSync(evidence)
mkdirSync(rules)
const event = {
  EventID: 17,
  Channel: 'Microsoft-Windows-Sysmon/Operational',
  Provider_Name: `Microsoft-Windows-Sysmon`,
  Computer: `host${evil}`,
  UtcTime: '2026-01-01 10:00:00.000',
  Image: `=a${evil}\r\n+b`,
  PipeName: '\\made',
  [`Name${evil}`]: `value${evil}`,
}
writeFileSync(
  join(evidence, `a${evil}.jsonl`),
  `${JSON.stringify(event)}\nnot json ${evil}\n{"odd${evil}":1}\n`,
)
writeFileSync(join(evidence, `b${evil}`), `no telemetry ${evil}\n`)
const rule = join(rules, `rule${evil}.yml`)
const quoted = '\\u001b[2J\\u009b5m\\u202e\\u200b'
writeFileSync(
  rule,
  `title: "a pipe ${quoted}"
id: "id ${quoted}"
description: "why ${quoted}"
level: high
tags: [attack.t1559]
falsepositives: ["never ${quoted}"]
logsource: { product: windows, category: pipe_created }
detection: { s: { PipeName: '\\made' }, condition: s }
fields: [Image, "Name${quoted}"]
---
title: "refused ${quoted}"
level: high
logsource: { product: windows }
detection: { s: { "Image|contians${quoted}": x }, condition: "s ${quoted}" }
`,
)
const ours = ['--rules', rules, '--no-builtin']
const other = join(root, 'other.spl')
writeFileSync(other, `search Image="${evil}" | foo${evil}`)

const calls: readonly (readonly string[])[] = [
  ...sinkNames.map((format) => [
    ...['scan', evidence, join(root, `gone${evil}`), '--format', format],
    ...ours,
  ]),
  ['events', evidence, '--format', 'table'],
  ['events', evidence, '--format', 'ndjson'],
  ['events', evidence, '--where', `Image|${evil}=x`],
  ...['table', 'ndjson', 'csv'].map((format) => [
    ...['hunt', '* | table *', evidence, '--format', format],
  ]),
  ['hunt', `search ${evil} | nothing${evil}`, evidence],
  ['hunt', '--file', other, evidence, '--explain'],
  ['rules', 'list', ...ours],
  ['rules', 'list', '--format', 'ndjson', ...ours],
  ['rules', 'coverage', ...ours],
  ['rules', 'lint', rules],
  ['rules', 'test', rules],
  ['rules', 'explain', `a pipe ${evil}`, evidence, ...ours],
  ['rules', 'equal', rule, other],
  ['scan', evidence, '--rule', evil, ...ours],
  ['scan', evidence, '--format', evil],
  ['scan', evidence, `--${evil}`],
  ['scan', evidence, '-o', join(root, `no${evil}`, 'x.csv')],
  [`scann${evil}`],
  ['posture', evidence],
  ['scripts', join(evidence, `a${evil}.jsonl`)],
  ['doctor', evidence],
  [
    'watch',
    evidence,
    '--no-sensors',
    '--until-idle',
    '0',
    '--state',
    join(root, `state${evil}`),
  ],
  ['baseline', evidence],
  ['suppressions', 'test', rule],
]

describe('a terminal', () => {
  it.each(calls.map((args) => [args.join(' ').replaceAll(evil, '~'), args]))(
    'is steered by nothing: %s',
    (_name, args) => {
      const { stdout, stderr } = spawnSync(
        process.execPath,
        ['dist/cli/main.js', ...args],
        { encoding: 'utf8' },
      )
      expect(stdout + stderr).not.toBe('')
      expect(stdout).not.toMatch(raw)
      expect(stderr).not.toMatch(raw)
    },
  )
})
