import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { formatTime, isoTime, parseTime } from './time.ts'

const at = Date.UTC(2020, 9, 13, 4, 24, 51, 699)

describe('parseTime', () => {
  it.each([
    ['2020-10-13 04:24:51.699'],
    ['2020-10-13T04:24:51.699Z'],
    ['2020-10-13T04:24:51.6990000Z'],
    ['2020-10-13T04:24:51.699000000Z'],
    ['2020-10-13T06:24:51.699+02:00'],
    ['2020-10-13T06:24:51.699+0200'],
    ['2020-10-13T06:24:51.699+02'],
    ['2020-10-12 23:54:51.699 -04:30'],
    ['2020/10/13 04:24:51,699'],
    ['2020-10-13 04:24:51.699 UTC'],
    ['1602563091.699'],
    ['1602563091699'],
    ['/Date(1602563091699)/'],
  ])('reads %s', (text) => {
    expect(parseTime(text)).toBe(at)
  })

  it('tells the unit of a number by its size', () => {
    expect(parseTime(1602563091)).toBe(1602563091_000)
    expect(parseTime(1602563091.699)).toBeCloseTo(at, 3)
    expect(parseTime(at)).toBe(at)
    expect(parseTime(at * 1e3)).toBe(at)
    expect(parseTime(at * 1e6)).toBe(at)
  })

  it('takes what Windows counts since 1601 for such', () => {
    const expected = Date.UTC(2026, 0, 2, 3, 4, 5)
    expect(parseTime('134117966450000000')).toBe(expected)
    expect(parseTime(134_117_966_450_000_000)).toBe(expected)
  })

  it('keeps microseconds as a fraction', () => {
    expect(parseTime('2020-10-13T04:24:51.699123Z')).toBeCloseTo(at + 0.123, 3)
  })

  it('takes a time without seconds, and a date alone', () => {
    expect(parseTime('2020-10-13 04:24')).toBe(Date.UTC(2020, 9, 13, 4, 24))
    expect(parseTime('2020-10-13')).toBe(Date.UTC(2020, 9, 13))
  })

  it('takes the first item of a list', () => {
    expect(parseTime(['2020-10-13'])).toBe(Date.UTC(2020, 9, 13))
  })

  it.each([
    [''],
    ['-'],
    ['yesterday'],
    ['2020-13-01'],
    ['2021-02-29'],
    ['2020-10-13T25:00:00Z'],
    ['2020-10-13T04:24:51.Z'],
    ['2020-10-13T04:24:51X'],
    ['2020-10-13T04:24:51+2'],
    ['12345'],
    ['1.2.3.4.5.6.7'],
    ['/Date(x)/'],
    [`2020-10-13T04:24:51.${'0'.repeat(100)}Z`],
    [12],
    [Number.NaN],
    [Number.POSITIVE_INFINITY],
    [true],
    [null],
    [[]],
    [undefined],
  ])('refuses %j', (value) => {
    expect(parseTime(value)).toBeUndefined()
  })

  it('reads what Date writes, for every moment', () => {
    fc.assert(
      fc.property(
        fc.date({
          min: new Date('0000-01-01T00:00:00Z'),
          max: new Date('9999-12-31T23:59:59.999Z'),
          noInvalidDate: true,
        }),
        (date) => parseTime(date.toISOString()) === date.getTime(),
      ),
      { seed: 20201013, numRuns: 2000 },
    )
  })

  it('never throws and never gives NaN', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 70 }), (text) => {
        const parsed = parseTime(text)
        return parsed === undefined || Number.isFinite(parsed)
      }),
      { seed: 20201013, numRuns: 2000 },
    )
  })
})

describe('formatTime', () => {
  it('writes microseconds only where there are any', () => {
    expect(formatTime(at)).toBe('2020-10-13T04:24:51.699Z')
    expect(formatTime(parseTime('2020-10-13T04:24:51.699123Z')!)).toBe(
      '2020-10-13T04:24:51.699123Z',
    )
    expect(formatTime(at + 0.9999)).toBe('2020-10-13T04:24:51.700Z')
  })

  it('does not throw on what no calendar holds', () => {
    expect(formatTime(Number.NaN)).toBe('NaN')
    expect(formatTime(1e300)).toBe('1e+300')
  })
})

describe('isoTime', () => {
  it('equals what the calendar says, before 1970 and at the ends of time too', () => {
    for (let i = -400; i < 400; i++) {
      const ms = i * 7_919_333_777 + i
      expect(isoTime(ms)).toBe(new Date(ms).toISOString())
    }
    for (const ms of [8.64e15, -8.64e15, -1, 86_399_999]) {
      expect(isoTime(ms)).toBe(new Date(ms).toISOString())
    }
    expect(isoTime(1.9)).toBe('1970-01-01T00:00:00.001Z')
  })

  it('is null for what is no date', () => {
    expect([undefined, Number.NaN, 9e15].map(isoTime)).toEqual([
      null,
      null,
      null,
    ])
  })
})
