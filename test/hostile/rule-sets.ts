// Sets of rules that somebody designed, of any size, and what must come of each.
export interface HostileRuleSet {
  readonly what: string
  readonly size: number
  text(size: number): string
  /** Rules in force. */
  rules(size: number): number
  /** Findings of the one event that each is tried with. */
  findings(size: number): number
}

const head = (title: string) =>
  `title: ${title}\nname: ${title}\nlogsource: {product: windows}\n`

const hit = (title: string) =>
  `${head(title)}detection: {s: {Image: 'C:\\good.exe'}, condition: s}\n`

function each(n: number, make: (i: number) => string): string[] {
  return Array.from({ length: n }, (_, i) => make(i))
}

export const ruleSets: readonly HostileRuleSet[] = [
  {
    what: 'values with more dashes than can be encoded',
    size: 100,
    text: (n) =>
      `${head('t')}detection:\n  s:\n    Image|windash|base64offset|contains:\n${each(n, (i) => `    - '-a -b -c -d -e -f /${i}'\n`).join('')}  condition: s\n---\n${hit('other')}`,
    rules: () => 1,
    findings: () => 1,
  },
  {
    what: 'fields that no event has',
    size: 300,
    text: (n) =>
      `${head('t')}detection:\n  s:\n${each(n, (i) => `    F${i}|fieldref: F${i + 1}\n`).join('')}  condition: s\n`,
    rules: () => 1,
    findings: () => 0,
  },
  {
    what: 'a correlation of many rules that match at once',
    size: 200,
    text: (n) =>
      [
        ...each(n, (i) => hit(`b${i}`)),
        `title: c\ncorrelation: {type: temporal, rules: [${each(n, (i) => `b${i}`).join(', ')}], timespan: 5m}\n`,
      ].join('---\n'),
    rules: () => 1,
    findings: () => 1,
  },
  {
    what: 'a correlation of many rules of which most are named in a condition',
    size: 200,
    text: (n) =>
      [
        ...each(n, (i) => hit(`b${i}`)),
        `title: c\ncorrelation:\n  type: temporal\n  timespan: 5m\n  condition: ${each(n, (i) => `b${i}`).join(' or ')}\n`,
      ].join('---\n'),
    rules: () => 1,
    findings: () => 1,
  },
  {
    what: 'a filter of many rules',
    size: 200,
    text: (n) =>
      [
        ...each(n, (i) => hit(`b${i}`)),
        `${head('f')}filter: {rules: any, s: {Image: x}, condition: not s}\n`,
      ].join('---\n'),
    rules: (n) => n,
    findings: (n) => n,
  },
  {
    what: 'a rule of many filters',
    size: 200,
    text: (n) =>
      [
        hit('b'),
        ...each(
          n,
          (i) =>
            `${head(`f${i}`)}filter: {rules: [b], s: {Image: x${i}}, condition: not s}\n`,
        ),
      ].join('---\n'),
    rules: () => 1,
    findings: () => 1,
  },
]
