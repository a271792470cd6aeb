import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { zoneOf } from '../../base/zone.ts'

import { CalendarError, readCalendar, wallTime } from './calendar.ts'

const isOpen = (expression: string, iso: string, zone = 'UTC') => {
  const ms = Date.parse(iso)
  const at = wallTime(ms, zoneOf(zone)!.offsetAt(ms))
  return readCalendar(expression).isOpen(at)
}

describe('a calendar expression', () => {
  it.each([
    [
      'daily 22:00-04:00',
      ['2026-03-10T22:00Z', '2026-03-10T03:59Z'],
      ['2026-03-10T04:00Z', '2026-03-10T21:59Z'],
    ],
    ['22:00-04:00', ['2026-03-10T23:00Z'], ['2026-03-10T12:00Z']],
    [
      'Sat 22:00-04:00',
      ['2026-03-07T22:30Z', '2026-03-08T03:30Z'],
      ['2026-03-07T03:30Z', '2026-03-08T22:30Z'],
    ],
    [
      'fri..mon all-day',
      ['2026-03-06T00:00Z', '2026-03-09T23:59Z'],
      ['2026-03-10T00:00Z', '2026-03-05T23:59Z'],
    ],
    [
      'weekdays 08:00-12:00,13:00-17:00',
      ['2026-03-06T08:00Z', '2026-03-06T16:59Z'],
      ['2026-03-06T12:30Z', '2026-03-07T09:00Z'],
    ],
    [
      'weekends 00:00-24:00',
      ['2026-03-07T00:00Z', '2026-03-08T23:59Z'],
      ['2026-03-06T23:59Z', '2026-03-09T00:00Z'],
    ],
    [
      'Tue#2 20:00-02:00',
      ['2026-03-10T20:00Z', '2026-03-11T01:00Z'],
      ['2026-03-03T20:00Z', '2026-03-17T20:00Z', '2026-03-10T01:00Z'],
    ],
    [
      'Fri#last 20:00-21:00',
      ['2026-03-27T20:00Z', '2026-02-27T20:00Z'],
      ['2026-03-20T20:00Z'],
    ],
    [
      'day:1..3,day:last 10:00-11:00',
      ['2026-03-01T10:00Z', '2026-02-28T10:00Z'],
      ['2026-03-04T10:00Z', '2026-03-30T10:00Z'],
    ],
    [
      'Nov..Feb day:1 10:00-11:00',
      ['2026-01-01T10:00Z', '2026-11-01T10:30Z'],
      ['2026-03-01T10:00Z'],
    ],
    [
      '2026-12-24..2026-12-26 all-day',
      ['2026-12-24T00:00Z', '2026-12-26T23:59Z'],
      ['2026-12-27T00:00Z', '2027-12-25T00:00Z'],
    ],
    [
      'Mon,Wed#1,2026-03-06 10:00-11:00',
      ['2026-03-09T10:00Z', '2026-03-04T10:00Z', '2026-03-06T10:00Z'],
      ['2026-03-11T10:00Z', '2026-03-13T10:00Z'],
    ],
  ])('%s', (expression, open, closed) => {
    for (const iso of open)
      expect([iso, isOpen(expression, iso)]).toEqual([iso, true])
    for (const iso of closed)
      expect([iso, isOpen(expression, iso)]).toEqual([iso, false])
  })

  // Europe/Berlin: 29 March 2026, 02:00 becomes 03:00; 25 October 2026, 03:00 becomes 02:00.
  it.each([
    [
      'an hour that the clock leaves out is never open',
      '02:00-03:00',
      ['2026-03-29T00:59Z', '2026-03-29T01:00Z', '2026-03-29T01:30Z'],
      [],
    ],
    [
      'an hour that the clock shows twice is open twice',
      '02:00-03:00',
      [],
      [
        '2026-10-25T00:00Z',
        '2026-10-25T00:59Z',
        '2026-10-25T01:00Z',
        '2026-10-25T01:59Z',
      ],
    ],
    [
      'a night of seven hours ends when the clock says so',
      'Sat 22:00-04:00',
      ['2026-10-25T03:00Z'],
      ['2026-10-24T20:00Z', '2026-10-25T02:59Z'],
    ],
    [
      'a night of five hours as well',
      'Sat 22:00-04:00',
      ['2026-03-29T02:00Z'],
      ['2026-03-28T21:00Z', '2026-03-29T01:59Z'],
    ],
    [
      'a window in summer is two hours from Greenwich, in winter one',
      '12:00-13:00',
      ['2026-07-01T11:59Z', '2026-01-01T10:59Z'],
      ['2026-07-01T10:00Z', '2026-01-01T11:00Z'],
    ],
  ])('where clocks are set: %s', (_, expression, closed, open) => {
    for (const iso of open)
      expect([iso, isOpen(expression, iso, 'Europe/Berlin')]).toEqual([
        iso,
        true,
      ])
    for (const iso of closed)
      expect([iso, isOpen(expression, iso, 'Europe/Berlin')]).toEqual([
        iso,
        false,
      ])
  })

  it.each([
    [
      '',
      'expected months, days and hours, such as "Tue#2 22:00-04:00", found ""',
    ],
    ['Tue', 'expected hours such as 22:00-04:00 or all-day, found "tue"'],
    [
      'Tue 22:00',
      'expected hours such as 22:00-04:00 or all-day, found "22:00"',
    ],
    [
      'Tue 25:00-26:00',
      'expected hours such as 22:00-04:00 or all-day, found "25:00-26:00"',
    ],
    [
      'Tue 10:00-10:00',
      'expected hours such as 22:00-04:00 or all-day, found "10:00-10:00"',
    ],
    [
      'Tue 10:75-11:00',
      'expected hours such as 22:00-04:00 or all-day, found "10:75-11:00"',
    ],
    [
      'Tue#6 10:00-11:00',
      'expected a weekday of the month such as Tue#2 or Fri#last, found "tue#6"',
    ],
    [
      'Tues 10:00-11:00',
      'expected daily, weekdays, weekends, a weekday (mon, tue, wed, thu, fri, sat, sun) or a range of two, found "tues"',
    ],
    [
      'day:32 10:00-11:00',
      'expected a day of the month such as day:1, day:1..7 or day:last, found "day:32"',
    ],
    [
      '2026-02-30 all-day',
      'expected a date such as 2026-12-24, or two with .. between them, found "2026-02-30"',
    ],
    ['Mon Tue 10:00-11:00', 'expected a month, found "mon"'],
    [
      'Jan Mon Tue 10:00-11:00',
      'expected months, days and hours, such as "Tue#2 22:00-04:00", found "Jan Mon Tue 10:00-11:00"',
    ],
  ])('that is none says what was found and expected: %s', (text, message) => {
    expect(() => readCalendar(text)).toThrow(new CalendarError(message))
  })

  it('is read or refused, whatever stands there', () => {
    const part = fc.constantFrom(
      'mon',
      'tue#2',
      '..',
      ',',
      ' ',
      'day:1',
      '2026-01-01',
      '10:00',
      '-',
      '24:00',
      'jan',
      '#',
      'all-day',
      'last',
    )
    const text = fc.array(part, { maxLength: 8 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(
        fc.oneof(text, fc.string()),
        fc.date({ noInvalidDate: true }),
        (expression, date) => {
          try {
            const open = readCalendar(expression).isOpen(
              wallTime(date.getTime(), 0),
            )
            expect(typeof open).toBe('boolean')
          } catch (error) {
            expect(error).toBeInstanceOf(CalendarError)
          }
        },
      ),
    )
  })
})
