// A watch says what is rare by its baseline, and without one that it cannot say.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, describe, expect, it } from 'vitest'

import type { Finding } from '../../findings/finding.ts'

import { caseEvent } from '../../../test/tools/edges-of.ts'

import { UnusableBaseline } from '../baseline/unusable.ts'
import { Judge } from './judge.ts'

const folder = mkdtempSync(join(tmpdir(), 'ipcwatch-watch-rarity-'))
afterAll(() => rmSync(folder, { recursive: true }))

const rule = join(folder, 'rule.yml')
writeFileSync(
  rule,
  `title: rare
id: 6c5a7d44-98a1-4a4e-9a0f-1f5f6c1a9b13
logsource: { category: pipe_created }
detection: { rare: { PipeName|startswith: '\\', RarePipe: true }, condition: rare }
level: low
---
title: unknown
id: 6c5a7d44-98a1-4a4e-9a0f-1f5f6c1a9b14
logsource: { category: pipe_created }
detection: { unknown: { PipeName|startswith: '\\', RarePipe: unknown }, condition: unknown }
level: low
`,
)
const baseline = join(folder, 'baseline.ndjson')
const span = '"first":"2026-01-01T00:00:00Z","last":"2026-01-30T00:00:00Z"'
writeFileSync(
  baseline,
  `{"ipcwatch":"baseline","version":1}
{"kind":"pipe","events":900,${span},"level":0,"hostLevel":0}
{"kind":"pipe","template":"\\\\usual","owner":"c:\\\\a.exe","events":90,${span},"hosts":["ws1"]}
`,
)

/** What is found, step by step: the watermark moves with each event. */
async function found(file?: string): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  const told = (message: string) => expect.unreachable(message)
  const judge = await Judge.open(
    {
      rules: { paths: [rule], builtin: false },
      selection: { rules: [], techniques: [] },
      hosts: [],
      paths: [],
      ...(file !== undefined && { baseline: file }),
    },
    {
      finding: (line) => findings.push(JSON.parse(line) as Finding),
      diagnostic: (d) => told(d.message),
      problem: told,
    },
  )
  for (const [i, name] of ['\\usual', '\\never'].entries()) {
    const fields = {
      PipeName: name,
      PipeTemplate: name,
      EventType: 'CreatePipe',
    }
    const event = caseEvent(
      {
        at: i * 60_000,
        windows: 'pipe_created',
        Image: 'C:\\a.exe',
        ...fields,
      },
      i + 1,
    )
    judge.meet(event)
    judge.take(judge.drain(), event.time()!)
  }
  judge.take([], Number.POSITIVE_INFINITY)
  return findings
}

const tellings = (findings: readonly Finding[]) =>
  findings.map(({ rule, evidence }) => [
    rule.title,
    evidence[0]!.fields.PipeName,
    evidence[0]!.fields.RarePipeReason,
  ])

describe('a watch', () => {
  it('says what is rare by its baseline', async () => {
    expect(tellings(await found(baseline))).toEqual([
      [
        'rare',
        '\\never',
        '0 of 900 pipes made, on 0 of 0 hosts: \\never, c:\\a.exe; the baseline baseline.ndjson is of 2026-01-01T00:00:00.000Z to 2026-01-30T00:00:00.000Z',
      ],
    ])
  })

  it('cannot say without one, and why', async () => {
    const why = 'a watch was given no baseline: see "ipcwatch baseline"'
    expect(tellings(await found())).toEqual([
      ['unknown', '\\usual', why],
      ['unknown', '\\never', why],
    ])
  })

  it('is not begun with a file that is no baseline', async () => {
    await expect(found(rule)).rejects.toThrow(UnusableBaseline)
  })
})
