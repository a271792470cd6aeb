// What a function is given decides what it makes: an argument that is not followed makes its result unknown, never another text.
import { describe, expect, it } from 'vitest'

import { type Language, readScript } from '../../src/scripts/index.ts'

const started = (language: Language, source: string) =>
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
