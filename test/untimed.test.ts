import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, describe, expect, it } from 'vitest'

import { scanPaths } from './conformance/run.ts'
import { pipeRules } from './tools/pipe-rules.ts'
import { run } from './tools/product.ts'

const root = mkdtempSync(join(tmpdir(), 'ipcwatch-untimed-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const rules = join(root, 'rules.yml')
writeFileSync(rules, pipeRules)

function file(name: string, ...times: readonly (string | undefined)[]) {
  const path = join(root, name)
  const lines = times.map((UtcTime) =>
    JSON.stringify({
      EventID: 17,
      Channel: 'Microsoft-Windows-Sysmon/Operational',
      Provider_Name: 'Microsoft-Windows-Sysmon',
      Computer: 'WS1',
      UtcTime,
      Image: 'C:\\a.exe',
      PipeName: '\\made',
    }),
  )
  writeFileSync(path, `${lines.join('\n')}\n`)
  return path
}

const scan = (path: string) =>
  scanPaths([path], { rules: { paths: [rules], builtin: false } })

/** What a watch to the end of what is there says. */
function watched(path: string, by = rules): string {
  const untilIdle = ['watch', '--no-sensors', '--until-idle', '1']
  return run([...untilIdle, '--no-builtin', '--rules', by, path]).stderr
}

describe('events without a time', () => {
  it('are counted, and rules that correlate are named as not judging them, once a source', async () => {
    const path = file('without.jsonl', undefined, '2026-01-01 10:00:00.000')
    const { findings, summary, problems } = await scan(path)
    expect(findings.filter((f) => f.rule.level === 'low')).not.toEqual([])
    expect(summary.untimed).toMatchObject({
      events: 1,
      sources: [{ source: path, events: 1 }],
      rules: [{ id: expect.any(String) as unknown }],
    })
    const [{ title } = { title: '' }] = summary.untimed.rules
    const said = problems.filter((p) => p.includes('without a time, which'))
    expect(said).toHaveLength(1)
    expect(said[0]).toContain(`"${title}"`)
  })

  it('are not spoken of where there are none', async () => {
    const path = file('with.jsonl', '2026-01-01 10:00:00.000')
    const { summary, problems } = await scan(path)
    expect(summary.untimed.events).toBe(0)
    expect(problems).toEqual([])
  })

  it('are said of a watch as well, with how many they were', () => {
    const path = file(
      'followed.jsonl',
      undefined,
      '2026-01-01 10:00:00.000',
      undefined,
    )
    const said = watched(path)
    expect(said).toContain(`${path}: 2 events without a time, which rules`)
  })

  it('are not spoken of in a watch without rules that need one', () => {
    const path = file('single.jsonl', undefined)
    const single = join(root, 'single.yml')
    writeFileSync(single, pipeRules.split('\n---\n')[0]!)
    expect(watched(path, single)).not.toContain('without a time')
  })

  it('are no documents and no scripts', async () => {
    const path = join(root, 'a.ps1')
    writeFileSync(path, 'Write-Output "a"\n')
    const { summary } = await scanPaths([path], {})
    expect(summary.untimed.events).toBe(0)
  })
})
