// Printing is the inverse of parsing, for any search; and no text, however broken, throws or hangs.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { compileSearch } from './load.ts'
import { parseQuery } from './parse.ts'
import { printQuery } from './print.ts'
import { Report } from './report.ts'

const seed = 20_240_131

function parse(text: string) {
  const report = new Report(text, undefined)
  return { query: parseQuery(text, report), problems: report.diagnostics }
}

/** Positions aside. */
function shape(tree: unknown): unknown {
  return JSON.parse(
    JSON.stringify(tree, (key, value) => (key === 'at' ? undefined : value)),
  )
}

const name = fc.constantFrom(
  'a',
  'b',
  'Image',
  'process_name',
  'Processes.user',
  'x y',
  'by',
  'as',
  'count',
  'values*',
)
const plain = fc.constantFrom('a', 'b', 'Image', 'process_name')
const value = fc.oneof(
  fc.constantFrom(
    'x',
    '*',
    'a*b',
    'C:\\Windows\\*',
    'q"q',
    '',
    'AND',
    '10',
    '0x1F',
    'ä|b',
    'a=b',
    '(',
    '\\',
    'l1\nl2',
  ),
  fc.string({ maxLength: 6 }).filter((s) => !s.includes('`')),
)
const quoted = value.map((v) => `"${v.replace(/[\\"]/g, '\\$&')}"`)

const condition: fc.Arbitrary<string> = fc.letrec<{ c: string }>((tie) => ({
  c: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc
      .tuple(plain, fc.constantFrom('=', '!=', '<', '>=', ' = '), quoted)
      .map((p) => p.join('')),
    fc
      .tuple(plain, fc.array(quoted, { minLength: 1, maxLength: 3 }))
      .map(([f, v]) => `${f} IN (${v.join(', ')})`),
    quoted,
    fc.tuple(tie('c'), tie('c')).map(([a, b]) => `(${a} OR ${b})`),
    fc.tuple(tie('c'), tie('c')).map(([a, b]) => `${a} ${b}`),
    tie('c').map((c) => `NOT (${c})`),
    tie('c').map((c) => `[ search ${c} | return 3 a ]`),
  ),
})).c

const expression: fc.Arbitrary<string> = fc.letrec<{ e: string }>((tie) => ({
  e: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    plain,
    fc.constantFrom("'x y'", '1', '2.5', '-3'),
    quoted,
    fc
      .tuple(
        tie('e'),
        fc.constantFrom(
          '+',
          '-',
          '*',
          '/',
          '%',
          '.',
          '=',
          '!=',
          '<',
          '>=',
          'AND',
          'OR',
          'XOR',
          'LIKE',
        ),
        tie('e'),
      )
      .map(([a, op, b]) => `(${a}) ${op} (${b})`),
    fc
      .tuple(tie('e'), fc.constantFrom('+', '.', 'AND', 'OR', '='), tie('e'))
      .map(([a, op, b]) => `${a} ${op} ${b}`),
    tie('e').map((e) => `NOT ${e}`),
    tie('e').map((e) => `-(${e})`),
    fc.tuple(tie('e'), tie('e')).map(([a, b]) => `${a} NOT IN (${b}, 1)`),
    fc
      .tuple(tie('e'), tie('e'), tie('e'))
      .map(([a, b, c]) => `if(${a}, ${b}, ${c})`),
    fc.tuple(tie('e'), tie('e')).map(([a, b]) => `mvappend(${a}, ${b})`),
  ),
})).e

const quotedName = name.map((n) => `"${n}"`)
const aggregate = fc.oneof(
  fc.constantFrom(
    'count',
    'dc(a)',
    'p95(b) as p',
    'values(*) as *',
    'count(eval(a=1 OR b>2)) as n',
    'min(_time)',
  ),
  fc.tuple(expression, quotedName).map(([e, n]) => `sum(eval(${e})) as ${n}`),
)

