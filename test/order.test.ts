// The same input gives the same findings, with the same ids, whatever the order of the files.
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

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

async function sameInAnyOrder(files: readonly string[]) {
  const sorted = async (paths: readonly string[]) =>
    (await scanPaths(paths, {})).findings.map((f) => JSON.stringify(f)).sort()
  const first = await sorted(files)
  expect(first.length).toBeGreaterThan(10)
  for (const seed of [1, 2]) {
    expect(await sorted(shuffled(files, seed))).toEqual(first)
  }
}

describe('order of the input', () => {
  it('changes nothing in the examples', () =>
    sameInAnyOrder(filesBelow('examples')))

  it.skipIf(!hasData)('changes nothing in recorded telemetry', () =>
    sameInAnyOrder(filesBelow(join(dataFolder, 'dev'))),
  )
})
