import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { collect } from '../../../test/tools/collect.ts'
import { DocumentScanner } from './document.ts'
import { jsonl } from './index.ts'
import { salvage } from '../flat/salvage.ts'

const fields = (text: string, blocks: number[] = []) =>
  collect(jsonl, text, { blocks }).records.map((r) => r.fields)

const sure = (text: string) => jsonl.detect(Buffer.from(text), 'x')

describe('recognising JSON', () => {
  it('takes lines, arrays and pretty-printed objects', () => {
    expect(sure('{"a":1}\n')).toBe(2)
    expect(sure('\ufeff\n{\n  "a": 1')).toBe(2)
    expect(sure('[ {"a":1}')).toBe(2)
    expect(sure('torn":1}\n{"a":1}\n')).toBe(2)
    expect(sure('Mar  4 10:20:30 mac eslogger[1]: {"a":1}\n')).toBe(2)
  })

  it('leaves RTF, lists of numbers, XML and nothing to others', () => {
    for (const text of ['{\\rtf1', '[1,2]', '<Event>', '', '\0\0']) {
      expect(sure(text)).toBe(0)
    }
  })
})

describe('JSON lines', () => {
  it('give a record each, numbered by line, blank lines and NULs passed over', () => {
    const got = collect(jsonl, '\ufeff{"a":1}\r\n\n  {"a":2}\n{"a":3}\0\0\0')
    expect(got.damages).toEqual([])
    expect(got.records.map((r) => [r.number, r.offset, r.fields.a])).toEqual([
      [1, 3, 1],
      [3, 15, 2],
      [4, 23, 3],
    ])
  })

  it('give the records around a broken line, which is said', () => {
    const got = collect(jsonl, '{"a":1}\nnot json\n{"a":2}\n')
    expect(got.records.map((r) => r.fields.a)).toEqual([1, 2])
    expect(got.damages).toMatchObject([{ offset: 8, lost: 1 }])
  })

  it('may hold several objects, or one behind a syslog header', () => {
    expect(fields('{"a":1}{"a":2} {"a":3}\n{"a":4}\n')).toEqual([
      { a: 1 },
      { a: 2 },
      { a: 3 },
      { a: 4 },
    ])
    expect(fields('<13>Mar 4 host tool: {"a":1}\n')).toEqual([{ a: 1 }])
  })

  it('keep the members of a line that was cut off', () => {
    const got = collect(jsonl, '{"a":1}\n{"a":2,"b":"x","c":"cut of')
    expect(got.records.map((r) => r.fields)).toEqual([
      { a: 1 },
      { a: 2, b: 'x' },
    ])
    expect(got.damages[0]!.message).toContain('cut off')
  })

  it('go on from a range, with the numbers of the whole file', () => {
    const got = collect(jsonl, '{"a":2}\n', { start: 8, linesBefore: 1 })
    expect(got.records[0]).toMatchObject({ number: 2, offset: 8 })
  })

  it('that are no objects are damage', () => {
    const got = collect(jsonl, '{"a":1}\n[1,2]\n"x"\n')
    expect(got.records).toHaveLength(1)
    expect(got.damages).toHaveLength(2)
  })
})

describe('JSON that is not one object a line', () => {
  const objects = [
    { a: 1, b: { c: '}{' } },
    { a: 2, b: { c: '"]' } },
  ]
  const flat = [
    { a: 1, 'b.c': '}{' },
    { a: 2, 'b.c': '"]' },
  ]
  const pretty = objects.map((o) => JSON.stringify(o, null, 2))

  it('may be an array, on one line or many', () => {
    for (const text of [
      JSON.stringify(objects),
      JSON.stringify(objects, null, '\t'),
      `[\n${objects.map((o) => JSON.stringify(o)).join(',\n')}\n]\n`,
    ]) {
      for (const blocks of [[], [1], [11]]) {
        expect(fields(text, blocks)).toEqual(flat)
      }
    }
  })

  it('may be pretty-printed objects, with or without commas between', () => {
    for (const between of ['\n', ',\n', '', '\n\n']) {
      for (const blocks of [[], [3]]) {
        expect(fields(pretty.join(between), blocks)).toEqual(flat)
      }
    }
  })

  it('numbers a record by the line on which it begins', () => {
    const got = collect(jsonl, pretty.join('\n'))
    expect(got.records.map((r) => r.number)).toEqual([1, 7])
    expect(got.records[1]!.offset).toBe(pretty[0]!.length + 1)
  })

  it('may be a search response around its hits', () => {
    const hits = { took: 3, hits: { total: 2, hits: objects } }
    const got = collect(jsonl, JSON.stringify(hits, null, 1))
    expect(got.records.map((r) => r.fields)).toEqual(flat)
    expect(got.shapes).toContain('lists of records')
    expect(fields(`${JSON.stringify({ Records: objects })}\n`)).toEqual(flat)
  })

  it('loses one object only where the end of one is missing', () => {
    const text = [pretty[0]!.slice(0, -2), pretty[1]].join('\n')
    const got = collect(jsonl, text)
    expect(got.records.map((r) => r.fields)).toEqual(flat)
    expect(got.damages).toHaveLength(1)
  })

  it('gives a record for members without commas between them', () => {
    const got = collect(jsonl, '{\n"a": 1\n"b": {"c": 2}\n"d": [1 2]\n}\n')
    expect(got.records.map((r) => r.fields)).toEqual([
      { a: 1, 'b.c': 2, d: [1, 2] },
    ])
    expect(got.damages[0]!.message).toContain('3 missing commas')
  })

  it('takes the list inside an object over the bound for its records', () => {
    const seen: string[] = []
    const scanner = new DocumentScanner(
      {
        object: (b, s, e) => seen.push(b.toString('utf8', s, e)),
        openObject: () => seen.push('open'),
        damaged: (d) => seen.push(d.message),
      },
      0,
      60,
    )
    const items = Array.from({ length: 20 }, (_, i) => `{"n":${i}}`)
    const text = Buffer.from(
      `{"took":1,"hits":{"hits":[${items.join()}],"x":"{"}}`,
    )
    for (let i = 0; i < text.length; i += 25) {
      scanner.push(text, i, Math.min(text.length, i + 25), i)
    }
    scanner.end()
    expect(seen).toEqual(items)
  })
})

