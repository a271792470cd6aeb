// What do searches hold of rows that somebody designed? Commands that keep rows or values charge one budget, and give back what
// they give out; the others keep nothing, however many rows pass.
import { describe, expect, it } from 'vitest'

import { Budget } from '../../src/executors/pipeline/budget.ts'
import { Row } from '../../src/executors/pipeline/index.ts'
import { Pipeline } from '../../src/executors/pipeline/pipeline.ts'
import { compileSearch } from '../../src/languages/spl/index.ts'

import { stepsOf } from './steps.ts'

/** Bytes that the searches below may hold. */
const few = 1024 * 1024

interface Run {
  /** Rows that went in before the search ended. */
  readonly rows: number
  readonly refusal: string | undefined
  /** Bytes that were held at most, and in the end. */
  readonly most: number
  readonly left: number
}

function run(
  commands: string,
  rows: Iterable<Record<string, string | number | string[]>>,
  others: readonly Row[] = [],
): Run {
  const { search, diagnostics } = compileSearch(`* | ${commands}`)
  expect(diagnostics.filter((d) => d.severity === 'error')).toEqual([])
  const budget = new Budget(few)
  const context = { now: 0, lookups: new Map(), budget }
  const pipeline = new Pipeline(search!.operators, context, () => {}, {
    rowsOf: () => others,
  })
  let count = 0
  let most = 0
  for (const row of rows) {
    if (pipeline.refusal) break
    pipeline.push(new Row(new Map(Object.entries(row))))
    count++
    most = Math.max(most, budget.held)
  }
  pipeline.finish()
  const { refusal } = pipeline
  return { rows: count, refusal: refusal?.message, most, left: budget.held }
}

/** Rows that have nothing in common, each with a long text and its own name of a field. */
function* rowsOf(count: number, length: number) {
  for (let i = 0; i < count; i++) {
    const text = `${i} ${'x'.repeat(length)}`
    yield { _time: i, n: i, a: text, b: [text, `${i}`], [`own${i}`]: i }
  }
}

const holding = [
  'sort 0 a',
  'reverse',
  'tail 100000',
  'eventstats count by a',
  'eventstats values(a) as all',
  'stats count by a',
  'stats values(a)',
  'stats list(a) by n',
  'stats dc(a)',
  'stats mode(a)',
  'stats first(a) by n',
  'stats last(a) by n',
  'stats min(a) by n',
  'stats latest(a) by n',
  'streamstats count by a',
  'streamstats values(a) as all',
  'streamstats window=5000 count',
  'dedup a',
  'dedup n sortby a',
  'top a',
  'rare a by n',
  'chart count by a',
  'chart values(a) over n',
  'timechart span=1s values(a)',
  'transaction a',
  'transaction n maxevents=3',
  'bin bins=10 n',
  'fillnull',
  'mvcombine b',
  'format',
  'appendpipe [ eval c=a ]',
  'appendcols [ search x=1 ]',
  'join type=left n [ search x=1 ]',
  'foreach a [ eval c=a ] | sort 0 c',
  'outlier n',
  'transpose 0',
  'xyseries n b a',
]

const passing = [
  'eval c=a.a',
  'where n>1',
  'search a=*',
  'rex field=a "(?<digits>\\d+)"',
  'makemv delim=" " a',
  'mvexpand b',
  'rename a as c',
  'fillnull value=x c',
  'head 1000000',
  'table a n',
  'fields - a',
  'addtotals n',
  'bin span=10 n',
  'append [ search x=1 ]',
  'streamstats window=3 values(a)',
  'streamstats sum(n)',
  'delta n',
  'filldown a',
  'untable n col val',
  'strcat a n both',
  'rangemap field=n low=0-9 high=10-99',
  'sort 10 -n',
  'tail 3',
]

describe('rows that a search holds', () => {
  it.each(holding)('%s ends with a message when they are too many', (text) => {
    const { rows, refusal, most } = run(text, rowsOf(20_000, 1_000))
    expect(refusal).toContain('1 MB with what else is held')
    // A row more than there was room for, and the copies of it.
    expect(most).toBeLessThan(few + 20_000)
    expect(rows).toBeLessThan(2_000)
  })

  it.each([...holding, ...passing])('%s gives all back', (text) => {
    const { refusal, left } = run(text, rowsOf(50, 10))
    expect(refusal).toBeUndefined()
    expect(left).toBe(0)
  })

  it.each(passing)('%s holds nothing, however many pass', (text) => {
    const { refusal, rows } = run(text, rowsOf(5_000, 100))
    expect(refusal).toBeUndefined()
    expect(rows).toBe(5_000)
  })

  it('share their lists, which are charged once', () => {
    const list = Array.from({ length: 1_000 }, (_, i) => `value ${i}`)
    const sharing = Array.from({ length: 2_000 }, (_, n) => ({ n, list }))
    const own = sharing.map((row) => ({ ...row, list: [...list] }))
    expect(run('sort 0 n', sharing).refusal).toBeUndefined()
    expect(run('sort 0 n', own).refusal).toContain('1 MB')
  })

  it('are charged by all commands together', () => {
    const rows = () => rowsOf(600, 500)
    expect(run('streamstats values(a) as all', rows()).refusal).toBeUndefined()
    expect(run('dedup a', rows()).refusal).toBeUndefined()
    expect(
      run('dedup a | streamstats values(a) as all | sort 0 n', rows()).refusal,
    ).toContain('1 MB')
  })

  it('a join of every row with every other ends with a message', () => {
    const others = Array.from(
      { length: 5_000 },
      (_, i) =>
        new Row(
          new Map([
            ['k', 'same' as const],
            ['o', `${i}`],
          ]),
        ),
    )
    const rows = Array.from({ length: 1_200 }, () => ({ k: 'same' }))
    const { refusal } = run(
      'join max=0 k [ search x=1 ] | head 1',
      rows,
      others,
    )
    expect(refusal).toContain('"join" would make more than 5,000,000 rows')
  })

  it('one row cannot fall into every cell of a chart', () => {
    const list = Array.from({ length: 1_000 }, (_, i) => `${i}`)
    const { refusal } = run('chart count over a by b', [{ a: list, b: list }])
    expect(refusal).toContain('one row falls into more than 10,000 groups')
  })

  it('rows without a name in common are not filled into a square', () => {
    const { refusal } = run('fillnull value=- | head 1', rowsOf(5_000, 0))
    expect(refusal).toMatch(/"fillnull" would set more than|1 MB/)
  })
})

/** What does not grow with the rows. */
const allowance = 1.15

describe('twice as many rows are at most twice the work', () => {
  const commands = [
    'sort 0 a',
    'stats values(a) count by b',
    'eventstats dc(a) by b',
    'streamstats window=20 dc(a)',
    'streamstats values(a) by b',
    'dedup b sortby -a',
    'top b',
    'chart count over b by b limit=0',
    'timechart span=1s dc(a) by b',
    'transaction b',
    'transaction a n',
    'mvcombine b',
    'mvexpand b | dedup b | sort 0 b | streamstats count',
    'join b [ search x=1 ]',
  ]
  it.each(commands)('%s', async (text) => {
    const steps = (n: number) => stepsOf(() => run(text, [...rowsOf(n, 5)]))
    await steps(500)
    const once = await steps(500)
    expect(once).toBeGreaterThan(0)
    expect(await steps(1_000)).toBeLessThan(2 * allowance * once)
  })
})
