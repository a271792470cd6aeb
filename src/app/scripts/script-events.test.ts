import { describe, expect, it } from 'vitest'

import { insideOf, Readings } from './script-events.ts'

const script = (n: number, length: number) =>
  `Set s = CreateObject("WScript.Shell")\ns.Run "${n}${'x'.repeat(length)}"`

describe('readings of scripts', () => {
  it('are remembered: the same text is read once', () => {
    const readings = new Readings()
    const first = readings.of(script(1, 10), 'vbscript')
    expect(first?.actions.length).toBeGreaterThan(0)
    expect(readings.of(script(1, 10), 'vbscript')).toBe(first)
    expect(readings.of(script(1, 10), 'vba')).not.toBe(first)
  })

  it('are forgotten where their texts are many bytes', () => {
    const readings = new Readings()
    const first = readings.of(script(0, 10_000), 'vbscript')
    for (let n = 1; n < 400; n++) readings.of(script(n, 10_000), 'vbscript')
    expect(readings.of(script(0, 10_000), 'vbscript')).not.toBe(first)
  })
})

describe('script on a command line', () => {
  const languageOf = (line: string) =>
    insideOf(new Readings().of(line, 'batch')!)?.language

  it('is of the language of the interpreter that it is handed to', () => {
    const line =
      'powershell -ep bypass -Command "New-Object -ComObject WScript.Shell"'
    expect(languageOf(line)).toBe('powershell')
    expect(languageOf(`cmd /c ${line}`)).not.toBeUndefined()
  })

  it('is of the shell that reads the line where no other is', () => {
    expect(languageOf('cmd /c echo x > \\\\.\\pipe\\evil')).toBe('batch')
  })
})
