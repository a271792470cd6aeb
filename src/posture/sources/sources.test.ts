import { describe, expect, it } from 'vitest'

import { Facts } from '../facts/facts.ts'
import { readDump } from './index.ts'

function read(name: string, content: string | Buffer) {
  const facts = new Facts()
  const notes: string[] = []
  const bytes = Buffer.from(content)
  const what = readDump({ name, bytes }, facts, (n) => notes.push(n))
  return { facts, notes, what }
}

const ole = 'HKLM\\SOFTWARE\\Microsoft\\Ole'
const exported = `Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Ole]\r\n"EnableDCOM"="N"\r\n"Path"="C:\\\\a\\\\"\r\n"Many"=hex(7):61,00,00,\\\r\n  00,62,00,00,00,00,00\r\n"Level"=dword:0000000a\r\n`

describe('sources', () => {
  it('reads an export in UTF-16 as in UTF-8, over lines that go on', () => {
    const wide = Buffer.from(`\ufeff${exported}`, 'utf16le')
    for (const content of [exported, wide]) {
      const { facts, notes, what } = read('ole.reg', content)
      expect([what, notes]).toEqual(['reg export (.reg)', []])
      expect(facts.at(ole, 'Path')?.value).toBe('C:\\a\\')
      expect(facts.at(ole, 'Many')?.value).toEqual(['a', 'b'])
      expect(facts.at(ole, 'Level')).toMatchObject({
        value: 10,
        type: 'REG_DWORD',
      })
    }
  })

  it('knows what an export covers and no more', () => {
    const { facts } = read('ole.reg', exported)
    expect(facts.coveredBy(`${ole}\\AppCompat`)).toBe('ole.reg')
    expect(facts.coveredBy('HKLM\\SOFTWARE\\Microsoft')).toBeUndefined()
  })

  it('reads reg query', () => {
    const queried = `HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Ole\r\n    EnableDCOM    REG_SZ    N\r\n    Level    REG_DWORD    0xa\r\n`
    const { facts } = read('query.txt', queried)
    expect(facts.at(ole, 'Level')?.value).toBe(10)
    expect(facts.at(ole, 'EnableDCOM')?.value).toBe('N')
  })

  it('takes rows of osquery, but not those that were removed', () => {
    const row = (action: string, value: string) =>
      JSON.stringify({
        action,
        name: 'sysctl',
        columns: {
          name: 'kernel.a',
          oid: '',
          subsystem: 'kernel',
          current_value: value,
        },
      })
    const { facts } = read(
      'log',
      `${row('removed', '0')}\n${row('added', '1')}\n`,
    )
    expect(facts.at('sysctl', 'kernel.a')?.value).toBe('1')
  })

  it('reads rows of a report of group policy in HTML', () => {
    const { facts } = read(
      'gpo.html',
      `<html><title>Group Policy</title><table><tr><th>Policy</th></tr><tr><td>Disable All ActiveX</td><td>Enabled</td></tr></table></html>`,
    )
    expect(facts.at('gpo', 'Disable All ActiveX')?.value).toBe('Enabled')
  })

  it('reads a binary property list, and ends on its lies', () => {
    // {"Label": "a.b", "MachServices": {"a.b": true}}
    const objects = [
      Buffer.from([0xd2, 1, 2, 3, 4]),
      Buffer.from('\x55Label', 'latin1'),
      Buffer.from('\x5cMachServices', 'latin1'),
      Buffer.from('\x53a.b', 'latin1'),
      Buffer.from([0xd1, 3, 5]),
      Buffer.from([0x09]),
    ]
    const starts = objects.map(
      (_, i) => 8 + objects.slice(0, i).reduce((n, o) => n + o.length, 0),
    )
    const end = 8 + objects.reduce((n, o) => n + o.length, 0)
    const trailer = Buffer.alloc(32)
    trailer[6] = 1
    trailer[7] = 1
    trailer[15] = objects.length
    trailer[31] = end
    const bytes = Buffer.concat([
      Buffer.from('bplist00'),
      ...objects,
      Buffer.from(starts),
      trailer,
    ])
    const { facts } = read('a.b.plist', bytes)
    expect(facts.at('launchd\\a.b', 'mach services')?.value).toEqual(['a.b'])
    const circle = Buffer.from(bytes)
    circle[8 + 4] = 0
    expect(read('a.plist', circle).notes.join()).toContain('over 128 levels')
    for (let i = 0; i < bytes.length; i++) {
      const lie = Buffer.from(bytes)
      lie[i] = 0xff
      read('a.plist', lie)
    }
  })

  it('says that it does not know a dump', () => {
    expect(read('notes.txt', 'hello').what).toBeUndefined()
  })
})
