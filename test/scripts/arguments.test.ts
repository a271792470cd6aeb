// What a function is given decides what it makes: an argument that is not followed makes its result unknown, never another text.
import { describe, expect, it } from 'vitest'

import { type Language, readScript } from '../../src/scripts/index.ts'

const started = (language: Language, source: Uint8Array | string) =>
  readScript(Buffer.from(source), { language })!
    .actions.filter((a) => a.kind === 'start')
    .map((a) => a.target)

describe('a part of a text', () => {
  it.each<[string, Language, string, string]>([
    [
      'by its length in .NET',
      'powershell',
      "Start-Process ('xxcalcyy'.Substring(2,4))",
      'calc',
    ],
    [
      'by places in either order in JavaScript',
      'javascript',
      "new ActiveXObject('WScript.Shell').Run('xxcalcyy'.substring(6,2))",
      'calc',
    ],
    [
      'without given letters in .NET',
      'powershell',
      "Start-Process ('--calc--'.Trim('-'))",
      'calc',
    ],
    [
      'without letters at its end in Python',
      'python',
      "import os\nos.system('calcxyx'.rstrip('xy'))",
      'calc',
    ],
  ])('is taken %s', (_, language, source, command) => {
    expect(started(language, source)).toEqual([command])
  })

  it.each<[string, Language, string, string]>([
    [
      'how often Python replaces',
      'python',
      "import os\nos.system('cacx'.replace('c','z',1))",
      'zazx',
    ],
    [
      'where Visual Basic begins to replace',
      'vbscript',
      'CreateObject("WScript.Shell").Run Replace("aXbX","X","c",3)',
      'acbc',
    ],
    [
      'how many parts JavaScript keeps',
      'javascript',
      "new ActiveXObject('WScript.Shell').Run('a;b;c'.split(';',2).join(''))",
      'abc',
    ],
  ])('is not told where %s is not followed', (_, language, source, wrong) => {
    expect(started(language, source).join()).not.toContain(wrong)
  })
})

describe('what is started', () => {
  const shell = 'Set s = CreateObject("WScript.Shell")\n'
  it.each<[string, Language, string | Buffer, string]>([
    [
      'begins with brackets in Visual Basic',
      'vbscript',
      `${shell}s.Run ("ca" & "lc") & ".exe /x"`,
      'calc.exe /x',
    ],
    [
      'begins with brackets that touch the name',
      'vbscript',
      `${shell}s.Run("no" & "te") & ("pad") & ".exe", 0`,
      'notepad.exe',
    ],
    [
      'is written in letters of one byte',
      'vbscript',
      Buffer.from(`${shell}s.Run "caf\u00e9.exe"`, 'latin1'),
      'caf\u00e9.exe',
    ],
    [
      'has a number behind the full stop that joins it',
      'perl',
      'system("cmd".1 .2)',
      'cmd12',
    ],
    [
      'has items that are left out',
      'javascript',
      "require('child_process').exec([,'a'].join('calc'))",
      'calca',
    ],
    [
      'is made of each byte',
      'javascript',
      "require('child_process').exec(Buffer.from('dfkd').map((x) => x ^ 7).toString())",
      'calc',
    ],
    [
      'stands for nothing, which 0 is not',
      'javascript',
      "require('child_process').exec('a' + (0 ?? 1) + (null ?? 2))",
      'a02',
    ],
  ])('is told where it %s', (_, language, source, command) => {
    expect(started(language, source)).toEqual([command])
  })
})
