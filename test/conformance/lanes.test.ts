// The lanes: 3,132 public rules over generated events, against the matches of an independent reference evaluator.
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { StreamExecutor } from '../../src/executors/stream/executor.ts'
import type { DetectionRule } from '../../src/ir/rule.ts'

import { loadRules } from '../../src/content/load.ts'

import { SourceReading } from '../../src/app/reading/source-reading.ts'
import { detections } from '../../src/app/rules/selection.ts'

import { dataFolder, hasData, unpack } from './data.ts'

const lanes = join(dataFolder, 'sigma/lanes')
const names = hasData
  ? readdirSync(lanes)
      .filter((n) => n.endsWith('.ndjson.gz'))
      .map((n) => n.replace('.ndjson.gz', ''))
  : []

describe.skipIf(!hasData)('public rules over the lanes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ipcwatch-lanes-'))
  let rules: DetectionRule[] = []
  const executors = new Map<string, StreamExecutor>()

  beforeAll(async () => {
    await unpack(join(dataFolder, 'sigma/rules-994da166.tar.gz'), folder)
    const loaded = await loadRules({
      paths: [join(folder, 'rules')],
      builtin: false,
      cache: false,
    })
    expect(loaded.refused).toEqual([])
    rules = detections(loaded.rules)
    for (const routing of [true, false]) {
      for (const index of [true, false]) {
        executors.set(
          `${routing} ${index}`,
          new StreamExecutor(rules, { routing, index }),
        )
      }
    }
  }, 120_000)
  afterAll(() => rmSync(folder, { recursive: true }))

  const pairs = async (lane: string, routing: boolean, index: boolean) => {
    const file = join(folder, `${lane}.ndjson`)
    writeFileSync(
      file,
      gunzipSync(readFileSync(join(lanes, `${lane}.ndjson.gz`))),
    )
    const found = new Set<string>()
    const executor = executors.get(`${routing} ${index}`)!
    const reading = new SourceReading({
      event: (event) =>
        executor.match(event, (rule) => {
          found.add(`${event.origin.record - 1} ${rules[rule]!.meta.id}`)
        }),
    })
    await reading.run({ path: file, display: file, bytes: 0 })
    return found
  }
  const expected = (lane: string, routed: string): Set<string> => {
    const text = readFileSync(join(lanes, `${lane}.${routed}.json`), 'utf8')
    const { matches } = JSON.parse(text) as { matches: [number, string][] }
    return new Set(matches.map(([event, rule]) => `${event} ${rule}`))
  }

  for (const lane of names) {
    for (const routing of [true, false]) {
      const routed = routing ? 'routed' : 'unrouted'
      it(`finds what the reference finds on ${lane}, ${routed}, with and without the index`, async () => {
        const want = expected(lane, routed)
        for (const index of [true, false]) {
          const found = await pairs(lane, routing, index)
          const missing = [...want].filter((p) => !found.has(p)).slice(0, 5)
          const extra = [...found].filter((p) => !want.has(p)).slice(0, 5)
          expect({ index, missing, extra }).toEqual({
            index,
            missing: [],
            extra: [],
          })
        }
      }, 120_000)
    }
  }
})
