import { describe, expect, it } from 'vitest'

import type { Predicate } from '../../ir/predicate.ts'

import { ruleOf } from '../../../test/tools/event-of.ts'

import { edgesAreAwaited, isPrompt } from './prompt-edges.ts'

const is = (field: string, text = 'a'): Predicate => ({
  kind: 'text',
  field,
  pattern: [text],
  cased: false,
})
const not = (of: Predicate): Predicate => ({ kind: 'not', of })
const all = (...of: Predicate[]): Predicate => ({ kind: 'and', of })
const some = (...of: Predicate[]): Predicate => ({ kind: 'or', of })
const edges = { product: 'linux', category: 'ipc_edge' }

describe('a rule on edges tells before the edge ends', () => {
  it.each<[string, Predicate]>([
    ['asks who and through what', all(is('EdgeKind'), is('ClientImage'))],
    ['cannot do without what came of it', all(is('EdgeKind'), is('OutcomeOf'))],
    [
      'denies something of what came of it, which is asked besides',
      all(is('OutcomeImage'), not(is('OutcomeUser'))),
    ],
  ])('that %s', (_, condition) => {
    expect(isPrompt(ruleOf(condition, edges))).toBe(true)
  })

  it.each<[string, Predicate]>([
    ['asks how often', all(is('EdgeKind'), is('EdgeCount'))],
    ['asks until when', is('EdgeLast')],
    [
      'holds where nothing came of it',
      all(is('EdgeKind'), not(is('OutcomeOf'))),
    ],
    [
      'holds where nothing came of it, among others',
      some(is('OutcomeOf'), is('ClientImage')),
    ],
    ['asks what is rare', is('RareModuleCount')],
    ['asks for a word anywhere', { kind: 'keyword', pattern: ['a'] } as never],
  ])('but for one that %s', (_, condition) => {
    expect(isPrompt(ruleOf(condition, edges))).toBe(false)
  })

  it('but for one on other events', () => {
    const events = { product: 'linux', category: 'process_creation' }
    expect(isPrompt(ruleOf(is('ClientImage'), events))).toBe(false)
  })
})

it('what correlations make of edges waits for their ends', () => {
  const edge = ruleOf(is('EdgeKind'), edges, 'edge')
  const start = ruleOf(is('Image'), { category: 'process_creation' }, 'start')
  const both = (...rules: string[]) => ({
    kind: 'correlation' as const,
    meta: ruleOf(is('Image'), {}, 'both').meta,
    correlation: 'temporal' as const,
    rules,
    groupBy: [],
    aliases: {},
    windowMs: 1_000,
    condition: { kind: 'compare', bounds: {}, fields: [] } as const,
    emits: true,
  })
  expect(edgesAreAwaited([edge, start, both('start')])).toBe(false)
  expect(edgesAreAwaited([edge, start, both('start', 'edge')])).toBe(true)
})
