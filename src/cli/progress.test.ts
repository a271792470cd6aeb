import { describe, expect, it } from 'vitest'

import { ProgressLine } from './progress.ts'

function written(isTTY: boolean, quiet: boolean): string[] {
  const lines: string[] = []
  const stream = { isTTY, write: (text: string) => lines.push(text) > 0 }
  const progress = new ProgressLine(
    stream as unknown as NodeJS.WriteStream,
    quiet,
  )
  progress.listed(1)
  progress.clear()
  return lines
}

describe('ProgressLine', () => {
  it('begins before anything is read', () => {
    expect(written(true, false)[0]).toContain('1 file found')
  })

  it('writes nothing where nobody looks, or wants to', () => {
    expect(written(false, false)).toEqual([])
    expect(written(true, true)).toEqual([])
  })
})