const command = fc.oneof(
  condition.map((c) => `search ${c}`),
  expression.map((e) => `where ${e}`),
  fc.tuple(plain, expression).map(([f, e]) => `eval ${f}=mvappend(${e})`),
  fc
    .tuple(
      fc.constantFrom('stats', 'eventstats', 'streamstats window=5 current=f'),
      aggregate,
      aggregate,
      quotedName,
    )
    .map(([c, a, b, f]) => `${c} ${a}, ${b} by ${f}`),
  fc
    .tuple(aggregate, plain)
    .map(([a, f]) => `chart span=10 limit=3 ${a} over ${f} by b`),
  aggregate.map((a) => `timechart span=1h ${a} by host`),
  fc
    .tuple(quotedName, quotedName)
    .map(([a, b]) => `dedup 3 keepempty=t ${a} ${b} sortby -x, num(y)`),
  fc.tuple(quotedName, quotedName).map(([a, b]) => `sort 0 -${a} +str(${b})`),
  fc.tuple(plain, plain).map(([a, b]) => `rename ${a} as "${b} new", x* as *y`),
  quoted.map((q) => `fillnull value=${q} a`),
  quoted.map((q) => `makemv delim=${q} a`),
  quoted.map((q) => `replace ${q} with ${q} in a, b`),
  fc.constantFrom(
    'table a "x y" c*',
    'fields - a _raw',
    'head 5',
    'head (a>1) null=t',
    'tail',
    'reverse',
    'top limit=3 a b by c',
    'rare a',
    'rex field=a max_match=0 "(?<n>\\\\d+)\\"x"',
    'rex mode=sed field=a "s/a\\/b\\\\\\\\/c&/2gi"'.replace('2gi', 'gi'),
    'rex mode=sed "y/abc/xyz/"',
    'regex a!="^x|y$"',
    'bin _time span=5m as t',
    'mvexpand a limit=3',
    'mvcombine delim="," a',
    'nomv a',
    'spath input=a path=b{}.c output=d',
    'spath',
    'xmlkv a',
    'lookup t k as a OUTPUTNEW v as w x',
    'inputlookup append=t t where a=1 b="x"',
    'transaction a b maxspan=5m maxpause=10s startswith="x" endswith=eval(a=1)',
    "foreach a* b [ eval <<FIELD>>='<<FIELD>>'+1 | where <<FIELD>>>2 ]",
    'convert timeformat="%F" ctime(a) as b num(c)',
    'addtotals col=t labelfield=x a b',
    'format',
    'return 5 a x=b $c',
    'join type=left max=0 a, b [ search c=1 | stats count by a ]',
    'append [ | inputlookup t ]',
    'appendcols override=t [ search a=1 ]',
    'appendpipe [ stats count ]',
    'append [ | tstats count from datamodel=Endpoint.Processes where Processes.user=a by _time span=1h Processes.dest ]',
  ),
)

const search = fc
  .tuple(condition, fc.array(command, { maxLength: 5 }))
  .map(([c, rest]) => [c, ...rest].join(' | '))

describe('printing', () => {
  it('gives a text that parses to the same tree', () => {
    fc.assert(
      fc.property(search, (text) => {
        const first = parse(text)
        // Only generated texts that are searches say something here.
        if (first.problems.length) return
        const printed = printQuery(first.query)
        const second = parse(printed)
        expect(second.problems, printed).toEqual([])
        expect(shape(second.query), printed).toEqual(shape(first.query))
      }),
      { seed, numRuns: 1_500 },
    )
  })

  it('is not asked about texts that are rarely searches', () => {
    const samples = fc.sample(search, { seed, numRuns: 300 })
    const good = samples.filter((text) => parse(text).problems.length === 0)
    expect(good.length).toBeGreaterThan(200)
  })
})

/** Mutations of each run; a longer run is a matter of the number. */
const mutations = Number(process.env.IPCWATCH_MUTATIONS ?? 2_000)

describe('broken searches', () => {
  it('are told or read, and never throw', () => {
    const parts = [
      '|',
      '(',
      ')',
      '"',
      '[',
      ']',
      '`',
      '```',
      '=',
      '!=',
      ' NOT ',
      ' OR ',
      ' IN (',
      ',',
      '\\',
      "'",
      '<<',
      '*',
      '\u0000',
      '| eval a=',
      '| stats ',
      'by',
      '9e999',
      '-',
    ]
    fc.assert(
      fc.property(
        search,
        fc.array(
          fc.tuple(fc.nat(), fc.nat({ max: 12 }), fc.constantFrom(...parts)),
          { minLength: 1, maxLength: 4 },
        ),
        (text, edits) => {
          let broken = text
          for (const [where, cut, put] of edits) {
            const at = where % (broken.length + 1)
            broken = broken.slice(0, at) + put + broken.slice(at + cut)
          }
          const { diagnostics, search: compiled } = compileSearch(broken)
          const errors = diagnostics.filter((d) => d.severity === 'error')
          expect(compiled === undefined).toBe(errors.length > 0)
          for (const d of errors) expect(d.position).toBeDefined()
        },
      ),
      { seed, numRuns: mutations },
    )
  })

  it('that are deep or long end with a message', () => {
    for (const text of [
      `${'('.repeat(20_000)}a`,
      `a | where ${'('.repeat(20_000)}`,
      `a | where ${'NOT '.repeat(10_000)}a`,
      `a | where ${'-'.repeat(20_000)}a`,
      `${'NOT '.repeat(10_000)}a=1`,
      `a ${'[ search a '.repeat(5_000)}`,
      'a | eval b=1'.repeat(4_000),
      `a=${'x'.repeat(100_000)}`,
      `a | regex b="${'('.repeat(9_000)}"`,
    ]) {
      expect(compileSearch(text).search).toBeUndefined()
    }
  })
})
