import { describe, expect, it } from 'vitest'

import {
  binary,
  dword,
  text,
  writeHive,
  writeLog,
} from '../../../test/tools/hive-writer.ts'

import { Facts } from '../facts/facts.ts'
import { readDump } from '../sources/index.ts'

const big = Buffer.alloc(40_000, 7)

function software(enabled: string) {
  const ole = {
    name: 'Ole',
    values: [
      text('EnableDCOM', enabled),
      dword('LegacyAuthenticationLevel', 5),
      binary('Big', big),
    ],
  }
  const keys = [
    { name: 'Classes' },
    { name: 'Microsoft', keys: [ole] },
    { name: 'Policies' },
  ]
  return { name: 'ROOT', keys }
}

const ole = 'HKLM\\SOFTWARE\\Microsoft\\Ole'

function read(bytes: Buffer, logs: readonly Buffer[] = [], name = 'SOFTWARE') {
  const facts = new Facts()
  const notes: string[] = []
  const what = readDump({ name, bytes, logs }, facts, (n) => notes.push(n))
  return { facts, notes, what }
}

describe('hive', () => {
  it('reads texts, numbers and values of several segments, with their offsets', () => {
    const { facts, notes, what } = read(writeHive(software('N')))
    expect(what).toBe('registry hive')
    expect(notes).toEqual([])
    expect(facts.at(ole, 'enabledcom')).toMatchObject({
      value: 'N',
      type: 'REG_SZ',
      whence: { file: 'SOFTWARE', offset: expect.any(Number) },
    })
    expect(facts.at(ole, 'LegacyAuthenticationLevel')?.value).toBe(5)
    expect(Buffer.from(facts.at(ole, 'Big')?.value as Uint8Array)).toEqual(big)
    expect(facts.coveredBy('HKLM\\SOFTWARE\\Nothing')).toBe('SOFTWARE')
  })

  it('takes what stands in the log of a hive that was not written out', () => {
    const old = writeHive(software('Y'), { primary: 8, secondary: 7 })
    const log = writeLog(writeHive(software('N')), 7)
    const { facts, notes } = read(old, [log])
    expect(facts.at(ole, 'EnableDCOM')?.value).toBe('N')
    expect(notes).toEqual(['SOFTWARE: transaction logs applied up to entry 7'])
  })

  it('passes over entries that were applied, and entries with a wrong hash', () => {
    const old = writeHive(software('Y'), { primary: 8, secondary: 7 })
    const applied = writeLog(writeHive(software('N')), 6)
    const torn = writeLog(writeHive(software('N')), 7)
    torn[torn.length - 600]! ^= 1
    const { facts, notes } = read(old, [applied, torn])
    expect(facts.at(ole, 'EnableDCOM')?.value).toBe('Y')
    expect(notes.join()).toContain('what it says may be old')
  })

  it('names the control set in force, and the user of a profile', () => {
    const set = (n: number) => ({
      name: `ControlSet00${n}`,
      keys: [{ name: 'Control', values: [dword('N', n)] }],
    })
    const select = { name: 'Select', values: [dword('Current', 2)] }
    const system = read(
      writeHive({ name: 'ROOT', keys: [set(1), set(2), select] }),
      [],
      'SYSTEM',
    )
    expect(
      system.facts.at('HKLM\\SYSTEM\\CurrentControlSet\\Control', 'N')?.value,
    ).toBe(2)
    const user = {
      name: 'ROOT',
      keys: [{ name: 'Software', values: [text('A', 'b')] }],
    }
    const profile = read(writeHive(user), [], '/mnt/Users/ana/NTUSER.DAT')
    expect(profile.facts.at('HKU\\ana\\Software', 'A')?.value).toBe('b')
  })

  it('ends on every lie: cut off, circles, offsets outside', () => {
    const whole = writeHive(software('N'))
    for (let length = 0; length < whole.length; length += 97) {
      read(whole.subarray(0, length))
    }
    for (let at = 4096; at < 6000; at += 4) {
      for (const lie of [0, 0x20, 0xffffffff, 0x7fffffff, 0x80000000]) {
        const bytes = Buffer.from(whole)
        bytes.writeUInt32LE(lie, at)
        read(bytes)
      }
    }
  })
})
