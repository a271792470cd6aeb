// Twice as much of a designed table, or of what names it, is at most twice the work; what is not read of it is said.
import { describe, expect, it } from 'vitest'

import { Hunt } from '../../src/executors/pipeline/index.ts'
import { parseLookup } from '../../src/executors/pipeline/csv.ts'
import {
  compileSearch,
  parseCondition,
  parseValue,
} from '../../src/languages/spl/index.ts'
import { parseTransforms } from '../../src/languages/spl/transforms.ts'

import { eventOf } from '../tools/event-of.ts'
import { stepsOf } from './steps.ts'

const allowance = 1.15

function each(n: number, make: (i: number) => string): string {
  return Array.from({ length: n }, (_, i) => make(i)).join('')
}

interface Designed {
  readonly what: string
  readonly size: number
  csv(size: number): string
  readonly wildcard?: boolean
}

const designed: readonly Designed[] = [
  {
    what: 'rows of one key',
    size: 2_000,
    csv: (n) => `a,b\n${each(n, (i) => `x,${i}\n`)}`,
  },
  {
    what: 'columns without end',
    size: 2_000,
    csv: (n) => `a,${each(n, (i) => `c${i},`)}b\nx${','.repeat(n + 1)}y\n`,
  },
  {
    what: 'empty lines',
    size: 5_000,
    csv: (n) => `a,b\n${'\n'.repeat(n)}x,y\n`,
  },
  {
    what: 'quotes within quotes',
    size: 5_000,
    csv: (n) => `a,b\nx,"${'""'.repeat(n)}"\n`,
  },
  {
    what: 'patterns of nothing but stars',
    size: 500,
    csv: (n) => `a,b\n${each(n, (i) => `*x*${i}*y*,v\n`)}`,
    wildcard: true,
  },
]

function run(csv: string, wildcard: boolean) {
  const { search } = compileSearch('* | lookup t a | table *')
  const table = parseLookup(csv, wildcard ? { match: { a: 'wildcard' } } : {})
  const hunt = new Hunt(search!, {
    now: 1e12,
    lookups: new Map([['t', table.table]]),
    parseCondition,
    parseValue,
  })
  for (let i = 0; i < 10; i++) hunt.event(eventOf({ a: 'x' }))
  hunt.endPass()
  return hunt.result().rows.length
}

describe('a designed table', () => {
  for (const { what, size, csv, wildcard = false } of designed) {
    it(`costs no more than it is: ${what}`, async () => {
      const counted = async (n: number) => {
        let rows = 0
        const steps = await stepsOf(() => {
          rows = run(csv(n), wildcard)
        })
        expect(rows).toBe(10)
        return steps
      }
      for (const n of [size, 2 * size]) await counted(n)
      const once = await counted(size)
      expect(await counted(2 * size)).toBeLessThan(2 * allowance * once)
    })
  }

  it('keeps the rows before a quote that is never closed, and says so', () => {
    const { table, problem } = parseLookup(
      `a,b\nx,y\n"${'z,\n'.repeat(1_000_000)}`,
    )
    expect([table.rows.length, table.rows.cell(0, 1)]).toEqual([1, 'y'])
    expect(problem).toContain('a quote is not closed')
  })

  it('takes no more cells than there is room for, and says so', () => {
    const room = { cells: 5 }
    const first = parseLookup('a,b\n1,2\n', {}, room)
    const second = parseLookup('a\n1\n', {}, room)
    expect([first.table.rows.length, first.problem]).toEqual([1, undefined])
    expect(second.table.rows.length).toBe(0)
    expect(second.problem).toContain('cells together')
  })

  it('may have columns that are called as objects call theirs', () => {
    const { lookups } = parseTransforms(
      '[t]\nfilename = t.csv\nmatch_type = WILDCARD(__proto__)\n',
    )
    expect(Object.entries(lookups[0]!.match)).toEqual([
      ['__proto__', 'wildcard'],
    ])
    const { search } = compileSearch('* | lookup t constructor AS a OUTPUT v')
    const hunt = new Hunt(search!, {
      now: 1e12,
      lookups: new Map([['t', parseLookup('constructor,v\n*,y\n').table]]),
      parseCondition,
      parseValue,
    })
    hunt.event(eventOf({ a: 'x' }))
    hunt.endPass()
    expect(hunt.result().rows[0]!.get('v')).toBeNull()
  })
})

describe('a designed file of definitions', () => {
  it('costs no more than it is: a setting that goes on and on', async () => {
    const counted = (n: number) =>
      stepsOf(() =>
        parseTransforms(`[t]\nfilename = t.csv\nx = ${'\\\n'.repeat(n)}y\n`),
      )
    for (const n of [2_000, 4_000]) await counted(n)
    const once = await counted(2_000)
    expect(await counted(4_000)).toBeLessThan(2 * allowance * once)
  })
})
