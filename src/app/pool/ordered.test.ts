import { describe, expect, it } from 'vitest'

import type { Piece, PieceReport } from '../reading/report.ts'
import { Ordered } from './ordered.ts'
import { takeTurn, turnsFor } from './turns.ts'

const pieces: Piece[] = Array.from({ length: 4 }, (_, n) => ({
  path: String(n),
  display: String(n),
  bytes: 1,
}))
const report = {} as PieceReport
const megabyte = { kind: 'text', text: 'x'.repeat(1024 * 1024) }

describe('what was found ahead of the oldest piece', () => {
  it('holds back who would begin another, until it could be handed on', () => {
    const turns = turnsFor(pieces.length, 4, 0)
    let batches = 0
    const events = { batch: () => batches++, done: () => {}, lost: () => {} }
    const order = new Ordered(pieces, events, turns)
    expect([takeTurn(turns), takeTurn(turns)]).toEqual([0, 1])
    for (let i = 0; i < 9; i++) order.batch(1, { parts: [megabyte] })
    order.done(1, report)
    expect(takeTurn(turns)).toBe('too far ahead')
    expect(batches).toBe(0)
    order.done(0, report)
    expect(batches).toBe(9)
    expect(takeTurn(turns)).toBe(2)
  })

  it('never holds back the oldest piece itself', () => {
    const turns = turnsFor(pieces.length, 4, 0)
    const events = { batch: () => {}, done: () => {}, lost: () => {} }
    const order = new Ordered(pieces, events, turns)
    for (let i = 0; i < 9; i++) order.batch(1, { parts: [megabyte] })
    expect(takeTurn(turns)).toBe(0)
  })
})
