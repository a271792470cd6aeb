import { describe, expect, it } from 'vitest'

import { oneLine, shownJson } from './shown.ts'

describe('oneLine', () => {
  it('shows controls, marks of direction and what has no width as escapes', () => {
    expect(oneLine('a\u001bb\nc\td')).toBe('a\\u001bb c d')
    expect(oneLine('\u009b2J\u202eexe\u200b')).toBe(
      '\\u009b2J\\u202eexe\\u200b',
    )
  })

  it('leaves letters of any script alone', () => {
    expect(oneLine('ärger 漢字 😀')).toBe('ärger 漢字 😀')
  })
})

describe('shownJson', () => {
  it('means the same and holds nothing that steers a terminal', () => {
    const value = { 'a\u009b': 'b\u202e\u007f\u2028ä', c: ['\u0007'] }
    const text = shownJson(`${JSON.stringify(value)}\n`)
    expect(text).not.toMatch(/[\u0000-\u0009\u007f-\u009f\u2028-\u202e]/)
    expect(JSON.parse(text)).toEqual(value)
    expect(text.endsWith('\n')).toBe(true)
  })
})
