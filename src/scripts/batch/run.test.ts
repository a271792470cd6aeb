import { describe, expect, it } from 'vitest'

import { readScript } from '../index.ts'

import { hiddenBy, told } from '../../../test/scripts/told.ts'

const lines = (...all: readonly string[]) => all.join('\r\n')
const starts = (text: string) =>
  told(text, 'batch').filter((a) => a.startsWith('start '))

/** What of a line is put together: it starts what the other says. */
const madeOf: readonly (readonly [string, string])[] = [
  [
    lines(
      'setlocal enabledelayedexpansion',
      'set k=abcdefghijklmnopqrstuvwxyz',
      'for %%i in (12 18 7 19 0) do set o=!o!!k:~%%i,1!',
      '!o! x',
    ),
    'mshta x',
  ],
  [
    lines(
      'set z=exe.clac',
      'set r=',
      'for /L %%i in (7,-1,0) do set r=!r!!z:~%%i,1!',
      'start "" "!r!"',
    ),
    'calc.exe',
  ],
  [
    lines(
      'set "s=c-a-l-c"',
      'set "s=!s:-=__!"',
      'for /l %%i in (0,3,9) do (',
      '  call set "c=%%s:~%%i,1%%"',
      '  set "o=!o!!c!"',
      ')',
      'start "" !o!.exe',
    ),
    'calc.exe',
  ],
  [
    lines(
      'set i=0',
      'set k=mshta',
      ':loop',
      'if %i%==5 goto done',
      'call set c=%%k:~%i%,1%%',
      'set r=%r%%c%',
      'set /a i+=1',
      'goto loop',
      ':done',
      '%r% x',
    ),
    'mshta x',
  ],
  [
    lines(
      'call :join ca lc .e xe',
      'start "" %o%',
      'goto :eof',
      ':join',
      'if "%1"=="" exit /b',
      'set o=%o%%~1',
      'shift',
      'goto join',
    ),
    'calc.exe',
  ],
  [
    `for /f "tokens=2 delims==" %%a in ('set comspec') do %%a /c calc`,
    'C:\\Windows\\system32\\cmd.exe /c calc',
  ],
  [
    `for /f "tokens=2 delims=f=" %%a in ('assoc .cmd') do %%a /c calc`,
    'cmd /c calc',
  ],
  [
    `set x=ca\r\nfor /f "tokens=2 delims==" %%a in ('set x') do start "" %%alc.exe`,
    'calc.exe',
  ],
  [
    `for /f "usebackq tokens=1,3" %%a in (\`echo ca x lc\`) do start "" %%a%%b.exe`,
    'calc.exe',
  ],
  ['set x=xcxaxlxcx\r\nstart "" %x:x=%.exe', 'calc.exe'],
  ['set x=zzz-calc.exe\r\nstart "" %x:*-=%', 'calc.exe'],
  ['set /a n=(3*5+1) ^<^< 1, m=n%%5\r\nstart "" a%n%%m%.exe', 'a322.exe'],
  ['cmd /v:on /c "set x=cal&& set y=c.exe&& start !x!!y!"', 'calc.exe'],
  ['p%zq%o%ww%w%aa%e%bb%r%cc%shell -c x', 'powershell -c x'],
  ['set a=for&set b=%%i in (calc.exe) do start %%i\r\n%a% %b%', 'calc.exe'],
  ['set c=start&set "d=ca^lc.exe"\r\n%c% %d%', 'calc.exe'],
  ['for %%f in ("C:\\a\\calc.exe") do start "" %%~nxf', 'calc.exe'],
  [
    'if not "x"=="y" if /i "A" equ "a" (start calc.exe) else start no.exe',
    'calc.exe',
  ],
]

