import { describe, expect, it } from 'vitest'

import { readScript } from '../index.ts'

import { told } from '../../../test/scripts/told.ts'

const lines = (...all: readonly string[]) => all.join('\r\n')

describe('an object of COM', () => {
  it('whose class only a run would tell is told with what it starts', () => {
    const text = lines('Set o = CreateObject(GetName())', 'o.Run "calc.exe", 0')
    expect(told(text, 'vbscript')).toEqual([
      'com {getname}',
      'com {getname}.run',
      'start calc.exe',
    ])
  })

  it('is not hidden where its class id stands there', () => {
    const text =
      'GetObject("new:{72C24DD5-D70A-438B-8A42-98424B88AFB8}").Run "calc.exe"'
    expect(told(text, 'vbscript')).toEqual([
      'com new:{72C24DD5-D70A-438B-8A42-98424B88AFB8}',
      'start calc.exe',
    ])
  })

  it.each([
    [
      'a dictionary',
      lines(
        'Set d=CreateObject("Scripting.Dictionary")',
        'd.Add "a","A.B"',
        'd("b")="C.D"',
        'CreateObject d("a")',
        'CreateObject d.Item("b")',
      ),
      ['com Scripting.Dictionary', 'com A.B', 'com C.D'],
    ],
    [
      'the case that holds',
      lines(
        'Select Case LCase("TWO")',
        'Case "one", "three" : x="A.B"',
        'Case "two"',
        'If 1 Then',
        'x="C.D"',
        'End If',
        'Case Else : x="E.F"',
        'End Select',
        'CreateObject x',
      ),
      ['com C.D'],
    ],
    [
      'the default of an object',
      lines(
        'Class Cutter',
        'Private m',
        'Private Sub Class_Initialize : m = 2 : End Sub',
        'Public Default Property Get Cut(q) : Cut = Mid(q, m) : End Property',
        'End Class',
        'Class Plain',
        'Public Function Cut(q) : Cut = Mid(q, 2) : End Function',
        'End Class',
        'Set c = New Cutter : Set p = New Plain',
        'CreateObject c("xA.B")',
        'CreateObject p.Cut("xC.D")',
      ),
      ['com A.B', 'com C.D'],
    ],
    [
      'a pattern that is replaced',
      'Set r=New RegExp:r.Pattern="z":r.Global=True:CreateObject r.Replace("zAz.zB","")',
      ['com A.B'],
    ],
    [
      'a loop that counts from nothing',
      lines(
        'Do While i<3',
        'i=i+1',
        's=s&Mid("A.B",i,1)',
        'Loop',
        'CreateObject s',
      ),
      ['com A.B'],
    ],
    [
      'a property of an object of its own',
      lines(
        'With New K',
        '.P="A.B"',
        '.G',
        'End With',
        'Class K',
        'Private m',
        'Public Property Let P(v):m=v:End Property',
        'Public Sub G:CreateObject m:End Sub',
        'End Class',
      ),
      ['com A.B'],
    ],
    [
      'a loop that ends when a text says so',
      lines(
        's="AzzA"',
        'Do Until InStr(s,"z")=0',
        's=Replace(s,"z","")',
        'Loop',
        'Do',
        's=s&".B"',
        'Loop Until Len(s)>3',
        'CreateObject s',
      ),
      ['com AA.B'],
    ],
    [
      'a function by its name',
      lines('GetRef("Go")("A.B")', 'Sub Go(x):CreateObject x:End Sub'),
      ['com A.B'],
    ],
    [
      'an object within another',
      lines(
        'With CreateObject("Scripting.Dictionary")',
        '.Add "a","A.B"',
        'With CreateObject(.Item("a"))',
        '.C',
        'End With',
        'End With',
      ),
      ['com Scripting.Dictionary', 'com A.B'],
    ],
    [
      'a place of a list that a call gives',
      'CreateObject Split("x|A.B|y","|")(1)',
      ['com A.B'],
    ],
  ] as const)('has its class from %s', (_, text, actions) => {
    expect(told(text, 'vbscript')).toEqual(actions)
  })

  it.each([
    [
      'vbscript',
      'CreateObject("Outlook.Application").CreateObject("WScript.Shell").Run "calc.exe"',
    ],
    [
      'powershell',
      '(New-Object -ComObject Outlook.Application).CreateObject("WScript.Shell").Run("calc.exe")',
    ],
    [
      'powershell',
      '[Runtime.InteropServices.Marshal]::GetActiveObject("Outlook.Application").CreateObject("WScript.Shell").Run("calc.exe")',
    ],
  ] as const)('makes another for who asks it, in %s: %s', (language, text) => {
    expect(told(text, language)).toEqual([
      'com Outlook.Application',
      'com {outlook.application}.CreateObject',
      'com WScript.Shell',
      'start calc.exe',
    ])
  })
})

describe('a file that a script writes through an object', () => {
  const code = 'CreateObject(""A.B"")'
  it.each([
    lines(
      'Set f = CreateObject("Scripting.FileSystemObject")',
      'Set t = f.CreateTextFile("x.txt")',
      `t.Write "${code}"`,
      't.Close',
      'CreateObject("WScript.Shell").Run "wscript //e:vbscript x.txt"',
    ),
    lines(
      'Set f = CreateObject("Scripting.FileSystemObject")',
      'Set t = f.CreateTextFile("x.txt")',
      `t.Write "${code}"`,
      't.Close',
      'ExecuteGlobal f.OpenTextFile("x.txt").ReadAll',
    ),
    lines(
      'Set s = CreateObject("ADODB.Stream")',
      's.Open',
      `s.WriteText "${code}"`,
      's.SaveToFile "y.vbs", 2',
    ),
    lines(
      'Set s = CreateObject("ADODB.Stream")',
      's.Open',
      `s.WriteText "${code}"`,
      's.SaveToFile "y.txt", 2',
      'CreateObject("Scripting.FileSystemObject").CopyFile "y.txt", "z.vbs"',
      'CreateObject("WScript.Shell").Run "wscript z.vbs"',
    ),
  ])('is read where it is run: %s', (text) => {
    expect(told(text, 'vbscript')).toContain('com A.B')
  })

  it('is the script itself where it asks for its own name', () => {
    const text = lines(
      'Set f = CreateObject("Scripting.FileSystemObject")',
      's = f.OpenTextFile(WScript.ScriptFullName).ReadAll',
      'Execute Split(s, "\'--")(2)',
      '\'--CreateObject("A.B")',
    )
    expect(told(text, 'vbscript')).toContain('com A.B')
  })
})

describe('an encoded script', () => {
  it.each([
    ['#@~^AAAAAA==zzz', 'an encoded part does not end'],
    ['#@~^AAAAAA==AAAAAA==^#~@', 'an encoded part holds nothing'],
  ])('of which nothing is left says so: %s', (text, limit) => {
    const reading = readScript(text, { language: 'vbscript' })!
    expect(reading.actions).toEqual([])
    expect(reading.limits).toEqual([limit])
  })
})
