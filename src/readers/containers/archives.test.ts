import { gzipSync } from 'node:zlib'

import { describe, expect, it } from 'vitest'

import { tarOf, zipOf } from '../../../test/tools/archives.ts'
import { readTexts } from '../../../test/tools/read-source.ts'

const kinds = (problems: readonly { file: string; kind: string }[]) =>
  problems.map((p) => [p.file, p.kind])

describe('a zip', () => {
  it('is read by its members where its directory is cut off', async () => {
    const whole = zipOf([
      { name: 'a.log', content: 'first' },
      { name: 'b.log', content: 'second', streamed: true },
      { name: 'c.log', content: 'third' },
    ])
    const { texts, problems } = await readTexts(whole.subarray(0, -60))
    expect(texts).toEqual({
      'in!a.log': 'first',
      'in!b.log': 'second',
      'in!c.log': 'third',
    })
    expect(kinds(problems)).toEqual([['in', 'damaged']])
  })

  it('is read on behind a directory entry that lies', async () => {
    const bytes = zipOf([
      { name: 'a.log', content: 'first' },
      { name: 'b.log', content: 'second' },
      { name: 'c.log', content: 'third' },
    ])
    const entry = bytes.indexOf('PK\x01\x02', bytes.indexOf('PK\x01\x02') + 1)
    bytes.writeUInt8(0, entry)
    const { texts, problems } = await readTexts(bytes)
    expect(texts).toEqual({ 'in!a.log': 'first', 'in!c.log': 'third' })
    expect(problems).toMatchObject([
      {
        kind: 'damaged',
        message: expect.stringContaining('directory are no entries'),
      },
    ])
  })

  it('has a member that is not where the directory says, and others', async () => {
    const { texts, problems } = await readTexts(
      zipOf([
        { name: 'a.log', content: 'first', claims: 3 },
        { name: 'b.log', content: 'second' },
      ]),
    )
    expect(texts['in!b.log']).toBe('second')
    expect(kinds(problems)).toContainEqual(['in!a.log', 'damaged'])
  })

  it('of members that share their bytes gives them once', async () => {
    const { texts, problems } = await readTexts(
      zipOf([
        { name: 'a.log', content: 'only' },
        { name: 'b.log', content: 'x', claims: 0 },
        { name: 'c.log', content: 'x', claims: 0 },
      ]),
    )
    // Those of their own are read where they stand.
    expect(texts).toEqual({
      'in!a.log': 'only',
      'in!b.log': 'x',
      'in!c.log': 'x',
    })
    expect(problems[0]!.message).toContain('2 members claim bytes of others')
  })

  it('may call a file a folder', async () => {
    const { texts } = await readTexts(
      zipOf([
        { name: 'dos.log', content: 'a', attributes: 0x10 },
        { name: 'unix.log', content: 'b', attributes: 0o040755 << 16 },
      ]),
    )
    expect(texts).toEqual({ 'in!dos.log': 'a', 'in!unix.log': 'b' })
  })

  it('has names in any encoding', async () => {
    const name = Buffer.from('prot\xe9g\xe9.log', 'latin1')
    const { texts } = await readTexts(zipOf([{ name, content: 'a' }]))
    expect(texts).toEqual({ 'in!protégé.log': 'a' })
  })

  it('with broken data gives what was decoded, says it, and goes on', async () => {
    const long = Array.from({ length: 90_000 }, (_, i) => `${i * 7919}\n`)
    const bytes = zipOf([
      { name: 'a.log', content: long.join('') },
      { name: 'b.log', content: 'second' },
    ])
    bytes.fill(0xff, 200_000, 200_100)
    const { texts, problems } = await readTexts(bytes)
    expect(texts['in!a.log']!.length).toBeGreaterThan(100_000)
    expect(long.join('').startsWith(texts['in!a.log']!.slice(0, 100_000))).toBe(
      true,
    )
    expect(texts['in!b.log']).toBe('second')
    expect(kinds(problems)).toEqual([['in!a.log', 'damaged']])
  })

  it('whose data have another checksum is read, and that is said', async () => {
    const bytes = zipOf([{ name: 'a.log', content: 'text' }])
    const entry = bytes.indexOf('PK\x01\x02')
    bytes.writeUInt32LE(1, entry + 16)
    const { texts, problems } = await readTexts(bytes)
    expect(texts).toEqual({ 'in!a.log': 'text' })
    expect(problems[0]!.message).toContain('checksum 0x1, computed')
  })

  it('of more members than are read says so before any is', async () => {
    const parts = Array.from({ length: 100_003 }, () => ({
      name: 'a',
      content: '',
      claims: 0,
    }))
    const { texts, problems } = await readTexts(zipOf(parts))
    expect(texts).toEqual({})
    expect(problems.map((p) => p.kind)).toEqual(['limit', 'damaged', 'empty'])
  })

  it('hides nothing under the name of a resource fork', async () => {
    // One entry, of 4 bytes, right behind the header.
    const fork = Buffer.from(
      `0005160700020000${'00'.repeat(16)}0001${'00000009'}${'00000026'}${'00000004'}abcdabcd`,
      'hex',
    )
    const { texts } = await readTexts(
      zipOf([
        { name: '__MACOSX/._a.log', content: fork },
        { name: '__MACOSX/._b.log', content: 'telemetry' },
        {
          name: '__MACOSX/._c.log',
          content: Buffer.concat([fork, Buffer.from('telemetry')]),
        },
      ]),
    )
    expect(Object.keys(texts)).toEqual([
      'in!__MACOSX/._b.log',
      'in!__MACOSX/._c.log',
    ])
  })
})

