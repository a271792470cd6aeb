// All public rules against what a reference evaluator found, where the data is at hand (bench/lanes-corpus.ts).
import { describe, expect, it } from 'vitest'

import { logSource } from '../../event/log-source.ts'

import type { DetectionRule } from '../../ir/rule.ts'

import {
  expectedMatches,
  FlatEvents,
  hasSigmaData,
  laneLines,
  laneNames,
  linesOf,
  ruleFiles,
} from '../../../bench/lanes-corpus.ts'
import { loadSigma } from '../../languages/sigma/index.ts'

import { type ExecutorOptions, StreamExecutor } from './executor.ts'

/** The full scan takes milliseconds an event: one in so many. */
const scannedEvery = 40

describe.skipIf(!hasSigmaData)('the public rules', () => {
  const rules = hasSigmaData
    ? loadSigma(ruleFiles()).rules.filter(
        (r): r is DetectionRule => r.kind === 'detection',
      )
    : []

  function found(
    options: ExecutorOptions,
    lines: readonly string[],
    every = 1,
  ): string[] {
    const executor = new StreamExecutor(rules, options)
    const events = new FlatEvents()
    const matches: string[] = []
    lines.forEach((line, i) => {
      if (i % every !== 0) return
      const event = events.event(JSON.parse(line) as object)
      executor.match(event, (r) => matches.push(`${i} ${rules[r]!.meta.id}`))
    })
    return matches.sort()
  }

  it.each(laneNames)('match on the lane %s as the reference does', (lane) => {
    const lines = laneLines(lane)
    for (const routing of [true, false]) {
      const way = routing ? 'routed' : 'unrouted'
      const expected = expectedMatches(`lanes/${lane}.${way}.json`)
      expect(found({ index: true, routing }, lines)).toEqual(expected)
      const some = expected.filter(
        (m) => Number.parseInt(m, 10) % scannedEvery === 0,
      )
      expect(found({ index: false, routing }, lines, scannedEvery)).toEqual(
        some,
      )
    }
  })

  it.each(['mordor', 'evtx'])('match on the telemetry %s', (name) => {
    const executor = new StreamExecutor(rules, { index: true, routing: true })
    const events = new FlatEvents()
    const matches: string[] = []
    linesOf(`telemetry/${name}.ndjson.gz`).forEach((line, i) => {
      const { logsource, event } = JSON.parse(line) as {
        logsource: { product?: string; category?: string[]; service?: string[] }
        event: object
      }
      // Here a part that is missing is known to be none.
      const source = logSource(
        logsource.product ?? '',
        logsource.category ?? [],
        logsource.service ?? [],
      )
      executor.match(events.event(event, source), (r) =>
        matches.push(`${i} ${rules[r]!.meta.id}`),
      )
    })
    const expected = expectedMatches(`telemetry/${name}.routed.json`)
    expect(matches.sort()).toEqual(expected)
  })
})
