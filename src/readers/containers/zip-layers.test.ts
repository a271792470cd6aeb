import { expect, it } from 'vitest'

import type { ZipEntry } from './zip-directory.ts'
import { layersOf, maxLayers } from './zip-layers.ts'

function entry(name: string, offset: number): ZipEntry {
  const of = { method: 0, isEncrypted: false, checksum: 0, packed: 1, size: 1 }
  return { ...of, name, offset }
}

const offsets = (entries: readonly ZipEntry[]) =>
  layersOf(entries).map((layer) => layer.map((e) => e.offset))

it('has one layer where each name is there once, or points to the same data', () => {
  expect(offsets([entry('a', 1), entry('b', 2), entry('a', 1)])).toEqual([
    [1, 2],
  ])
})

it('begins with the last of each name, whatever its case and slashes', () => {
  const entries = [entry('x/a', 1), entry('b', 2), entry('\\X\\A', 3)]
  expect(offsets(entries)).toEqual([
    [3, 2],
    [1, 2],
  ])
})

it('makes no more layers of a hundred thousand entries of one name, beside as many others', () => {
  const entries = Array.from({ length: 100_000 }, (_, i) =>
    entry(i % 2 ? 'a' : `b${i}`, i),
  )
  expect(layersOf(entries)).toHaveLength(maxLayers + 1)
})
