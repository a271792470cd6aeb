// Runs every case of test/cases/correlations through a whole scan: rules and correlations, events with their times, and which
// events each finding names. The same has to come of the events in reverse order and of events spread over files.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'

import type { Value } from '../src/base/record.ts'

import { scanPaths } from './conformance/run.ts'
import { runCases } from './tools/cases.ts'

interface Case {
  /** The fact that the case holds to. */
  readonly why: string
  /** Behind the rules that all cases share: `a`, `b` and `c`, which match where the field k has that text. */
  readonly rules: string
  /** Seconds since the first, and fields. */
  readonly events: readonly (readonly [number, Record<string, Value>])[]
  /** By title: of each finding the positions of the events it names. */
  readonly findings: Readonly<Record<string, readonly (readonly number[])[]>>
}

const start = Date.UTC(2024, 0, 31, 23, 59, 30)

const shared = ['a', 'b', 'c']
  .map(
    (name) =>
      `title: ${name}\nname: ${name}\nlogsource: { product: test }\ndetection: { sel: { k: ${name} }, condition: sel }\n`,
  )
  .join('---\n')

let work: string
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'ipcwatch-correlations-'))
})
afterAll(() => rmSync(work, { recursive: true, force: true }))

/** Files of positions: which event stands on which line. */
async function found(c: Case, files: readonly (readonly number[])[]) {
  const rules = join(work, 'rules.yml')
  writeFileSync(rules, `${shared}---\n${c.rules}`)
  const paths = files.map((positions, i) => {
    const path = join(work, `events-${i}.ndjson`)
    const lines = positions.map((p) => {
      const [seconds, fields] = c.events[p]!
      const timestamp = new Date(start + seconds * 1000).toISOString()
      return `${JSON.stringify({ ...fields, timestamp, n: p })}\n`
    })
    writeFileSync(path, lines.join(''))
    return path
  })
  const { findings, summary } = await scanPaths(paths, {
    rules: { paths: [rules], builtin: false },
  })
  expect(summary.rules.refused).toEqual([])
  const byTitle: Record<string, number[][]> = {}
  for (const { rule, evidence } of findings) {
    const positions = evidence.map(({ file, record }) => {
      const at = paths.findIndex((p) => p.endsWith(file.split('/').at(-1)!))
      return files[at]![Number(record) - 1]!
    })
    byTitle[rule.title] ??= []
    byTitle[rule.title]!.push(positions.sort((x, y) => x - y))
  }
  for (const list of Object.values(byTitle)) list.sort((x, y) => x[0]! - y[0]!)
  return byTitle
}

runCases<Case>(
  'test/cases/correlations',
  { needed: ['rules', 'events', 'findings'], allowed: [] },
  async (c) => {
    const all = c.events.map((_, i) => i)
    const odd = all.filter((i) => i % 2 === 1)
    const even = all.filter((i) => i % 2 === 0)
    expect(await found(c, [all])).toEqual(c.findings)
    expect(await found(c, [all.toReversed()])).toEqual(c.findings)
    expect(await found(c, [odd.toReversed(), even])).toEqual(c.findings)
  },
)