describe('salvage', () => {
  it('says what it mended', () => {
    expect(salvage('{"a": NaN, "p": "C:\\Windows", "b": 1,, }')).toEqual({
      object: { a: 'NaN', p: 'C:\\Windows', b: 1 },
      faults: '1 word that is no value, 1 lone backslash, 2 needless commas',
    })
  })

  it('keeps whole members of nested objects that were cut off', () => {
    expect(salvage('{"a":{"b":1,"c":{"d":[1,2],"e":"cu')?.object).toEqual({
      a: { b: 1, c: { d: [1, 2] } },
    })
  })

  it('gives nothing for what holds no member', () => {
    for (const text of ['{', '{}', '[]', '"x"', '', '{"a"', '{a:1}']) {
      expect(salvage(text)).toBeUndefined()
    }
  })

  it('agrees with JSON.parse on valid objects', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 }), {
          minKeys: 1,
        }),
        (value) => {
          const text = JSON.stringify(value)
          expect(salvage(text)?.object).toEqual(JSON.parse(text))
        },
      ),
      { seed: 4, numRuns: 300 },
    )
  })
})

describe('any bytes', () => {
  it('end, and give the same records whatever the blocks', () => {
    const seed = Buffer.from(
      '{"a":1,"b":{"c":"x\\"y"}}\n{"a":[1,{"b":2}]}\n[\n{"a":null}\n]\n{\n"a":1\n}\n',
    )
    const byte = fc.constantFrom(...Buffer.from('{}[]",:\\\n 1a\0\xff'))
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(seed.length - 1), byte), { maxLength: 6 }),
        fc.integer({ min: 1, max: 30 }),
        (changes, size) => {
          const bytes = Buffer.from(seed)
          for (const [at, value] of changes) bytes[at] = value
          const whole = collect(jsonl, bytes)
          const cut = collect(jsonl, bytes, { blocks: [size] })
          const kept = (c: typeof whole) => c.records.map((r) => r.fields)
          expect(kept(cut)).toEqual(kept(whole))
        },
      ),
      { seed: 5, numRuns: 1000 },
    )
  })

  it('that open objects without end are given up after a bound', () => {
    const got = collect(jsonl, '{\n'.repeat(100_000))
    expect(got.records).toEqual([])
    expect(got.damages.length).toBeLessThanOrEqual(10_001)
    expect(got.damages.at(-1)!.message).toContain('bytes of open objects')
  })

  it('nested without end are no danger', () => {
    for (const text of [
      '['.repeat(200_000),
      '{"a":'.repeat(100_000),
      `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`,
      `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
    ]) {
      const got = collect(jsonl, text)
      expect(got.records.length).toBeLessThanOrEqual(1)
    }
  })
})

describe('lines and pretty-printed objects in one source', () => {
  it('are both read', () => {
    const text =
      '{"a":1}\n{\n  "a": 2,\n  "b": [\n    {"c": 1}\n  ]\n}\n{"a":3}\n'
    const got = collect(jsonl, text)
    expect(got.records.map((r) => [r.number, r.fields.a])).toEqual([
      [1, 1],
      [2, 2],
      [8, 3],
    ])
    expect(got.damages).toEqual([])
  })

  it('cost one object where the end of it is missing', () => {
    const got = collect(jsonl, '{"a":1}\n{\n  "a": 2,\n{"a":3}\n')
    expect(got.records.map((r) => r.fields.a)).toEqual([1, 2, 3])
    expect(got.damages).toHaveLength(1)
  })
})
