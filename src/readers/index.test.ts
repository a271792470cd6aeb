import { describe, expect, it } from 'vitest'

import { zipOf } from '../../test/tools/archives.ts'
import { readWith } from '../../test/tools/read-source.ts'
import type { Damage, Value } from '../base/record.ts'
import { provenance, Shape } from '../base/record.ts'

import type { PackageFormat, RecordSink, WholeFormat } from './reader.ts'

/** Its last line names the first: it cannot be read before it has ended. */
const backwards: WholeFormat = {
  name: 'backwards',
  read: 'whole',
  maxBytes: 64,
  detect: (head) => (head.toString().startsWith('BACKWARDS') ? 3 : 0),
  take(bytes, { sink }) {
    sink.record(recordOf('text', bytes.toString().split('\n').at(-1)!))
  },
}

const parcel: PackageFormat = {
  name: 'parcel',
  read: 'package',
  recognises: (names) => (names.has('label.txt') ? 2 : 0),
  async take(opened, { sink }) {
    for (const { name } of opened.members) {
      const bytes = await opened.read(name, 10)
      if (bytes) sink.record(recordOf(name, bytes.toString()))
    }
    expect(await opened.read('missing', 10)).toBeUndefined()
  },
}

const shapes = new Map<string, Shape>()

function recordOf(name: string, value: Value) {
  const shape = shapes.get(name) ?? new Shape([name])
  shapes.set(name, shape)
  return {
    shape,
    provenance: provenance('document', '', '', ''),
    number: 1,
    offset: 0,
    writtenAt: undefined,
    value: () => value,
  }
}

function keeping() {
  const records: (readonly [string, Value | undefined])[] = []
  const damages: Damage[] = []
  const sink: RecordSink = {
    record: (r) => records.push([r.shape.names[0]!, r.value(0)]),
    skipped: () => {},
    damaged: (d) => damages.push(d),
    unknownShape: () => {},
    shapeSeen: () => {},
  }
  return { sink, records, damages }
}

describe('a format that needs the whole source', () => {
  it('gets it at its end, also within an archive', async () => {
    const { sink, records } = keeping()
    const text = 'BACKWARDS\none\ntwo'
    await readWith([backwards], Buffer.from(text), sink)
    await readWith([backwards], zipOf([{ name: 'a', content: text }]), sink)
    expect(records).toEqual([
      ['text', 'two'],
      ['text', 'two'],
    ])
  })

  it('does not get what is larger than it reads', async () => {
    const { sink, records, damages } = keeping()
    const text = `BACKWARDS${'x'.repeat(64)}`
    await readWith([backwards], Buffer.from(text), sink)
    expect(records).toEqual([])
    expect(damages[0]!.message).toContain('73 bytes, at most 64 are read')
  })
})

describe('a format that is a package', () => {
  const parts = [
    { name: 'label.txt', content: 'to ana' },
    { name: 'word/document.xml', content: 'far too long' },
    { name: 'z', content: 'short' },
  ]

  it('reads its members one by one, each as long as it may be', async () => {
    const { sink, records } = keeping()
    const problems = await readWith([parcel], zipOf(parts), sink)
    expect(records).toEqual([
      ['label.txt', 'to ana'],
      ['z', 'short'],
    ])
    expect(problems).toMatchObject([
      { file: 'in!word/document.xml', kind: 'limit' },
    ])
  })

  it('may lie within an archive, and be one among others', async () => {
    const { sink, records } = keeping()
    const outer = zipOf([
      { name: 'parcel.zip', content: zipOf(parts.slice(0, 1)) },
      { name: 'b', content: 'BACKWARDS\nend' },
    ])
    await readWith([parcel, backwards], outer, sink)
    expect(records).toEqual([
      ['label.txt', 'to ana'],
      ['text', 'end'],
    ])
  })
})
