import { describe, expect, it } from 'vitest'

import { compileSearch } from '../../languages/spl/index.ts'

import { ordersByTime } from './asked-time.ts'

function asks(text: string): boolean {
  const { search } = compileSearch(text, { macros: new Map() })
  return ordersByTime(search!)
}

describe('a search', () => {
  it.each([
    'EventID=1 | timechart span=1h count',
    'EventID=1 | stats earliest(Image) by host',
    'EventID=1 | bin _time span=5m | stats count by _time',
    'EventID=1 | transaction host maxspan=1m',
    'EventID=1 | streamstats time_window=1m count by host',
    'EventID=1 | append [ search EventID=2 | timechart count ]',
  ])('puts events in order by %s', (text) => {
    expect(asks(text)).toBe(true)
  })

  it.each([
    'EventID=1',
    'EventID=1 | stats count by host',
    'EventID=1 | table _time Image',
    'EventID=1 | sort - _time | head 3',
  ])('does not by %s', (text) => {
    expect(asks(text)).toBe(false)
  })
})
