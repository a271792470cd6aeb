import { describe, expect, it } from 'vitest'

import { pipeName, pipeTemplate } from './pipe-name.ts'
import {
  classesKey,
  classesScope,
  clsidOfKey,
  guidsIn,
  registryKey,
} from './registry-key.ts'

describe('pipeName', () => {
  it('writes every spelling with one leading backslash', () => {
    for (const text of [
      'srvsvc',
      '\\srvsvc',
      '\\\\.\\pipe\\srvsvc',
      '\\\\pc7\\pipe\\srvsvc',
      '\\Device\\NamedPipe\\srvsvc',
      '\\??\\pipe\\srvsvc',
    ]) {
      expect(pipeName(text)).toBe('\\srvsvc')
    }
  })

  it('keeps a pipe that is named like a path to another host', () => {
    expect(pipeName('\\pc7\\pipe\\spoolss')).toBe('\\pc7\\pipe\\spoolss')
  })

  it('takes anonymous pipes escaped or not', () => {
    expect(pipeName('&lt;Anonymous Pipe&gt;')).toBe('<Anonymous Pipe>')
    expect(pipeName('<Anonymous Pipe>')).toBe('<Anonymous Pipe>')
  })
})

describe('pipeTemplate', () => {
  it('keeps the shape and drops what differs between instances', () => {
    expect(pipeTemplate('\\MSSE-4021-server')).toBe('\\msse-#-server')
    expect(
      pipeTemplate('\\6E7645C4-32C5-4FE3-AABF-E94C2F4370E7\\pipe\\spoolss'),
    ).toBe('\\<guid>\\pipe\\spoolss')
    expect(pipeTemplate('\\a.0123abcd9f.1')).toBe('\\a.<hex>.#')
    expect(pipeTemplate('\\deadbeef')).toBe('\\deadbeef')
  })
})

describe('registryKey', () => {
  const key = 'CLSID\\{0AABBCC1-0000-4000-8000-00000000BEEF}\\InprocServer32'

  it('finds the classes key below every hive that shows it', () => {
    for (const root of [
      'HKCR',
      'HKCR\\WOW6432Node',
      'HKLM\\SOFTWARE\\Classes',
      'HKLM\\Software\\Classes\\Wow6432Node',
      'HKLM\\SOFTWARE\\WOW6432Node\\Classes',
      'HKEY_LOCAL_MACHINE\\SOFTWARE\\Classes',
      'HKCU\\Software\\Classes',
      'HKU\\S-1-5-21-1-2-3-500_Classes',
      'HKU\\S-1-5-21-1-2-3-500_CLASSES\\WOW6432Node',
      '\\REGISTRY\\USER\\S-1-5-21-1-2-3-500_Classes',
      '\\REGISTRY\\USER\\S-1-5-21-1-2-3-500\\SOFTWARE\\Classes',
      '\\REGISTRY\\MACHINE\\SOFTWARE\\Classes',
    ]) {
      expect(classesKey(`${root}\\${key}`), root).toBe(key)
    }
    expect(classesKey('HKLM\\SOFTWARE\\Microsoft\\Ole\\EnableDCOM')).toBe(
      undefined,
    )
  })

  it('tells a user’s classes from the machine’s, where the path does', () => {
    expect(classesScope(`HKU\\S-1-5-21-1_Classes\\${key}`)).toBe('user')
    expect(classesScope(`HKLM\\SOFTWARE\\Classes\\${key}`)).toBe('machine')
    expect(classesScope(`HKCR\\${key}`)).toBe(undefined)
  })

  it('takes no path that does not begin at a hive', () => {
    expect(registryKey('C:\\Windows\\x')).toBe(undefined)
    expect(registryKey('')).toBe(undefined)
    expect(registryKey(`HKLM\\${'a'.repeat(5000)}`)).toBe(undefined)
  })

  it('reads the class id from the key, not from what it is set to', () => {
    expect(clsidOfKey(`HKCR\\${key}\\{Default}`)).toBe(
      '{0AABBCC1-0000-4000-8000-00000000BEEF}',
    )
    expect(
      clsidOfKey('HKCR\\TypeLib\\{0AABBCC1-0000-4000-8000-00000000BEEF}'),
    ).toBe(undefined)
  })

  it('lists several class ids of one text once each', () => {
    const a = '{0aabbcc1-0000-4000-8000-00000000beef}'
    const b = '{1AABBCC1-0000-4000-8000-00000000BEEF}'
    expect(guidsIn(`x ${a} ${a.toUpperCase()} ${b}`)).toEqual([
      a.toUpperCase(),
      b,
    ])
    expect(guidsIn('{not-a-guid}')).toBe(undefined)
  })
})
