// Edges are the same with any number of threads, however their records are spread over files; searches and lists meet them too.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, describe, expect, it } from 'vitest'

import type { hunt as huntType } from '../src/app/hunt/hunt.ts'
import type { scan as scanType } from '../src/app/scan/scan.ts'
import type { Finding } from '../src/findings/finding.ts'

// Threads run compiled code.
const { hunt } = (await import('../dist/app/hunt/hunt.js' as string)) as {
  hunt: typeof huntType
}
const { scan } = (await import('../dist/app/scan/scan.js' as string)) as {
  scan: typeof scanType
}

const folder = mkdtempSync(join(tmpdir(), 'ipcwatch-edge-threads-'))
afterAll(() => rmSync(folder, { recursive: true }))

const files = 7
const lines: string[][] = Array.from({ length: files }, () => [])
for (let i = 0; i < 400; i++) {
  const server = i % 40
  const at = `2026-01-02 03:${String(Math.floor(i / 10)).padStart(2, '0')}:${String(i % 10).padStart(2, '0')}`
  const record = (ms: string, fields: object) =>
    JSON.stringify({
      Provider_Name: 'Microsoft-Windows-Sysmon',
      Channel: 'Microsoft-Windows-Sysmon/Operational',
      Computer: `WS${i % 3}`,
      UtcTime: `${at}.${ms}`,
      PipeName: `\\pipe${server}`,
      ...fields,
    })
  lines[i % files]!.push(
    record('100', {
      EventID: 17,
      EventType: 'CreatePipe',
      Image: `C:\\s${server}.exe`,
      ProcessId: 1000 + server,
    }),
  )
  lines[(i * 3 + 1) % files]!.push(
    record('107', {
      EventID: 18,
      EventType: 'ConnectPipe',
      Image: `C:\\c${i % 9}.exe`,
      ProcessId: 5000 + (i % 9),
    }),
  )
}
for (const [n, of] of lines.entries())
  writeFileSync(join(folder, `${n}.jsonl`), `${of.join('\n')}\n`)
const rule = join(folder, 'rule.yml')
writeFileSync(
  rule,
  `title: edge
id: 6c5a7d44-98a1-4a4e-9a0f-1f5f6c1a9b11
logsource: { category: ipc_edge }
detection: { pipe: { EdgeKind: named_pipe, ServerImage|startswith: 'C:\\s' }, condition: pipe }
level: low
`,
)
const paths = lines.map((_, n) => join(folder, `${n}.jsonl`))
const signal = new AbortController().signal

async function findings(workers: number, order: readonly string[]) {
  const found: Finding[] = []
  const told = (message: string) => expect.unreachable(message)
  const summary = await scan(
    {
      paths: order,
      rules: { paths: [rule], builtin: false },
      selection: { rules: [], techniques: [] },
      hosts: [],
      index: true,
      routing: true,
      workers,
    },
    {
      finding: (f) => found.push(JSON.parse(f.text()) as Finding),
      diagnostic: (d) => told(d.message),
      problem: told,
      progress: () => {},
    },
    signal,
  )
  return { found, blind: summary.rules.blind }
}

describe('edges', () => {
  it('are the same with any number of threads, in any order of files', async () => {
    const alone = await findings(0, paths)
    expect(alone.blind).toEqual([])
    expect(alone.found.length).toBeGreaterThan(200)
    expect(alone.found[0]!.evidence).toHaveLength(2)
    expect(await findings(3, paths)).toEqual(alone)
    expect(await findings(2, paths.toReversed())).toEqual(alone)
  })

  it.each([0, 3])('are rows of a search with %i threads', async (workers) => {
    const { result } = await hunt(
      {
        search: 'category=ipc_edge | stats count by EdgeKind',
        paths,
        macros: new Map(),
        lookups: new Map(),
        now: 1_800_000_000,
        explain: false,
        scope: { hosts: [] },
        workers,
      },
      {
        diagnostic: (d) => expect.unreachable(d.message),
        unusable: (m) => expect.unreachable(m),
        problem: (m) => expect.unreachable(m),
      },
      signal,
    )
    const [row] = result!.rows
    expect(result!.rows).toHaveLength(1)
    expect(row!.get('EdgeKind')).toBe('named_pipe')
    expect(Number(row!.get('count'))).toBeGreaterThan(200)
  })
})
