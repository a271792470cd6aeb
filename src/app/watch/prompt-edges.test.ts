// A watch tells of an edge when a rule holds on it, once, and correlations do not wait for edges that none of them takes.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, describe, expect, it } from 'vitest'

import type { Finding } from '../../findings/finding.ts'

import { type CaseEvent, caseEvent } from '../../../test/tools/edges-of.ts'

import { Judge } from './judge.ts'

const folder = mkdtempSync(join(tmpdir(), 'ipcwatch-watch-edges-'))
afterAll(() => rmSync(folder, { recursive: true }))

const rule = join(folder, 'rule.yml')
const edge = (title: string, n: number, asked: string) => `title: ${title}
id: 6c5a7d44-98a1-4a4e-9a0f-1f5f6c1a9c0${n}
logsource: { product: windows, category: ipc_edge }
detection: { edge: { EdgeKind: named_pipe, ${asked} }, condition: edge }
level: low
---
`
writeFileSync(
  rule,
  `${edge('opened', 1, "EndpointName: '\\p'")}${edge('outcome', 2, "OutcomeImage|endswith: '\\cmd.exe'")}${edge('often', 3, 'EdgeCount: 2')}title: pipe
id: 6c5a7d44-98a1-4a4e-9a0f-1f5f6c1a9c04
name: pipe
logsource: { product: windows, category: pipe_created }
detection: { pipe: { EventType: ConnectPipe }, condition: pipe }
level: low
---
title: two
id: 6c5a7d44-98a1-4a4e-9a0f-1f5f6c1a9c05
correlation: { type: event_count, rules: [pipe], group-by: [Image], timespan: 10s, condition: { gte: 2 } }
level: low
`,
)

const pipe = (at: number, EventType: string, n: number): CaseEvent => ({
  at,
  windows: 'pipe_created',
  EventType,
  PipeName: '\\p',
  Image: `C:\\${n}.exe`,
  ProcessId: n,
})
const events: readonly CaseEvent[] = [
  pipe(0, 'CreatePipe', 100),
  pipe(1_000, 'ConnectPipe', 200),
  pipe(2_000, 'ConnectPipe', 200),
  {
    at: 9_000,
    windows: 'process_creation',
    Image: 'C:\\Windows\\System32\\cmd.exe',
    ProcessId: 300,
    ParentImage: 'C:\\200.exe',
    ParentProcessId: 200,
  },
  { at: 100_000, windows: 'process_creation', Image: 'C:\\z.exe' },
]

/** Titles of what was found when the watermark came to each of these seconds, and at the end. */
async function foundBy(seconds: readonly number[]): Promise<string[][]> {
  let found: string[] = []
  const told = (message: string) => expect.unreachable(message)
  const judge = await Judge.open(
    {
      rules: { paths: [rule], builtin: false },
      selection: { rules: [], techniques: [] },
      hosts: [],
      paths: [],
    },
    {
      finding: (line) => found.push((JSON.parse(line) as Finding).rule.title),
      diagnostic: (d) => told(d.message),
      problem: told,
    },
  )
  const each: string[][] = []
  const [first] = events.map((e, i) => caseEvent(e, i + 1).time()!)
  const waiting = events.map((e, i) => caseEvent(e, i + 1))
  for (const until of [...seconds, Number.POSITIVE_INFINITY]) {
    const watermark = first! + until * 1_000
    while (waiting[0] && waiting[0].time()! < watermark)
      judge.meet(waiting.shift()!)
    judge.take(judge.drain(), watermark)
    each.push(found.filter((title) => title !== 'pipe').sort())
    found = []
  }
  return each
}

describe('a watch', () => {
  it('tells of an edge when a rule holds on it, and of it but once', async () => {
    expect(await foundBy([6, 13, 99, 200])).toEqual([
      ['opened', 'two'],
      ['outcome'],
      ['often'],
      [],
      [],
    ])
  })
})
