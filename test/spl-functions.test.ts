// Functions take whatever telemetry holds, and what searches make of it stays bounded.
import { describe, expect, it } from 'vitest'

import { compileExpression } from '../src/executors/pipeline/expression.ts'
import { Hunt } from '../src/executors/pipeline/index.ts'
import {
  compileSearch,
  parseCondition,
  parseValue,
} from '../src/languages/spl/index.ts'
import { arityOf, type FunctionName, functions } from '../src/ir/functions.ts'

const context = { now: 0, lookups: new Map(), parseCondition, parseValue }

function rowsOf(text: string) {
  const { search, diagnostics } = compileSearch(text)
  expect(diagnostics.filter((d) => d.severity === 'error')).toEqual([])
  const hunt = new Hunt(search!, context)
  hunt.endPass()
  return hunt.result()
}

describe('functions', () => {
  it('give a result or null for null, and never throw', () => {
    for (const name of Object.keys(functions) as FunctionName[]) {
      const { least: count } = arityOf(functions[name])
      for (const value of ['x', '', '1', -1, 1e308]) {
        const of = Array.from({ length: count }, (_, i) =>
          i === 0
            ? ({ kind: 'field', name: 'a' } as const)
            : ({ kind: 'literal', value } as const),
        )
        const run = compileExpression({ kind: 'call', name, of })
        for (const a of [null, 'x', '', 5, ['p', 'q'], '{"a":[1]}']) {
          expect(() => run({ now: 0, get: () => a })).not.toThrow()
        }
      }
    }
  })
})

describe('bounds', () => {
  it('an expression that doubles a text again and again ends with a message', () => {
    const doubling = Array.from({ length: 40 }, () => 'eval a=a.a').join(' | ')
    const { refusal, rows } = rowsOf(
      `| makeresults | eval a="xxxxxxxxxx" | ${doubling}`,
    )
    expect(refusal?.message).toContain('10,000,000 characters')
    expect(rows).toEqual([])
  })

  it('rows that multiply end with a message', () => {
    const { refusal } = rowsOf(
      '| makeresults count=1000 | eval a=mvrange(0,1000) | mvexpand a | sort 0 a | stats count',
    )
    expect(refusal?.message).toContain('"sort": rows would hold more than')
  })

  it('a list of values stays bounded', () => {
    const { rows } = rowsOf(
      '| makeresults | eval n=mvcount(mvrange(0,100000000)) | table n',
    )
    expect(rows[0]?.get('n')).toBe(100_000)
  })

  it('a window of rows is bounded', () => {
    const { refusal } = rowsOf(
      '| makeresults | streamstats window=1000000 count',
    )
    expect(refusal?.message).toContain('window')
  })

  it('head says when nothing more is needed', () => {
    const { search } = compileSearch('a=* | head 1')
    const hunt = new Hunt(search!, context)
    expect(hunt.done).toBe(false)
    hunt.endPass()
    const none = new Hunt(compileSearch('* | head 0').search!, context)
    expect(none.done).toBe(true)
  })

  it('a search in brackets asks for a second pass', () => {
    const hunt = (text: string) =>
      new Hunt(compileSearch(text).search!, context).passes
    expect(hunt('a=1 | join u [ search b=1 ]')).toBe(1)
    expect(hunt('a=1 [ search b=1 | fields c ]')).toBe(2)
    expect(hunt('a=1 [ search b=1 [ search c=1 | fields d ] ]')).toBe(3)
  })
})
