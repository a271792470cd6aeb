// The same input gives the same findings, with the same ids and in order of time, whatever the order of the files.
import { cpSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import type { Finding } from '../src/findings/finding.ts'

import { dataFolder, hasData } from './conformance/data.ts'
import { scanPaths } from './conformance/run.ts'
import { randomFrom } from './mutation/mutate.ts'

function filesBelow(dir: string): string[] {
  return readdirSync(dir).flatMap((name) => {
    const path = join(dir, name)
    return statSync(path).isDirectory() ? filesBelow(path) : [path]
  })
}

function shuffled<T>(items: readonly T[], seed: number): T[] {
  const random = randomFrom(seed)
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)
}

async function found(paths: readonly string[]): Promise<readonly Finding[]> {
  return (await scanPaths(paths, {})).findings
}

async function sameInAnyOrder(files: readonly string[]) {
  const first = await found(files)
  expect(first.length).toBeGreaterThan(10)
  const times = first.map((f) => f.time ?? '~')
  expect(times).toEqual([...times].sort())
  for (const seed of [1, 2]) {
    expect(await found(shuffled(files, seed))).toEqual(first)
  }
}

describe('order of the input', () => {
  it('changes nothing in the examples', () =>
    sameInAnyOrder(filesBelow('examples')))

  it('changes nothing where files lie there twice', async () => {
    const copy = mkdtempSync(join(tmpdir(), 'ipcwatch-order-'))
    try {
      cpSync('examples', copy, { recursive: true })
      const once = filesBelow('examples')
      const twice = [...once, ...filesBelow(copy)]
      const all = await found(shuffled(twice, 3))
      expect(all.map((f) => f.id)).toEqual((await found(once)).map((f) => f.id))
      expect(await found(shuffled(twice, 4))).toEqual(all)
    } finally {
      rmSync(copy, { recursive: true, force: true })
    }
  })

  it.skipIf(!hasData)('changes nothing in recorded telemetry', () =>
    sameInAnyOrder(filesBelow(join(dataFolder, 'dev'))),
  )
})
