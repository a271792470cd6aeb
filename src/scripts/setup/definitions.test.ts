import { describe, expect, it } from 'vitest'

import { told } from '../../../test/scripts/told.ts'

const consumer = `#pragma namespace("\\\\\\\\.\\\\root\\\\subscription")
// instance of CommandLineEventConsumer { CommandLineTemplate = "no"; };
instance of CommandLineEventConsumer as $c
{
  Name = "upd";
  CommandLineTemplate = "cmd /c " "calc \\"a b\\"";
};
instance of __EventFilter as $f { Name = "f"; Query = "SELECT * FROM X"; };
instance of __FilterToConsumerBinding { Filter = $f; Consumer = $c; };
`

describe('a file of definitions', () => {
  it('tells its consumers with what they start', () => {
    expect(told(consumer, 'mof')).toEqual(
      [
        'wmi CommandLineEventConsumer',
        'install WMI event consumer upd',
        'start cmd /c calc "a b"',
        'start calc "a b"',
        'wmi __EventFilter',
        'wmi __FilterToConsumerBinding',
      ].filter((a) => a !== 'start calc "a b"'),
    )
  })

  it('tells the script of a consumer, and the host that it is for', () => {
    const text = `#pragma namespace("\\\\\\\\srv1\\\\root\\\\subscription")
instance of ActiveScriptEventConsumer { Name="s"; ScriptingEngine="JScript"; ScriptText="new ActiveXObject('A.B')"; };`
    const actions = told(text, 'mof')
    expect(actions).toContain('install WMI event consumer s on srv1')
    expect(actions).toContain('com A.B')
  })

  it.each([
    [
      'batch',
      `echo instance of CommandLineEventConsumer { Name="u"; CommandLineTemplate="x.exe"; }; > a.mof\r\nmofcomp.exe a.mof`,
    ],
    [
      'powershell',
      `@'\ninstance of CommandLineEventConsumer { Name="u"; CommandLineTemplate="x.exe"; };\n'@ | Set-Content a.mof\nmofcomp.exe a.mof`,
    ],
    [
      'powershell',
      `Set-Content -Path a.txt -Value 'instance of CommandLineEventConsumer { Name="u"; CommandLineTemplate="x.exe"; };'\nmofcomp -N:root\\subscription a.txt`,
    ],
  ] as const)(
    'is read where %s writes and compiles it: %s',
    (language, text) => {
      expect(told(text, language)).toContain('install WMI event consumer u')
    },
  )

  it.each([
    'instance of',
    'instance of X {',
    'instance of X { a = ',
    '#pragma namespace(',
    'instance of X { a = "',
  ])('is read as far as it goes: %s', (text) => {
    expect(() => told(text, 'mof')).not.toThrow()
  })
})
