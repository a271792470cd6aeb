import { describe, expect, it } from 'vitest'

import { Memo } from './memo.ts'

describe('a memo', () => {
  it('keeps a long value from its second coming on, a short one at once', () => {
    const memo = new Memo()
    const long = 'x'.repeat(1_000)
    expect(memo.admits(0, 'short')).toBe(true)
    expect([memo.admits(0, long), memo.admits(0, long)]).toEqual([false, true])
    expect(memo.admits(0, `${long}y`)).toBe(false)
    expect(memo.admits(1, long)).toBe(false)
  })
})
