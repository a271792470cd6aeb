// Values of hives agree with those that another reader finds: python-registry (PyPI), where there is one.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, describe, expect, it } from 'vitest'

import {
  binary,
  dword,
  type KeyToWrite,
  text,
  writeHive,
} from './tools/hive-writer.ts'
import { pythonWith } from './tools/python.ts'

import { Facts } from '../src/posture/facts/facts.ts'
import { readDump } from '../src/posture/sources/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'hives-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const python = pythonWith('Registry')
if (!python)
  console.log(
    'skipped: no python-registry on this machine (npx tsx scripts/test-python.ts installs it)',
  )

/** A generator that gives the same in every run. */
function* numbers(seed: number): Generator<number> {
  for (let n = seed; ; ) {
    n = (n * 1_103_515_245 + 12_345) % 2 ** 31
    yield n
  }
}

function key(next: () => number, name: string, depth: number): KeyToWrite {
  const values = [
    text('Text', `päth\\${next()}\\${'x'.repeat(next() % 300)}`),
    dword('Number', next() % 2 ** 32),
    dword('Small', next() % 3),
    binary(
      'Bytes',
      Buffer.from(Array.from({ length: next() % 50 }, () => next() % 256)),
    ),
    // Longer than one segment.
    binary('Long', Buffer.alloc(16_344 + (next() % 40_000), next() % 256)),
    {
      name: 'Several',
      type: 7,
      data: Buffer.from(`one\0two ${next()}\0\0`, 'utf16le'),
    },
    {
      name: 'Wide',
      type: 11,
      data: Buffer.from(BigInt(next()).toString(16).padStart(16, '0'), 'hex'),
    },
  ]
  const keys =
    depth === 0
      ? []
      : Array.from({ length: 1 + (next() % 4) }, (_, i) =>
          key(next, `Sub${i} ${next() % 1000}`, depth - 1),
        )
  return { name, values, keys }
}

/** python-registry's names of types. */
const typeNames: Readonly<Record<string, string>> = {
  RegSZ: 'REG_SZ',
  RegBin: 'REG_BINARY',
  RegDWord: 'REG_DWORD',
  RegMultiSZ: 'REG_MULTI_SZ',
  RegQWord: 'REG_QWORD',
}

type Row = [path: string, name: string, type: string, value: unknown]

describe.runIf(python)('hives', () => {
  it.each([1, 2, 3])(
    'of seed %i are read as python-registry reads them',
    (seed) => {
      const source = numbers(seed)
      const next = () => source.next().value as number
      const top = {
        name: 'ROOT',
        keys: [
          { name: 'Classes' },
          { name: 'Policies' },
          key(next, 'Microsoft', 2),
        ],
      }
      const bytes = writeHive(top)
      const file = join(folder, `SOFTWARE${seed}`)
      writeFileSync(file, bytes)
      const script = join('test', 'tools', 'read_hive.py')
      const rows = JSON.parse(
        execFileSync(python!, [script, file], {
          encoding: 'utf8',
          maxBuffer: 1 << 28,
        }),
      ) as Row[]
      expect(rows.length).toBeGreaterThan(20)
      const facts = new Facts()
      readDump({ name: 'SOFTWARE', bytes, logs: [] }, facts, () => {})
      for (const [path, name, type, value] of rows) {
        const fact = facts.at(`HKLM\\SOFTWARE\\${path}`, name)
        const own = fact?.value
        const told =
          own instanceof Uint8Array ? Buffer.from(own).toString('hex') : own
        expect(fact?.type, `${path}!${name}`).toBe(typeNames[type])
        expect(told, `${path}!${name}`).toEqual(value)
      }
    },
  )
})
