import { describe, expect, it } from 'vitest'

import { readScript } from '../index.ts'

const told = (text: string, name: string) =>
  readScript(Buffer.from(text), { name })!.actions.map(
    (a) => `${a.kind} ${a.target}`,
  )

describe('a file of registry values', () => {
  it('is known by its first line, whatever it is called', () => {
    const text = 'REGEDIT4\n[HKEY_CURRENT_USER\\a]\n"b"="c"\n'
    expect(readScript(Buffer.from(text))?.language).toBe('reg')
  })

  it('says texts, numbers and bytes that are text', () => {
    const wide = [...Buffer.from('x y\0', 'utf16le')].map((b) =>
      b.toString(16).padStart(2, '0'),
    )
    const text = `REGEDIT4\n[HKEY_LOCAL_MACHINE\\k]\n@="d \\"e\\""\n"n"=dword:0000000a\n"w"=hex(2):${wide.slice(0, 3).join(',')},\\\n  ${wide.slice(3).join(',')}\n"b"=hex:01,02\n`
    expect(told(text, 'a.reg')).toEqual([
      'registry HKLM\\k = d "e"',
      'registry HKLM\\k\\n = 10',
      'registry HKLM\\k\\w = x y',
      'registry HKLM\\k\\b = 0102',
    ])
  })

  it('sets nothing where it takes away, in comments, and before a key', () => {
    const text =
      'REGEDIT4\n"a"="b"\n;[HKEY_CURRENT_USER\\x]\n[-HKEY_CURRENT_USER\\x]\n"c"="d"\n[HKEY_CURRENT_USER\\y]\n"e"=-\n;"f"="g"\n'
    expect(told(text, 'a.reg')).toEqual([])
  })

  it('tells of ten thousands of values, and that there are more', () => {
    const lines = Array.from({ length: 30_000 }, (_, i) => `"v${i}"="x"`)
    const text = `REGEDIT4\n[HKEY_CURRENT_USER\\x]\n${lines.join('\n')}\n`
    const reading = readScript(Buffer.from(text), { name: 'a.reg' })!
    expect(reading.actions).toHaveLength(20_000)
    expect(reading.limits.join()).toContain('over 20000 actions')
  })
})

describe('setup information', () => {
  it('follows its directives to their sections, once', () => {
    const text = `[version]\nsignature=$chicago$\n[a]\nAddReg=b,b\nAddReg=${'b,'.repeat(5_000)}\n[b]\nHKCU,"s","n",,"v, w"\n`
    expect(told(text, 'a.inf')).toEqual(['registry HKCU\\s\\n = v, w'])
  })

  it('ends where texts stand for each other', () => {
    const text =
      '[version]\nsignature=$chicago$\n[a]\nRunPreSetupCommands=b\n[b]\n%x%\n[strings]\nx="%y%%y%"\ny="%x%%x%"\n'
    expect(told(text, 'a.inf')[0]).toMatch(/^start (?:%[xy]%)+$/)
  })

  it('of a disc says what is opened', () => {
    const text = '[AutoRun]\nopen=run.cmd /s\nshell\\open\\command=a.exe\n'
    const all = told(text, 'autorun.inf')
    expect(all).toContain('start run.cmd /s')
    expect(all).toContain('start a.exe')
  })

  it('without a section that is installed does nothing', () => {
    const text = '[version]\nsignature=$chicago$\n[b]\ncmd.exe /c calc\n'
    expect(told(text, 'a.inf')).toEqual([])
  })
})

describe('a page', () => {
  it('of tags that do not end is read so far', () => {
    const text = `<html>${'<a href="x'.repeat(20_000)}`
    const { limits } = readScript(Buffer.from(text), { name: 'a.html' })!
    expect(limits.join()).toContain('tags that do not end')
  })
})
