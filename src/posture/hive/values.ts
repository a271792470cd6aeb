// What does the data of a registry value say? [MS-RRP] 3.1.1.5: types of values.
import type { FactValue } from '../facts/facts.ts'
import { viewOf } from './base-block.ts'

const typeNames = [
  'REG_NONE',
  'REG_SZ',
  'REG_EXPAND_SZ',
  'REG_BINARY',
  'REG_DWORD',
  'REG_DWORD_BIG_ENDIAN',
  'REG_LINK',
  'REG_MULTI_SZ',
  'REG_RESOURCE_LIST',
  'REG_FULL_RESOURCE_DESCRIPTOR',
  'REG_RESOURCE_REQUIREMENTS_LIST',
  'REG_QWORD',
] as const

export function typeName(type: number): string {
  return typeNames[type] ?? `type ${type}`
}

export function registryValue(type: number, data: Uint8Array): FactValue {
  const view = viewOf(data)
  switch (typeNames[type]) {
    case 'REG_SZ':
    case 'REG_EXPAND_SZ':
      return wideText(data).split('\0')[0]!
    case 'REG_MULTI_SZ':
      return wideText(data)
        .split('\0')
        .filter((part) => part !== '')
    case 'REG_DWORD':
      return data.length >= 4 ? view.getUint32(0, true) : data
    case 'REG_DWORD_BIG_ENDIAN':
      return data.length >= 4 ? view.getUint32(0) : data
    case 'REG_QWORD': {
      if (data.length < 8) return data
      const whole = view.getBigUint64(0, true)
      return whole <= Number.MAX_SAFE_INTEGER ? Number(whole) : String(whole)
    }
    default:
      return data
  }
}

export function wideText(data: Uint8Array): string {
  const even = data.subarray(0, data.length & ~1)
  return Buffer.from(even).toString('utf16le')
}
