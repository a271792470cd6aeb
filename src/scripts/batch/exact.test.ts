// What cmd.exe makes of expansions, arithmetic and groups, as it was seen to do.
import { describe, expect, it } from 'vitest'

import { readScript } from '../index.ts'

function started(...lines: readonly string[]): string[] {
  const text = lines.join('\r\n')
  const actions = readScript(text, { name: 'a.bat' })!.actions
  return actions.flatMap((a) =>
    a.kind === 'start' ? [a.target.replace(/^tool\.exe /, '')] : [],
  )
}

describe('a batch file', () => {
  it('reads arithmetic in quotes wherever they stand', () => {
    expect(started('set /a n="1<<4|3"', 'tool.exe %n%')).toEqual(['19'])
  })

  it('does not keep a number where an expression that sets it cannot be read', () => {
    const lines = ['set /a n=5', 'set /a n=7 ? 3', 'tool.exe [%n%]']
    expect(started(...lines)).toEqual(['[%n%]'])
  })

  it('keeps a digit at the end of what is not redirected', () => {
    expect(started('set /a n=7 %% 3', 'tool.exe %n%')).toEqual(['1'])
  })

  it('takes signs of a late variable for letters', () => {
    const lines = [
      'setlocal enabledelayedexpansion',
      'set "v=a^&b"',
      'tool.exe !v!',
    ]
    expect(started(...lines)).toEqual(['a^&b'])
  })

  it('cuts a line at a sign that a caret kept in a variable', () => {
    const lines = ['set v=a^&tool.exe two', 'tool.exe %v%']
    expect(started(...lines)).toEqual(['a', 'two'])
  })

  it('does not cut what is empty', () => {
    expect(started('set e=', 'tool.exe [%e:~1,2%]')).toEqual(['[%e:~1,2%]'])
  })

  it('writes a group whose redirection stands before it', () => {
    const lines = [
      '>%TEMP%\\a.js (',
      'echo new ActiveXObject^("Shell.Application"^)',
      ')',
      'wscript %TEMP%\\a.js',
    ]
    const actions = readScript(lines.join('\r\n'), { name: 'a.bat' })!.actions
    expect(actions.map((a) => a.target)).toContain('Shell.Application')
  })

  it('prints an empty line and starts nothing', () => {
    expect(started('echo.')).toEqual([])
  })
})
