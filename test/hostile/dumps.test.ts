// Twice as much of a designed dump is at most twice the work, and little of it is remembered.
import { describe, expect, it } from 'vitest'

import { Facts } from '../../src/posture/facts/facts.ts'
import { readDump } from '../../src/posture/sources/index.ts'

import {
  builtinChecks,
  loadChecks,
  wantedKeys,
} from '../../src/app/posture/checks.ts'

import { dumps } from './dump-inputs.ts'
import { heldBy } from './held.ts'
import { stepsOf } from './steps.ts'

const allowance = 1.15
const wanted = wantedKeys(loadChecks(builtinChecks).checks)

function read(name: string, bytes: Buffer, log: Buffer | undefined) {
  const facts = new Facts(wanted)
  const notes: string[] = []
  const logs = log ? [log] : []
  try {
    readDump({ name, bytes, logs }, facts, (note) => notes.push(note))
  } catch (error) {
    notes.push((error as Error).message)
  }
  return { facts, notes }
}

describe('a designed dump', () => {
  for (const { what, name, size, make, log } of dumps) {
    it(`costs no more than it is: ${what}`, async () => {
      const steps = (n: number) => {
        const bytes = make(n)
        const beside = log?.(n)
        return stepsOf(() => read(name, bytes, beside))
      }
      for (const n of [size, 2 * size]) await steps(n)
      const once = await steps(size)
      expect(once).toBeGreaterThan(0)
      expect(await steps(2 * size)).toBeLessThan(2 * allowance * once)
    })
  }

  it('is let go when it was read, whatever is kept of it', async () => {
    const line = `"LegacyImpersonationLevel"="${'x'.repeat(100)}"\r\n`
    const filling = `[HKEY_LOCAL_MACHINE\\SOFTWARE\\None]\r\n;${'y'.repeat(8 * 1024 * 1024)}\r\n`
    const text = `Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Ole]\r\n${line}${filling}`
    const bytes = Buffer.from(text)
    const held = await heldBy(async () => read('a.reg', bytes, undefined))
    expect(held).toBeLessThan(bytes.length / 2)
  })

  it('of more than the bound is not held whole, nor passed over without a word', () => {
    const long = Buffer.alloc(25 * 1024 * 1024, '[1,\n')
    expect(read('osquery.json', long, undefined).facts.count).toBe(0)
    const units = Buffer.concat([
      Buffer.from('kernel.a = 1\n'),
      Buffer.alloc(25 * 1024 * 1024, '#\n'),
    ])
    expect(read('/etc/sysctl.conf', units, undefined).notes.join()).toContain(
      'too many for',
    )
  })

  it('of the registry is read by lines, however long it is', () => {
    const head = Buffer.from(
      '\ufeffWindows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Ole]\r\n',
      'utf16le',
    )
    const filling = Buffer.alloc(
      25 * 1024 * 1024,
      Buffer.from(`;${'x'.repeat(5_000)}\r\n`, 'utf16le'),
    )
    const last = Buffer.from('\r\n"EnableDCOM"="N"\r\n', 'utf16le')
    const { facts } = read(
      'a.reg',
      Buffer.concat([head, filling, last]),
      undefined,
    )
    expect(
      facts.at('HKLM\\SOFTWARE\\Microsoft\\Ole', 'EnableDCOM')?.value,
    ).toBe('N')
  })
})
