// Searches and rules that somebody designed. `size` counts what grows: rows that are met, or what stands in the text.
export interface HostileSearch {
  readonly what: string
  readonly size: number
  /** The search; rows have `g`, another each, `x`, the same, and `t`, a text of 200 characters. */
  search(size: number): string
  /** Of rows that come out, or words of the refusal. */
  readonly gives: number | 'rows' | RegExp
  /** Rows that are met; 10 where not said. */
  readonly rows?: (size: number) => number
}

const same = (n: number) => n
const times = (n: number, text: string) => text.repeat(n)

export const searches: readonly HostileSearch[] = [
  {
    what: 'a condition of alternatives, one behind the other',
    size: 300,
    search: (n) =>
      `* | where ${Array.from({ length: n }, (_, i) => `g="w${i}"`).join(' OR ')}`,
    gives: 0,
  },
  {
    what: 'a table of all rows',
    size: 1_000,
    rows: same,
    search: () => '* | table g x t',
    gives: 'rows',
  },
  {
    what: 'a sort of all rows',
    size: 1_000,
    rows: same,
    search: () => '* | sort 0 - g',
    gives: 'rows',
  },
  {
    what: 'all values of one group',
    size: 1_000,
    rows: same,
    search: () => '* | stats values(g) list(t) dc(g) by x',
    gives: 1,
  },
  {
    what: 'a column for each row',
    size: 300,
    rows: same,
    search: () => '* | chart limit=0 count over x by g',
    gives: 1,
  },
  {
    what: 'a column and a row for each row',
    size: 300,
    rows: same,
    search: () => '* | chart count over g by g',
    gives: 'rows',
  },
  {
    what: 'rows that each join with all others',
    size: 100,
    rows: same,
    search: () => '* | join type=inner max=50 x [search * | table x g]',
    gives: 'rows',
  },
  {
    what: 'a list that is made of itself again and again',
    size: 12,
    search: (n) =>
      `| makeresults | eval a=mvrange(0,90000)${times(n, ' | eval a=mvappend(a,a)')}`,
    gives: 1,
  },
  {
    what: 'a text that is made of itself again and again',
    size: 40,
    search: (n) =>
      `| makeresults | eval a="xxxxxxxx"${times(n, ' | eval a=a.a')}`,
    gives: /more than 10,000,000 characters/,
  },
  {
    what: 'transactions that never end',
    size: 500,
    rows: same,
    search: () => '* | transaction g',
    gives: 'rows',
  },
  {
    what: 'brackets within brackets',
    size: 1_000,
    search: (n) => `* | eval a=${times(n, '(')}1${times(n, ')')}`,
    gives: /200 parentheses/,
  },
  {
    what: 'brackets that never close',
    size: 1_000,
    search: (n) => `* | where ${times(n, '(')}`,
    gives: /200 parentheses/,
  },
  {
    what: 'conditions without end',
    size: 300,
    search: (n) => `x=1${times(n, ' OR x=2')}`,
    gives: 10,
  },
  {
    what: 'commands without end',
    size: 100,
    search: (n) => `*${times(n, ' | where x=1')}`,
    gives: 10,
  },
  {
    what: 'searches within searches',
    size: 20,
    search: (n) => `x=1${times(n, ' [search x=1')}${times(n, ']')}`,
    gives: /16 searches/,
  },
  {
    what: 'a text that is never closed',
    size: 2_000,
    search: (n) => `* | eval a="${times(n, '\\"')}`,
    gives: /a quote is not closed/,
  },
  {
    what: 'wildcards within wildcards',
    size: 100,
    rows: same,
    search: () => '* | search t="*a*a*a*a*a*a*a*b"',
    gives: 0,
  },
  {
    what: 'a pattern of counts within counts',
    size: 100,
    rows: same,
    search: () => '* | regex t="(a{1,100}){1,100}b"',
    gives: /backtrack without bound/,
  },
  {
    what: 'a pattern of lists within lists',
    size: 50,
    rows: same,
    search: () => '* | rex field=t "(?<r>(a*)*b)" | where isnotnull(r)',
    gives: 0,
  },
  {
    what: 'rows of many values each, made rows of their own',
    size: 100,
    rows: same,
    search: () =>
      '* | eval a=mvrange(0,100) | mvexpand a | mvexpand a | stats count',
    gives: 1,
  },
  {
    what: 'values of all rows by values of all rows',
    size: 100,
    rows: same,
    search: () => '* | eval a=mvrange(0,20) | chart count over g by a limit=0',
    gives: 'rows',
  },
  {
    what: 'joins of joins',
    size: 40,
    rows: same,
    search: () =>
      '* | join type=inner max=5 x [search * | table x g] | join type=inner max=1 g [search * | table g x] | stats count',
    gives: 1,
  },
  {
    what: 'a pattern whose counts multiply over its groups',
    size: 60,
    rows: same,
    search: () => '* | regex t="(?:(?:a{1,30}){1,30}){1,30}b"',
    gives: /the regular expression/,
  },
  {
    what: 'appended searches without end',
    size: 8,
    search: (n) =>
      `*${times(n, ' | append [search * | head 1]')} | stats count`,
    gives: 1,
  },
  {
    what: 'a text that is cut into all its letters',
    size: 100,
    rows: same,
    search: () => '* | makemv tokenizer="(.)" t | mvexpand t | stats count',
    gives: 1,
  },
]

