import { describe, expect, it } from 'vitest'

import { told } from '../../../test/scripts/told.ts'

const lines = (...all: readonly string[]) => all.join('\r\n')
const js = `new ActiveXObject("A.B");`
const vbs = `CreateObject("A.B")`
const ps = `New-Object -ComObject A.B`

describe('a file of two languages', () => {
  it.each([
    lines(
      '@if (@X)==(@Y) @end /*',
      '@cscript //E:JScript //nologo "%~f0" %*',
      '@exit /b',
      '*/',
      js,
    ),
    lines(
      '0</* :',
      '@cscript /nologo /E:jscript "%~f0"',
      '@exit /b',
      '*/0;',
      js,
    ),
    lines(
      '@set @x=1 /*',
      '@cscript //E:JScript "%~dpnx0"',
      '@goto :eof',
      '@set @x=@x */',
      js,
    ),
    lines(
      '<# : batch',
      '@powershell -nop -c "iex ((gc \'%~f0\') -join [char]10)"',
      '@exit /b',
      '#>',
      ps,
    ),
    lines(
      '<# :',
      '@powershell -nop "iex ($' + '{%~f0} | out-string)"',
      '@exit /b',
      '#>',
      ps,
    ),
    lines('<#', '@unknown "%~f0"', '@exit /b', '#>', ps),
    lines(
      '@echo off',
      'powershell -c "gc \'%~f0\' | select -skip 3 | out-string | iex"',
      'exit /b',
      ps,
    ),
    lines(
      '@echo off',
      "powershell -c \"$t=[IO.File]::ReadAllText('%~f0') -split ':PS\\r?\\n'; iex $t[1]\"",
      'exit /b',
      ':PS',
      ps,
    ),
    lines(
      `::' hybrid`,
      'rem^ &@cscript //nologo //e:vbscript "%~f0" %*',
      'rem^ &@exit /b',
      vbs,
    ),
    lines(
      '<!-- : batch',
      '@cscript //nologo "%~f0?.wsf"',
      '@exit /b',
      '--->',
      `<job><script language="VBScript">${vbs}</script></job>`,
    ),
    lines(
      '<!-- :: batch',
      '@mshta.exe "%~f0"',
      '@exit /b',
      '-->',
      `<script language="VBScript">${vbs}</script>`,
    ),
    lines(
      '@more +3 "%~f0" > "%temp%\\x.js"',
      '@cscript "%temp%\\x.js"',
      '@exit /b',
      js,
    ),
    lines(
      '@findstr /b "::" "%~f0" > %temp%\\y.vbs',
      '@cscript %temp%\\y.vbs',
      '@exit /b',
      `::${vbs}`,
    ),
  ])('is read as both: %s', (text) => {
    const actions = told(text, 'batch')
    expect(actions).toContain('com A.B')
    // Lines of the other language are no commands of this one.
    expect(
      actions.filter((a) => /^start (?:\*\/|New-|new |Create|<)/.test(a)),
    ).toEqual([])
  })

  it('is a batch file where it only shows its own lines', () => {
    const text = lines(
      '@echo off',
      'findstr /b "::" "%~f0"',
      'goto :eof',
      ':: usage',
      ':other',
      'start calc.exe',
    )
    expect(told(text, 'batch')).toEqual(['start calc.exe'])
  })
})
