import { describe, expect, it } from 'vitest'

import { type Language, readScript } from './index.ts'

function told(text: string, language: Language): string[] {
  const reading = readScript(text, { language })
  return (reading?.actions ?? []).map(
    ({ kind, target, host }) => `${kind} ${target}${host ? ` on ${host}` : ''}`,
  )
}

describe('readScript', () => {
  it('tells a COM object whose name is put together, and its method', () => {
    const text = [
      'Set s = CreateObject("WScr" & "ipt." & StrReverse("llehS"))',
      's.Run Chr(99) & "md /c " & Replace("w@i","@","ho"), 0',
    ].join('\n')
    expect(told(text, 'vbscript')).toEqual([
      'com WScript.Shell',
      'start cmd /c whoi',
    ])
  })

  it('follows a loop with a literal key', () => {
    const text = [
      'For Each c In Array(105,111,110)',
      's = s & Chr(c Xor 10)',
      'Next',
      'Shell s',
    ].join('\n')
    expect(told(text, 'vba')).toEqual(['start ced'])
  })

  it('reads text that is run as code, and points at where it is run', () => {
    const text = `x = 1\nexec(__import__('base64').b64decode('aW1wb3J0IG9zCm9zLnN5c3RlbSgiaWQiKQ=='))\n`
    const [, start] = readScript(text, { language: 'python' })!.actions
    expect(start).toMatchObject({ kind: 'start', target: 'id', depth: 1 })
    expect(start?.obfuscation).toEqual(['base64'])
    expect(text.slice(start!.offset, start!.offset + start!.length)).toBe(
      `exec(__import__('base64').b64decode('aW1wb3J0IG9zCm9zLnN5c3RlbSgiaWQiKQ=='))`,
    )
  })

  it.each([
    ['mshta vbscript:CreateObject("A.B").Run("x")(close)', 'com A.B'],
    ['cmd /c start "t" /min mshta vbscript:CreateObject("A.B")', 'com A.B'],
    ['powershell -Command "& {New-Object -ComObject \\"A.B\\"}"', 'com A.B'],
    [
      'forfiles /p c:\\ /m a.exe /c "powershell -c \\"New-Object -ComObject A.B\\""',
      'com A.B',
    ],
    ['conhost --headless powershell -c New-Object -ComObject A.B', 'com A.B'],
    [
      `ssh -o ProxyCommand="powershell -c New-Object -ComObject 'A.B'" .`,
      'com A.B',
    ],
    [
      `for /f %%i in ('powershell -c "(New-Object -ComObject A.B).C()"') do echo %%i`,
      'com A.B',
    ],
  ])(
    'a line of a batch file keeps the quotes of its script: %s',
    (line, com) => {
      expect(told(line, 'batch')).toContain(com)
    },
  )

  it('calls functions of other scripts of the same page, in whatever language', () => {
    const text = `<job><script language="JScript">function Turn(s){return s.split('').reverse().join('');} var name = "B.A";</script><script language="VBScript">Set s = CreateObject(Turn(name))</script></job>`
    expect(told(text, 'wsf')).toEqual(['com A.B'])
  })

  it.each([
    [
      'wsf',
      '<object id="Sh" progid="WScript.Shell"/>',
      'vbscript',
      'sh.Run "calc"',
    ],
    [
      'sct',
      '<object id="Sh" progid="WScript.Shell.1"/>',
      'jscript',
      'Sh.Run("calc")',
    ],
    [
      'hta',
      '<object id=Sh classid="clsid:72C24DD5-D70A-438B-8A42-98424B88AFB8"></object>',
      'vbscript',
      'Sh.Run "calc"',
    ],
  ] as const)(
    'know the objects that a page (%s) makes by their names',
    (kind, made, language, line) => {
      const text = `<package>${made}<script language="${language}">${line}</script></package>`
      expect(told(text, kind)).toContain('start calc')
    },
  )

  it('says of a macro from which procedure that starts by itself something is reached', () => {
    const text =
      'Sub Help()\nShell "a"\nEnd Sub\nSub Other()\nShell "b"\nEnd Sub\nPrivate Sub Document_Open()\nHelp\nEnd Sub'
    const { actions } = readScript(text, { language: 'vba' })!
    expect(actions.map(({ target, entry }) => [target, entry])).toEqual([
      ['a', 'document_open'],
      ['b', undefined],
    ])
  })

  it.each([
    [
      'jscript',
      'var s=[],e=[66,47,67];for(var i=0;i<e.length;i++){s.push(String.fromCharCode(e[i]-1));}new ActiveXObject(s.join(""))',
    ],
    [
      'jscript',
      'var f=String["from"+"CharCode"],i=3,s="",e=[65,46,66];while(i--)s=f(e[i])+s;new ActiveXObject(s)',
    ],
    [
      'powershell',
      '$j=0; while ($j -lt 3) { $s += [char](65,46,66)[$j++] }; New-Object -ComObject $s',
    ],
    [
      'powershell',
      'for ($i=65;$i -lt 67;++$i) { $s += [char]$i }; New-Object -ComObject ($s -replace "AB","A.B")',
    ],
    ['ruby', "require 'win32ole'; WIN32OLE.new('A-B'.sub('-','.'))"],
  ] as const)('counts as %s does: %s', (language, text) => {
    expect(told(text, language)).toContain('com A.B')
  })

  it('has what a batch file calls expanded once more', () => {
    const text =
      'for %%a in (c a l c) do call set "t=%%t%%%%a"\n%t% vbscript:CreateObject("A.B")'
    expect(told(text.replace('c a l c', 'm s h t a'), 'batch')).toContain(
      'com A.B',
    )
  })

  it('takes the topic of Perl where a function is given nothing', () => {
    const text = 'exec join("", map { chr } (105,100));'
    expect(told(text, 'perl')).toContain('start id')
  })

  it.each([
    `iex 'aQQb'.Replace(('Q'+'Q'),'')`,
    `iex 'aQb'.Replace([char]81,[string]'')`,
    `iex 'axyb'.Replace('x'+'y','')`,
    `iex ([string]::Join('',('a','b')))`,
    `iex ([string]::Concat('a',('b','c')[0]))`,
  ])('commas part what a method of PowerShell is given: %s', (text) => {
    expect(told(text, 'powershell')).toContain('evaluate ab')
  })

  it('tells the other host of an object', () => {
    const text = 'Set m = CreateObject("MMC20.Application", "dc01")'
    expect(told(text, 'vbscript')).toEqual(['com MMC20.Application on dc01'])
  })

  it('finds what is in functions that nobody calls', () => {
    const text = 'Sub AutoOpen()\nShell "calc"\nEnd Sub'
    expect(told(text, 'vba')).toEqual(['start calc'])
  })

  it('takes nothing from comments and from text that is only said', () => {
    const text = `' CreateObject("WScript.Shell")\nx = "CreateObject(""a.b"")"\n`
    expect(told(text, 'vbscript')).toEqual([])
  })

  it('knows no language where nothing tells', () => {
    expect(readScript('just a few words of text')).toBeUndefined()
  })
})
