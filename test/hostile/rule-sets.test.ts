// Twice as much of a designed set of rules is at most twice the work, from its text to the verdicts, and rules beside it are judged.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, describe, expect, it } from 'vitest'

import { loadSigma } from '../../src/languages/sigma/index.ts'

import { scanPaths } from '../conformance/run.ts'
import { good } from './inputs.ts'
import { ruleSets } from './rule-sets.ts'
import { stepsOf } from './steps.ts'

const allowance = 1.15

const root = mkdtempSync(join(tmpdir(), 'ipcwatch-rule-sets-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const events = join(root, 'good.jsonl')
writeFileSync(
  events,
  good.replace('{', '{"UtcTime":"2026-01-01 00:00:00.000",'),
)

describe('a designed set of rules', () => {
  for (const { what, size, text, rules, findings } of ruleSets) {
    it(`costs no more than it is: ${what}`, async () => {
      const counted = async (n: number) => {
        const path = join(root, 'rules.yml')
        writeFileSync(path, text(n))
        let done: Awaited<ReturnType<typeof scanPaths>> | undefined
        const steps = await stepsOf(async () => {
          done = await scanPaths([events], {
            rules: { paths: [path], builtin: false },
          })
        })
        return {
          steps,
          rules: done!.summary.rules.loaded,
          findings: done!.findings.length,
        }
      }
      for (const n of [8, size, 2 * size]) await counted(n)
      const once = await counted(size)
      const twice = await counted(2 * size)
      for (const [got, n] of [
        [once, size],
        [twice, 2 * size],
      ] as const) {
        expect(got).toMatchObject({ rules: rules(n), findings: findings(n) })
      }
      expect(twice.steps).toBeLessThan(2 * allowance * once.steps)
    })
  }

  it('of filters that all narrow all rules keeps the rules, and says which filters are left out', () => {
    const count = 600
    const body = 'logsource: {product: windows}\n'
    const documents = Array.from({ length: count }, (_, i) => [
      `title: r${i}\n${body}detection: {s: {Image: x}, condition: s}\n`,
      `title: f${i}\n${body}filter: {s: {Image: y${i}}, condition: not s}\n`,
    ])
    const { rules, refused } = loadSigma([
      { path: 'r.yml', text: documents.flat().join('---\n') },
    ])
    expect(rules).toHaveLength(count)
    const said = refused.flatMap((r) => r.diagnostics.map((d) => d.code))
    expect(new Set(said)).toEqual(new Set(['S026']))
    expect(said.length).toBeGreaterThan(count / 3)
  })
})
