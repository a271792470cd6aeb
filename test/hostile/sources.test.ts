// Twice as much of what somebody designed is at most twice the work, little of it is remembered, and what is good beside it is read.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { SourceReading } from '../../src/app/reading/source-reading.ts'
import { EventLines } from '../../src/app/stations/event-lines.ts'

import { archiveInputs } from './archive-inputs.ts'
import { documentInputs } from './document-inputs.ts'
import { evtxInputs } from './evtx-inputs.ts'
import { heldBy } from './held.ts'
import { inputs } from './inputs.ts'
import { stepsOf } from './steps.ts'

/** What does not grow with the input: opening, recognising, the first of a shape. */
const allowance = 1.15

/** Bytes of text that events may become, for each byte that was read. */
const maxGrowth = 64

/** What all memories by name may hold together after any input, in bytes. */
const maxHeld = 48 * 1024 * 1024

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
  const { sources } = await reading.run({
    path,
    display: name,
    bytes: bytes.length,
  })
  const events = sources.reduce((sum, s) => sum + s.events, 0)
  const problems = sources.flatMap((s) => s.problems)
  return { events, text, problems, reading, lines }
}

async function counted(bytes: Buffer, name: string | undefined) {
  let done: Awaited<ReturnType<typeof read>> | undefined
  const steps = await stepsOf(async () => {
    done = await read(bytes, name)
  })
  return { ...done!, steps }
}

describe('designed input', () => {
  const all = [...inputs, ...archiveInputs, ...evtxInputs, ...documentInputs]
  for (const input of all) {
    const { what, size, name, make, events } = input
    const { atLeast = false, growth = maxGrowth } = input
    const amount = (n: number) =>
      atLeast ? expect.toSatisfy((got: number) => got >= events(n)) : events(n)

    it(`costs no more than it is: ${what}`, async () => {
      // What is learned once is learned before it is counted.
      for (const n of [8, size, 2 * size]) await read(make(n), name)
      const bytes = make(size)
      const once = await counted(bytes, name)
      const twice = await counted(make(2 * size), name)
      expect(once.events).toEqual(amount(size))
      expect(twice.events).toEqual(amount(2 * size))
      expect(once.problems.filter((p) => p.startsWith('unreadable'))).toEqual(
        [],
      )
      expect(once.text).toBeLessThan(growth * bytes.length)
      expect(once.steps).toBeGreaterThan(0)
      expect(twice.steps).toBeLessThan(2 * allowance * once.steps)
    })
  }

  for (const { what, name, make, events, heldSize } of inputs) {
    if (heldSize === undefined) continue
    it(`is not remembered: ${what}`, async () => {
      const bytes = make(heldSize)
      let found = 0
      const held = await heldBy(async () => {
        const done = await read(bytes, name)
        found = done.events
        return done
      })
      expect(found).toBe(events(heldSize))
      expect(held).toBeLessThan(maxHeld)
    })
  }
})
