// Who breaks a scan off gets what was found until then.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, describe, expect, it } from 'vitest'

import { scan } from '../src/app/scan/scan.ts'

const root = mkdtempSync(join(tmpdir(), 'ipcwatch-interrupt-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const rule = join(root, 'rule.yml')
writeFileSync(
  rule,
  `title: a pipe was made
level: low
logsource: { product: windows, category: pipe_created }
detection: { s: { PipeName: '\\made' }, condition: s }
`,
)
const line = `${JSON.stringify({
  EventID: 17,
  Channel: 'Microsoft-Windows-Sysmon/Operational',
  Provider_Name: 'Microsoft-Windows-Sysmon',
  Computer: 'WS1',
  UtcTime: '2026-01-01 10:00:00.000',
  PipeName: '\\made',
})}\n`

describe('a scan that is broken off', () => {
  it('gives what was found until then, and leaves no file', async () => {
    const files = ['a', 'b', 'c'].map((n) => join(root, `${n}.jsonl`))
    for (const file of files) writeFileSync(file, line.repeat(10))
    const before = new Set(readdirSync(tmpdir()))
    const abort = new AbortController()
    const found: string[] = []
    const summary = await scan(
      {
        paths: files,
        rules: { paths: [rule], builtin: false },
        selection: { rules: [], techniques: [] },
        hosts: [],
        index: true,
        routing: true,
        workers: 0,
      },
      {
        finding: (f) => found.push(f.text()),
        diagnostic: (d) => expect.unreachable(d.message),
        problem: (message) => expect.unreachable(message),
        progress: () => abort.abort(),
      },
      abort.signal,
    )
    expect(summary.interrupted).toBe(true)
    expect(found).toHaveLength(10)
    expect(summary.findings).toEqual({ low: 10 })
    const left = readdirSync(tmpdir()).filter(
      (name) => name.startsWith('ipcwatch-findings-') && !before.has(name),
    )
    expect(left).toEqual([])
  })
})
