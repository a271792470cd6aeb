import { describe, expect, it } from 'vitest'

import {
  classesKey,
  classesScope,
  clsidOfKey,
  guidsIn,
  registryKey,
} from './registry-key.ts'

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
