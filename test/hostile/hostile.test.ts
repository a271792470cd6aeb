// Twice as much of what somebody designed is at most twice the work, and what is good beside it is read.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { PieceReport } from '../../src/app/reading/report.ts'
import { SourceReading } from '../../src/app/reading/source-reading.ts'
import { EventLines } from '../../src/app/stations/event-lines.ts'

import { inputs } from './inputs.ts'
import { stepsOf } from './steps.ts'

/** What does not grow with the input: opening, recognising, the first of a shape. */
const allowance = 1.15

/** Bytes of text that events may become, for each byte that was read. */
const maxGrowth = 64

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ipcwatch-hostile-'))
})

afterAll(() => rmSync(folder, { recursive: true }))

async function read(bytes: Buffer, name = 'input') {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  const lines = new EventLines(undefined)
  let text = 0
  const reading = new SourceReading({
    event: (event) => {
      text += lines.line(event).length
    },
  })
  const run = () => reading.run({ path, display: 'input', bytes: bytes.length })
  let report: PieceReport | undefined
  const steps = await stepsOf(async () => {
    report = await run()
  })
  const sources = report?.sources ?? []
  const events = sources.reduce((sum, s) => sum + s.events, 0)
  return { steps, events, text, problems: sources.flatMap((s) => s.problems) }
}

describe('designed input', () => {
  for (const { what, size, name, make, events } of inputs) {
    it(`costs no more than it is: ${what}`, async () => {
      // What is learned once is learned before it is counted.
      await read(make(8), name)
      const bytes = make(size)
      const once = await read(bytes, name)
      // How blocks arrive is the system's to say, so the least of three counts.
      let twice = await read(make(2 * size), name)
      const most = 2 * allowance * once.steps
      for (let again = 0; again < 2 && twice.steps >= most; again++) {
        twice = await read(make(2 * size), name)
      }
      expect(once.events).toBe(events(size))
      expect(twice.events).toBe(events(2 * size))
      expect(once.problems.filter((p) => p.startsWith('unreadable'))).toEqual(
        [],
      )
      expect(once.text).toBeLessThan(maxGrowth * bytes.length)
      expect(once.steps).toBeGreaterThan(0)
      expect(twice.steps).toBeLessThan(most)
    })
  }
})
