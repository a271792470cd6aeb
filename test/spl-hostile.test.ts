// Values come from whoever writes the telemetry: none may hang a search or end the process.
import { describe, expect, it } from 'vitest'

import { flattenJson, parseJson, readPath } from '../src/base/json-path.ts'
import { Wildcard } from '../src/executors/pipeline/row.ts'
import { xmlPairs } from '../src/executors/pipeline/functions/xml-path.ts'
import { parseLookup } from '../src/executors/pipeline/csv.ts'
import { Hunt } from '../src/executors/pipeline/index.ts'
import {
  compileSearch,
  parseCondition,
  parseValue,
} from '../src/languages/spl/index.ts'

function refusalOf(text: string) {
  const { search } = compileSearch(text)
  const hunt = new Hunt(search!, {
    now: 0,
    lookups: new Map(),
    parseCondition,
    parseValue,
  })
  hunt.endPass()
  return hunt.result().refusal?.message
}

const long = 300_000

describe('hostile values', () => {
  it.each([
    '<a ',
    '<!--',
    '<![CDATA[',
    '<?',
    '<!',
    '<a "',
    '<a \'"',
    '</a>',
    '<a>',
    '&#x',
    '<a>b</a>',
    `<${'a'.repeat(50)} `,
  ])('XML made of %j is passed over in one go', (part) => {
    expect(() =>
      xmlPairs(part.repeat(Math.floor(long / part.length))),
    ).not.toThrow()
  })

  it('JSON that is nested beyond reason has no text', () => {
    const deep = `{"a":${'['.repeat(long)}${']'.repeat(long)}}`
    const json = parseJson(deep)
    if (json === undefined) return
    expect(readPath(json, 'a')).toEqual([])
    expect(flattenJson(json).size).toBe(0)
  })

  it('wildcards try nothing twice', () => {
    const pattern = new Wildcard('*a*b*c*d*e*f')
    expect(pattern.match('ab'.repeat(long))).toBeUndefined()
    expect(new Wildcard('x*y*z').match('x1y2y3z')).toEqual(['1', '2y3'])
  })

  it('a CSV with one open quote is one cell', () => {
    const { table } = parseLookup(`a,b\n"${'x\n'.repeat(long)}`)
    expect(table.rows).toHaveLength(1)
  })

  it('lists of long texts cannot be joined without bound', () => {
    const doubling = Array.from(
      { length: 20 },
      () => 'eval a=mvappend(a,a)',
    ).join(' | ')
    const start =
      '| makeresults | eval a=mvjoin(mvrange(0,90000),"xxxxxxxxxx") |'
    expect(refusalOf(`${start} ${doubling} | eval b=mvjoin(a,"")`)).toContain(
      'characters',
    )
    expect(refusalOf(`${start} ${doubling} | nomv a`)).toContain('characters')
    expect(refusalOf(`${start} ${doubling} | eval b=a."x"`)).toContain(
      'characters',
    )
    expect(
      refusalOf(`${start} ${doubling} | eval b=mv_to_json_array(a)`),
    ).toContain('characters')
  })
})