export interface HostileRule {
  readonly what: string
  readonly size: number
  text(size: number): string
  /** Rules that come out of it; the others are refused in words. */
  readonly rules: number
}

const head =
  'title: t\nid: 00000000-0000-4000-8000-000000000000\nlevel: high\nlogsource: {product: windows}\n'

const detection = (body: string) => `${head}detection:\n${body}`

export const rules: readonly HostileRule[] = [
  {
    what: 'aliases that double each time',
    size: 10,
    text: (n) =>
      `a0: &a0 [x, x]\n${Array.from({ length: n }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]\n`).join('')}${detection(`  s: {Image: *a${n}}\n  condition: s\n`)}`,
    rules: 0,
  },
  {
    what: 'lists within lists',
    size: 500,
    text: (n) =>
      detection(
        `  s: {Image: ${times(n, '[')}x${times(n, ']')}}\n  condition: s\n`,
      ),
    rules: 0,
  },
  {
    what: 'a condition of brackets',
    size: 500,
    text: (n) =>
      detection(
        `  s: {Image: x}\n  condition: ${times(n, '(')}s${times(n, ')')}\n`,
      ),
    rules: 0,
  },
  {
    what: 'a condition of many words',
    size: 100,
    text: (n) =>
      detection(`  s: {Image: x}\n  condition: s${times(n, ' or not s')}\n`),
    rules: 1,
  },
  {
    what: 'values without end',
    size: 500,
    text: (n) =>
      detection(
        `  s:\n    Image|contains:\n${Array.from({ length: n }, (_, i) => `      - 'value${i}'\n`).join('')}  condition: s\n`,
      ),
    rules: 1,
  },
  {
    what: 'selections without end, of all of which one is asked',
    size: 200,
    text: (n) =>
      detection(
        `${Array.from({ length: n }, (_, i) => `  s${i}: {Image: v${i}}\n`).join('')}  condition: 1 of s*\n`,
      ),
    rules: 1,
  },
  {
    what: 'a pattern of counts within counts',
    size: 5,
    text: (n) =>
      detection(
        `  s: {Image|re: '${times(n, '(')}a${times(n, '{1,100})')}b'}\n  condition: s\n`,
      ),
    rules: 0,
  },
  {
    what: 'wildcards without end',
    size: 200,
    text: (n) =>
      detection(`  s: {Image: '${times(n, '*a')}'}\n  condition: s\n`),
    rules: 1,
  },
  {
    what: 'documents without end',
    size: 100,
    text: (n) =>
      times(n, '---\n') + detection('  s: {Image: x}\n  condition: s\n'),
    rules: 1,
  },
  {
    what: 'correlations that ask for each other',
    size: 20,
    text: (n) =>
      Array.from(
        { length: n },
        (_, i) =>
          `title: t\nname: c${i}\ncorrelation: {type: event_count, rules: [c${(i + 1) % n}], group-by: [Image], timespan: 5m, condition: {gte: 2}}\n---\n`,
      ).join(''),
    rules: 0,
  },
]