describe('a tar', () => {
  it('may give a folder a size, with the data or without', async () => {
    const { texts, problems } = await readTexts(
      tarOf([
        { name: 'with/', content: 'a body', type: '5' },
        { name: 'a.log', content: 'first' },
      ]),
    )
    expect(texts).toEqual({ 'in!with': 'a body', 'in!a.log': 'first' })
    expect(problems).toEqual([])
    const bodiless = tarOf([
      { name: 'without/', content: 'a body', type: '5' },
      { name: 'a.log', content: 'first' },
    ])
    const cut = Buffer.concat([
      bodiless.subarray(0, 512),
      bodiless.subarray(1024),
    ])
    expect((await readTexts(cut)).texts).toEqual({ 'in!a.log': 'first' })
  })

  it('is read on at the next header behind a broken one', async () => {
    const bytes = tarOf([
      { name: 'a.log', content: 'first' },
      { name: 'b.log', content: 'second' },
      { name: 'c.log', content: 'third' },
    ])
    bytes.write('broken', 1024)
    const { texts, problems } = await readTexts(bytes)
    expect(texts).toEqual({ 'in!a.log': 'first', 'in!c.log': 'third' })
    expect(kinds(problems)).toEqual([['in', 'damaged']])
  })

  it('has long names in records before a member', async () => {
    const path = `${'deep/'.repeat(40)}a.log`
    const record = ` path=${path}\n`
    const length = record.length + 3
    const { texts } = await readTexts(
      tarOf([
        { name: 'x', content: `${length}${record}`, type: 'x' },
        { name: 'short', content: 'pax' },
        { name: 'l', content: `${path}.gnu\0`, type: 'L' },
        { name: 'short', content: 'gnu' },
      ]),
    )
    expect(texts).toEqual({ [`in!${path}`]: 'pax', [`in!${path}.gnu`]: 'gnu' })
  })
})

describe('gzip', () => {
  it('of very many empty members ends at a bound', async () => {
    const empties = Buffer.concat(
      Array<Buffer>(200_000).fill(gzipSync(Buffer.alloc(0))),
    )
    const { problems } = await readTexts(gzipSync(empties))
    expect(kinds(problems)).toContainEqual(['in', 'limit'])
  })
})
