import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { collect } from '../../../test/tools/collect.ts'
import { nxlogObject, pipeSample } from '../../../test/tools/json-builders.ts'
import { jsonl } from './index.ts'
import { flatEventId } from './prefilter.ts'

const marks = '"SourceName":"P","SourceModuleType":"m"'
const idOf = (members: string) =>
  flatEventId(Buffer.from(`{${members},${marks}}`))

describe('the event id by bytes', () => {
  it('is found as a number or as text', () => {
    expect(idOf('"a":1,"EventID":4688')).toBe('4688')
    expect(idOf('"EventID": 3')).toBe('3')
    expect(idOf('"EventID":"17"')).toBe('17')
  })

  it('is left to the parser wherever anything is odd', () => {
    for (const members of [
      '"EventID":1,"EventID":2',
      '"EventID" :1',
      '"EventID":1.5',
      '"EventID":1e3',
      '"EventID":"01"',
      '"EventID":null',
      '"EventID":1,"Event\\u0049D":2',
      '"a":{"EventID":1}',
      '"a\\\\":{"EventID":1}',
      '"a": [ {"EventID":1}]',
      '"Message":"\\"EventID\\":1"',
      '"a":"EventID"',
    ]) {
      expect(idOf(members)).toBeUndefined()
    }
    expect(flatEventId(Buffer.from('{"EventID":1}'))).toBeUndefined()
  })

  it('is found beside braces in strings and escapes that hide nothing', () => {
    expect(
      idOf('"g":"{5770385F}","m":"id: {x}","u":"\\u003c","EventID":1'),
    ).toBe('1')
  })

  it('never skips a record that parsing would give', () => {
    const value = fc.oneof(
      fc.string({ maxLength: 6 }),
      fc.constantFrom('{', '":{', '"EventID":3', '\\', 'x\\"', ', {', '\u0049'),
      fc.constantFrom({ EventID: 3 }, [{ EventID: 3 }], 17, null),
    )
    const name = fc.constantFrom(
      'EventID',
      'a',
      'a\\',
      'EventI',
      'x"EventID',
      'Event\\u0049D',
    )
    const object = fc.array(fc.tuple(name, value), { maxLength: 5 })
    const base = nxlogObject(pipeSample, '2026-03-04 06:20:30', '', '')
    const wanted = { wants: (p: { id: string }) => p.id !== '3' }
    fc.assert(
      fc.property(object, fc.constantFrom(3, 17, '3'), (members, id) => {
        const line = JSON.stringify({
          ...Object.fromEntries(members),
          ...base,
          EventID: id,
          ...Object.fromEntries(members.slice(0, 2)),
        })
        const text = `${JSON.stringify(base)}\n${line}\n`
        const parsed = collect(jsonl, text, { gate: wanted })
        const filtered = collect(jsonl, text, {
          gate: { ...wanted, wantsEventId: (i) => i !== '3' },
        })
        expect(filtered.records.map((r) => r.fields)).toEqual(
          parsed.records.map((r) => r.fields),
        )
        expect(filtered.skipped).toBe(parsed.skipped)
      }),
      { seed: 6, numRuns: 1500 },
    )
  })
})
