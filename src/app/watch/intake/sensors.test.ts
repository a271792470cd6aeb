import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { everything } from '../../../sensors/scope.ts'

import { Intake } from './intake.ts'
import { SensorChild } from './sensors.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ipcwatch-sensor-child-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const lines = 40_000

/** Says that it runs; when its input ends, all that it has. */
const program = `
  const { writeSync } = require('node:fs')
  writeSync(1, 'begun\\n')
  process.stdin.on('end', () => {
    const all = Buffer.from(Array.from({ length: ${lines} }, (_, i) => "line " + i + "\\n").join(""))
    for (let at = 0; at < all.length; ) at += writeSync(1, all, at)
    process.exit()
  })
  process.stdin.resume()`

/** Of a slow disk. */
class SlowIntake extends Intake {
  override async accept(given: Buffer): Promise<void> {
    await super.accept(given)
    await sleep(20)
  }
}

const taken = () =>
  readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('')

it('what a sensor tells at its end is accepted before its end is', async () => {
  const intake = new SlowIntake(
    { name: 'a', folder, maxWaiting: 2 ** 30, known: [], nextKey: () => 1 },
    { event: () => {}, gate: undefined },
  )
  const child = new SensorChild(
    {
      kind: 'sensor',
      name: 'a',
      scope: everything,
      program: [process.execPath, '-e', program],
    },
    intake,
    () => {},
  )
  child.start()
  while (!taken()) await sleep(10)
  await child.stop()
  expect(taken().split('\n')).toHaveLength(lines + 2)
  await intake.close()
})
