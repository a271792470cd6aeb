// SigmaHQ's regression cases: each rule fires on the recording that its authors ship, from the EVTX and from its JSON twin.
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { dataFolder, hasData, unpack } from './data.ts'
import { scanPaths } from './run.ts'

interface Case {
  readonly rule: string
  readonly rule_path: string
  readonly folder: string
  readonly type: string
  readonly match_count: number | null
  readonly json_matches: number | null
}

const cases: readonly Case[] = hasData
  ? JSON.parse(
      readFileSync(join(dataFolder, 'sigma/regression-index.json'), 'utf8'),
    )
  : []

// In four cases the recording holds more records that match (with record ids of their own) than the authors count;
// the twin has them all.
const expectedOf = (c: Case) => c.json_matches ?? c.match_count

describe.skipIf(!hasData)('SigmaHQ regression cases', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ipcwatch-regression-'))
  beforeAll(() => unpack(join(dataFolder, 'sigma/regression.tar.gz'), folder))
  afterAll(() => rmSync(folder, { recursive: true }))

  const count = async (c: Case, extension: string) => {
    const dir = join(folder, c.folder)
    const files = existsSync(dir)
      ? readdirSync(dir).filter((name) => name.endsWith(extension))
      : []
    if (!files.length) return undefined
    const { findings } = await scanPaths(
      files.map((name) => join(dir, name)),
      { rules: { paths: [join(folder, c.rule_path)], builtin: false } },
    )
    return findings.filter((f) => f.rule.id === c.rule).length
  }

  it('fires on every EVTX as often as its authors say', async () => {
    const wrong: string[] = []
    for (const c of cases.filter((c) => c.type === 'evtx')) {
      const n = await count(c, '.evtx')
      const right = n === expectedOf(c)
      if (!right)
        wrong.push(`${c.rule_path}: expected ${expectedOf(c)}, found ${n}`)
    }
    expect(wrong).toEqual([])
  }, 120_000)

  it('fires on every JSON twin as often as the reference', async () => {
    const wrong: string[] = []
    for (const c of cases.filter((c) => c.json_matches !== null)) {
      const n = await count(c, '.json')
      if (n !== c.json_matches)
        wrong.push(`${c.rule_path}: expected ${c.json_matches}, found ${n}`)
    }
    expect(wrong).toEqual([])
  }, 120_000)
})
