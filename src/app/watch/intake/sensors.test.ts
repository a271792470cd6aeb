import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { everything } from '../../../sensors/scope.ts'

import { Intake, type Sender } from './intake.ts'
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
  override sender(): Sender {
    const sender = super.sender()
    return {
      ...sender,
      accept: async (given) => {
        await sender.accept(given)
        await sleep(20)
      },
    }
  }
}

const taken = () =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.log'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('')

it('how far a sensor told is kept, and given to the next run', async () => {
  const intake = new Intake(
    { name: 'a', folder, maxWaiting: 2 ** 30, known: [], nextKey: () => 1 },
    { event: () => {}, gate: undefined },
  )
  const positions = join(folder, 'positions.json')
  const says = `
    console.log(JSON.stringify(process.argv.slice(-4)))
    console.log('{"ipcwatch_position":["Security",{"number":7}]}')
    process.stdin.on('end', () => process.exit()).resume()`
  const child = new SensorChild(
    {
      kind: 'sensor',
      name: 'a',
      scope: everything,
      program: [process.execPath, '-e', says, '--'],
      follows: 'channels',
    },
    intake,
    () => {},
    { channels: ['Security', 'System'], positions },
  )
  child.start()
  await expect.poll(taken, { timeout: 60_000 }).toContain('\n')
  await child.stop()
  await intake.close()
  expect(taken().trim()).toBe(
    JSON.stringify(['--channels', 'Security,System', '--positions', positions]),
  )
  expect(JSON.parse(readFileSync(positions, 'utf8'))).toEqual({
    Security: { number: 7 },
  })
})

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
