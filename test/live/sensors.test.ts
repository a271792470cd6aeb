// The behaviours of this folder under each sensor that can run here: found, with the technique and both ends; what people do all day is not.
// A sensor that cannot run says why, and is skipped. Whatever happens, nothing is left behind.
import { existsSync, readdirSync } from 'node:fs'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Finding } from '../../src/findings/finding.ts'

import { type Behaviour, behaviours, benign } from './behaviours.ts'
import { has, loginUser } from './shell.ts'
import { commandOf, fieldsOf, Stage } from './stage.ts'
import { whyNot } from './why-not.ts'

const toldTitle = 'Whatever a sensor told'
/** Long enough that a sensor which looks into /proc sees them. */
const marker = 'sleep 0.311'
const again = 'sleep 0.312'
const edgeTitle = 'Whatever was joined'

function fits(
  finding: Finding,
  wanted: Readonly<Record<string, unknown>>,
): boolean {
  const fields = fieldsOf(finding)
  return Object.entries(wanted).every(([name, value]) =>
    value instanceof RegExp
      ? value.test(String(fields[name] ?? ''))
      : String(fields[name]) === String(value),
  )
}

/** Rules for the stage alone. */
function flagsOf(sensor: string): string[] {
  return sensor === 'audit'
    ? ['--audit-rules', 'apply', '--audit-user', String(loginUser)]
    : []
}

function lacking({ needs = [] }: Pick<Behaviour, 'needs'>): string {
  const missing = needs.filter((program) => !has(program))
  return missing.length ? ` (skipped: no ${missing.join(', ')})` : ''
}

describe.each(['ebpf', 'tracefs', 'audit'])('sensor %s', (sensor) => {
  const why = whyNot(sensor)
  if (why !== undefined) {
    it.skip(`cannot run here: ${why}`, () => {})
    return
  }
  let stage: Stage
  beforeAll(async () => {
    stage = new Stage(sensor)
    await stage.begin(...flagsOf(sensor))
  })
  afterAll(async () => await stage.end())

  for (const { name, command, needs } of benign) {
    const without = lacking({ ...(needs && { needs }) })
    it.skipIf(without)(`is silent of ${name}${without}`, async () => {
      const before = stage.found().length
      await stage.run(command)
      // What comes behind it was judged behind it.
      await stage.run(marker)
      await stage.awaits(
        'what comes behind it',
        (f) => fits(f, { CommandLine: marker }),
        before,
      )
      const loud = stage
        .found()
        .slice(before)
        .filter((f) => !['informational', 'low'].includes(f.rule.level))
      expect(loud.map((f) => f.rule.title)).toEqual([])
    })
  }

  for (const b of behaviours) {
    const blind = b.unseen?.[sensor]
    const without = blind ? ` (skipped: ${blind})` : lacking(b)
    it.skipIf(without)(`tells of ${b.name}${without}`, async () => {
      const before = stage.found().length
      await stage.run(b.command)
      // Who a process is tracefs reads of /proc: of one that ends before that only another run can tell.
      const again =
        sensor === 'tracefs' ? () => stage.run(b.command) : undefined
      // Audit writes records of its own form.
      if (sensor !== 'audit')
        await stage.awaits(
          `${JSON.stringify(b.told)} told`,
          (f) => f.rule.title === toldTitle && fits(f, b.told),
          before,
          again,
        )
      if (b.rule) {
        const [title, technique] = b.rule
        const finding = await stage.awaits(
          `"${title}"`,
          (f) => f.rule.title === title,
          before,
          again,
        )
        expect(finding.techniques).toContain(technique)
      }
      const { edge } = b
      // Of audit edges are made as well, but not each of the same.
      if (edge && sensor !== 'audit')
        await stage.awaits(
          `edge ${JSON.stringify(edge)}`,
          (f) => f.rule.title === edgeTitle && fits(f, edge),
          before,
          again,
        )
    })
  }
})

describe.each(['ebpf', 'tracefs', 'audit'])(
  'the end of sensor %s',
  (sensor) => {
    const why = whyNot(sensor)
    if (why !== undefined) {
      it.skip(`cannot be tried here: ${why}`, () => {})
      return
    }
    let stage: Stage
    beforeAll(async () => {
      stage = new Stage(sensor)
      await stage.begin(...flagsOf(sensor))
    })
    afterAll(async () => await stage.end())

    it('is a finding where somebody killed it, and it is started again', async () => {
      const killed = stage.sensorPid()!
      const before = stage.found().length
      process.kill(killed, 'SIGKILL')
      await stage.awaits(
        'the end of the sensor',
        (f) => f.rule.title === 'Sensor of this host ended or was switched off',
        before,
      )
      await stage.run(`sleep 2; ${again}`)
      for (let i = 0; i < 100 && !seesAgain(before); i++)
        await stage.run(`sleep 0.3; ${again}`)
      expect(seesAgain(before)).toBe(true)
      expect(await isGone(killed)).toBe(true)
    })

    it('comes with that of a watch that is killed, and leaves nothing behind', async () => {
      const child = stage.sensorPid()!
      await stage.endWatch('SIGKILL')
      expect(await isGone(child)).toBe(true)
    })

    const seesAgain = (from: number) =>
      stage
        .found()
        .slice(from)
        .some((f) => fits(f, { CommandLine: again }))
  },
)

/** The process, and what bears its number in tracefs and among those who tidy up. */
async function isGone(pid: number): Promise<boolean> {
  for (let i = 0; i < 200; i++) {
    if (!existsSync(`/proc/${pid}`) && !keepersOf(pid)) return true
    await new Promise((done) => setTimeout(done, 100))
  }
  return false
}

function keepersOf(pid: number): boolean {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .some((name) => commandOf(Number(name)).includes(`ipcwatch-${pid}-`))
}
