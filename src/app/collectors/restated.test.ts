import { describe, expect, it } from 'vitest'

import type { Finding } from '../../findings/finding.ts'

import { WrittenText } from '../../findings/written.ts'

import { Restated } from './restated.ts'

const line = (id: string, record: number) =>
  `{"id":"${id}${record}","time":null,"host":null,"rule":{"id":"${id}","title":"${id}","level":"low"},"techniques":[],"evidence":[{"file":"a","record":${record},"offset":0,"time":null,"logSource":{},"fields":{}}],"explanation":{}}`

/** Rule `p` says again what `r` and `s` say. */
function told(findings: readonly (readonly [string, number])[]) {
  const out: string[] = []
  const restated = new Restated(new Map([['p', ['r', 's']]]), (f, id) => {
    const { rule, evidence, alsoRules } = JSON.parse(f.text()) as Finding
    expect(rule.id).toBe(id)
    const also = alsoRules ? ` also ${alsoRules.map((r) => r.id).join()}` : ''
    out.push(`${id}${evidence[0]!.record}${also}`)
  })
  for (const [id, record] of findings) {
    restated.take(new WrittenText(line(id, record)), id, 0, record)
  }
  restated.flush()
  return out
}

describe('two rules that say the same of a record', () => {
  it('are one finding that names both, in any order', () => {
    expect(
      told([
        ['p', 1],
        ['r', 1],
      ]),
    ).toEqual(['r1 also p'])
    expect(
      told([
        ['r', 1],
        ['p', 1],
      ]),
    ).toEqual(['r1 also p'])
  })

  it('are two on two records', () => {
    expect(
      told([
        ['p', 1],
        ['r', 2],
        ['p', 3],
      ]),
    ).toEqual(['p1', 'r2', 'p3'])
  })

  it('leave other rules as they are', () => {
    expect(
      told([
        ['p', 1],
        ['x', 1],
        ['s', 1],
        ['r', 1],
      ]),
    ).toEqual(['x1', 's1 also p', 'r1'])
  })
})