describe('a batch file', () => {
  it.each(madeOf)('is folded: %s', (text, line) => {
    expect(starts(text)).toContain(`start ${line}`)
  })

  it('shows as it stands what is not known, and nothing else', () => {
    const text = lines(
      'setlocal enabledelayedexpansion',
      'set k=abc',
      'set c=!k:~%random%,1!',
      'start "" x!c!.exe',
      'start "" y%~1.exe',
      'set /p q=name',
      'start "" z%q%.exe',
      'set /a n=%count%+1',
      'start "" w%n%.exe',
    )
    expect(starts(text)).toEqual([
      'start x!k:~%random%,1!.exe',
      'start y%~1.exe',
      'start z%q%.exe',
      'start w%n%.exe',
    ])
  })

  it('goes both ways where a choice is open, and on from what is set on them', () => {
    const text = lines(
      'if exist c:\\x (set m=1) else (set m=2)',
      'if %m%==1 (start one.exe) else (start two.exe)',
      'if defined unset start three.exe',
      'if 1==2 start never.exe',
    )
    expect(starts(text)).toEqual([
      'start one.exe',
      'start two.exe',
      'start three.exe',
    ])
  })

  it('says both of what one of two ways has set', () => {
    const text = lines(
      'if exist c:\\x (set p=one.exe) else set p=two.exe',
      'start %p%',
      'set p=three.exe',
      'start %p%',
    )
    expect(starts(text)).toEqual([
      'start two.exe',
      'start one.exe',
      'start three.exe',
    ])
  })

  it('has the title of a window behind its switches', () => {
    expect(starts('start /min "" mshta x')).toContain('start mshta x')
  })

  it('expands a group before any of it is run, but for what stands between exclamation marks', () => {
    const text = lines(
      'set x=a',
      '(',
      'set x=b',
      'start %x%.exe',
      'start !x!.exe',
      ')',
    )
    expect(starts(text)).toEqual(['start a.exe', 'start b.exe'])
  })

  it('keeps what was doubted in a loop whose rounds nobody knows', () => {
    const text = lines(
      "for /f %%a in ('dir /b') do set seen=1",
      'if "%seen%"=="1" (start one.exe) else (start two.exe)',
    )
    expect(starts(text)).toEqual(['start one.exe', 'start two.exe'])
  })

  it('names what a command of a loop would print in all its parts', () => {
    const text = `for /f "tokens=1,2" %%a in ('hostname') do start %%a\\%%b.exe`
    expect(starts(text)).toEqual(['start {output}\\{output}.exe'])
  })

  it('is read where nobody jumps, too', () => {
    const text = lines(
      'goto end',
      ':other',
      'start a.exe',
      'exit /b',
      'start b.exe',
      ':end',
    )
    expect(starts(text)).toEqual(['start a.exe', 'start b.exe'])
  })

  it('ends where it jumps back for ever', () => {
    const text = lines(':again', 'start a.exe', 'goto again')
    expect(starts(text)).toEqual(['start a.exe'])
    expect(readScript(text, { language: 'batch' })!.limits).toEqual([])
  })

  it('says that it leaves a loop', () => {
    const { limits } = readScript('for /l %%i in (1,1,99999) do set x=%%i', {
      language: 'batch',
    })!
    expect(limits).toEqual(['a loop of over 4096 rounds is left'])
  })

  it.each([
    ['doubles', 'set x=a\r\nfor /l %%i in (1,1,4096) do set x=!x!!x!'],
    ['repeats', `for /l %%i in (1,1,4096) do echo ${'a'.repeat(50_000)}`],
    ['calls itself', `:a\r\necho ${'a'.repeat(50_000)}\r\ncall :a\r\ncall :a`],
  ])('ends where a line %s', (_, text) => {
    const { limits } = readScript(text, { language: 'batch' })!
    expect(limits.join()).toMatch(/units were folded, the rest is not|is cut/)
  })

  it('has the variables of whoever starts it, and gives its own on', () => {
    expect(
      told(`$env:zz='calc.exe'\ncmd /c start %zz%`, 'powershell'),
    ).toContain('start calc.exe')
    expect(
      told(
        'set zz=A.B\r\npowershell -c "New-Object -ComObject $env:zz"',
        'batch',
      ),
    ).toContain('com A.B')
    const vbs = lines(
      'With CreateObject("WScript.Shell")',
      '.Environment("PROCESS")("zz")="calc.exe"',
      '.Run "cmd /c %zz%"',
      '.Run(.ExpandEnvironmentStrings("x%zz%"))',
      'End With',
    )
    expect(told(vbs, 'vbscript')).toContain('start calc.exe')
    expect(told(vbs, 'vbscript')).toContain('start xcalc.exe')
  })

  it('says how it was hidden', () => {
    expect(hiddenBy(madeOf[0]![0], 'batch')).toEqual(['slices', 'environment'])
  })
})

describe('a file that a batch file writes', () => {
  const made = 'CreateObject("A.B")'
  it.each([
    [`echo ${made} > x.vbs`, 'cscript //nologo x.vbs'],
    [
      lines(
        '(',
        `echo ${made.slice(0, 5)}_`,
        `echo ${made.slice(5).replace('(', '^(').replace(')', '^)')}`,
        ') > x.vbs',
      ).replace('Creat_\r\necho e', 'Create'),
      'cscript x.vbs',
    ],
    [`echo ${made} > x.txt`, 'cscript //e:vbscript x.txt'],
    [`echo ${made} > x.txt\r\ncopy x.txt y.vbs`, 'wscript y.vbs'],
    [
      `echo ${Buffer.from(made).toString('base64')} > x.b64\r\ncertutil -decode x.b64 y.vbs`,
      'wscript y.vbs',
    ],
    [
      'echo New-Object -ComObject A.B > x.ps1',
      'powershell -ep bypass -file x.ps1',
    ],
    [
      'echo New-Object -ComObject A.B > x.txt',
      'powershell -c "iex (gc x.txt -raw)"',
    ],
    [
      'echo|set /p="New-Object -ComObject " > x.ps1\r\necho A.B >> x.ps1',
      'powershell -file x.ps1',
    ],
    [
      `<nul set /p="${made.replaceAll('"', '')}" > x.txt\r\necho ${made} > x.vbs`,
      'cscript x.vbs',
    ],
  ])('is read where it is run: %s', (written, run) => {
    expect(told(lines(written, run), 'batch')).toContain('com A.B')
  })
})
