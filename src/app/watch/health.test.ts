import { describe, expect, it } from 'vitest'

import { Health } from './health.ts'
import type { SourceStatus, WatchStatus } from './status.ts'

const minute = 60_000

const source = (change: Partial<SourceStatus>): SourceStatus => ({
  name: 'a.log',
  format: 'jsonl',
  bytes: 0,
  events: 0,
  skipped: 0,
  strange: 0,
  damaged: 0,
  lost: 0,
  late: 0,
  untimed: 0,
  behind: 0,
  lastEvent: null,
  ...change,
})

const output = (
  change: Partial<WatchStatus['outputs'][number]>,
): WatchStatus['outputs'][number] => ({
  name: 'w',
  sent: 0,
  filtered: 0,
  refused: 0,
  lost: 0,
  failures: 0,
  lastError: null,
  isDone: false,
  ...change,
})

function status(change: Partial<WatchStatus>): WatchStatus {
  return {
    pid: 1,
    upSeconds: 0,
    rules: 1,
    reloads: { done: 0, refused: 0 },
    events: 0,
    late: 0,
    findings: 0,
    suppressed: [],
    watermark: null,
    catchingUp: false,
    journalBytes: 0,
    evictedBatches: 0,
    outboxBytes: 0,
    memoryBytes: 0,
    unusable: 0,
    sources: [],
    intakes: [],
    outputs: [],
    ...change,
  }
}

/** Kind and count of each event that is made. */
function told(health: Health, change: Partial<WatchStatus>, minutes: number) {
  return health
    .check(status(change), minutes * minute)
    .map(({ names, values }) => [
      values[names.indexOf('HealthKind')],
      values[names.indexOf('HealthCount')],
    ])
}

describe('the health of a watch', () => {
  it('says once that a source which gave regularly is silent, and again when it was not', () => {
    const health = new Health()
    const at = (events: number, minutes: number) =>
      told(health, { sources: [source({ events })] }, minutes)
    for (let m = 0; m < 30; m++) expect(at(m * 5, m)).toEqual([])
    expect(at(145, 38)).toEqual([])
    expect(at(145, 45)).toEqual([['silent', 16]])
    expect(at(145, 46)).toEqual([])
    expect(at(150, 47)).toEqual([])
    expect(at(150, 80)).toEqual([['silent', 33]])
  })

  it('says nothing of a source that seldom gives', () => {
    const health = new Health()
    for (let m = 0; m < 100; m++) {
      const events = Math.floor(m / 20)
      expect(told(health, { sources: [source({ events })] }, m)).toEqual([])
    }
  })

  it('says what was lost and turned away, and only what is new of it', () => {
    const health = new Health()
    const at = (lost: number, turnedAway: number) =>
      told(
        health,
        {
          sources: [source({ lost })],
          intakes: [{ name: 'http', waitingBytes: 0, turnedAway }],
        },
        0,
      )
    expect(at(2, 1)).toEqual([
      ['lost', 2],
      ['turned away', 1],
    ])
    expect(at(2, 1)).toEqual([])
    expect(at(5, 1)).toEqual([['lost', 3]])
  })

  it('says that an output takes nothing, though something waits', () => {
    const health = new Health()
    const at = (sent: number, isDone: boolean, minutes: number) =>
      told(
        health,
        { outputs: [output({ sent, isDone, failures: 3 })] },
        minutes,
      )
    expect(at(1, false, 0)).toEqual([])
    expect(at(1, false, 6)).toEqual([['output stalled', 3]])
    expect(at(1, false, 12)).toEqual([])
    expect(at(2, true, 13)).toEqual([])
    expect(at(2, true, 60)).toEqual([])
  })

  it('says that rules were refused, and that state had to go', () => {
    const change = { reloads: { done: 0, refused: 1 }, evictedBatches: 4 }
    expect(told(new Health(), change, 0)).toEqual([
      ['state evicted', 4],
      ['rules refused', 1],
    ])
  })
})
