import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { Value } from '../../base/record.ts'

import { rowTables } from './index.ts'
import { classesKey, clsidOfKey, registryKey } from './registry-key.ts'

const seed = 1559

const piece = fc.constantFrom(
  'HKLM',
  'hku',
  'HKCR',
  'REGISTRY',
  'USER',
  'MACHINE',
  'S-1-5-21-1-2-3-500_Classes',
  'Software',
  'Classes',
  'WOW6432Node',
  'CLSID',
  '{0AABBCC1-0000-4000-8000-00000000BEEF}',
  'InProcServer32',
  '{Default}',
  'ControlSet001',
  '',
)
const path = fc.array(piece, { maxLength: 9 }).map((p) => p.join('\\'))

const value: fc.Arbitrary<Value | undefined> = fc.oneof(
  fc.constant(undefined),
  fc.constant(null),
  fc.boolean(),
  fc.double(),
  fc.string({ unit: 'binary', maxLength: 80 }),
  path,
  fc.array(fc.string({ maxLength: 8 }), { maxLength: 3 }),
)

describe('canonical forms', () => {
  it('of registry paths are their own canonical forms', () => {
    fc.assert(
      fc.property(path, (text) => {
        const key = registryKey(text)
        if (key === undefined) return
        expect(registryKey(key)).toBe(key)
        expect(classesKey(key)).toBe(classesKey(text))
        expect(clsidOfKey(key)).toBe(clsidOfKey(text))
      }),
      { seed, numRuns: 2000 },
    )
  })

  it('are found or not, whatever the fields hold', () => {
    const rows = Object.values(rowTables)
      .flatMap((table) => Object.values(table).flat())
      .filter((row) => row.make)
    fc.assert(
      fc.property(
        fc.constantFrom(...rows),
        fc.tuple(value, value, value),
        (row, values) => {
          const made = row.make!(...values)
          expect(made).not.toBe('')
          expect(Number.isNaN(made)).toBe(false)
        },
      ),
      { seed, numRuns: 5000 },
    )
  })
})
