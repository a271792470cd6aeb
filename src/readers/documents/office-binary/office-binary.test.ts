import { deflateSync } from 'node:zlib'

import { describe, expect, it } from 'vitest'

import { compoundOf } from '../../../../test/documents/compound.ts'
import { itemsOf } from '../../../../test/documents/items-of.ts'
import { addressLink } from '../../../../test/documents/ole.ts'
import { vbaStreams } from '../../../../test/documents/vba.ts'
import { docField, docOf } from '../../../../test/documents/word-binary.ts'
import {
  book,
  ptg,
  record,
  u16,
  u8,
  workbookStream,
  xlsOf,
} from '../../../../test/documents/workbook-binary.ts'
import { readWith } from '../../../../test/tools/read-source.ts'
import { formats } from '../../index.ts'

const dde = 'DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc.exe"'
const asRead = {
  ItemKind: 'field',
  DdeService: 'c:\\windows\\system32\\cmd.exe',
  DdeTopic: '/k calc.exe',
  DdeCommand: 'c:\\windows\\system32\\cmd.exe /k calc.exe',
}

describe('a binary Word document', () => {
  it.each(['text', 'footnotes', 'headers', 'boxes'])(
    'has fields in its %s',
    async (story) => {
      const bytes = docOf({
        text: 'Dear all, ',
        [story]: `see ${docField(dde)} `,
      })
      const { items, damages } = await itemsOf(bytes)
      expect(damages).toEqual([])
      expect(items).toEqual([expect.objectContaining(asRead)])
      const position = String(items[0]!.DocumentPosition)
      expect(
        position.startsWith(story === 'boxes' ? 'text boxes' : story),
      ).toBe(true)
    },
  )

  it('is put together of pieces of one and of two bytes a character', async () => {
    for (const pieceLength of [1, 3, 7, 50]) {
      const bytes = docOf({ text: `see ${docField(dde)} there`, pieceLength })
      const { items } = await itemsOf(bytes)
      expect(items, `${pieceLength}`).toEqual([expect.objectContaining(asRead)])
    }
  })

  it('is read without what was deleted while changes were tracked', async () => {
    const text = docField('DDEAUTO cmx.pngd "/c cal.docxc"')
    const at = (part: string) => text.indexOf(part)
    const gone = (part: string): [number, number] => [
      at(part),
      at(part) + part.length,
    ]
    const deleted = [gone('x.png'), gone('.docx')]
    const { items } = await itemsOf(docOf({ text, deleted }))
    expect(items).toMatchObject([{ DdeCommand: 'cmd /c calc' }])
  })

  it('is told where all of it was deleted', async () => {
    const text = docField('DDEAUTO cmd "/c calc"')
    const { items } = await itemsOf(
      docOf({ text, deleted: [[0, text.length]] }),
    )
    expect(items).toMatchObject([{ DdeCommand: 'cmd /c calc' }])
  })

  it('resolves what stands in a field', async () => {
    const hidden = `${docField('SET C "cmd.exe"')}${docField(`DDEAUTO ${docField('REF C')} ${docField('QUOTE 47 107 32 99 97 108 99')}`)}`
    const { items } = await itemsOf(docOf({ text: hidden }))
    expect(items.at(-1)).toMatchObject({
      DdeService: 'cmd.exe',
      DdeTopic: '/k calc',
      Obfuscation: expect.arrayContaining(['nested', 'quote', 'indirection']),
    })
  })

  it('keeps a field that never ends', async () => {
    const { items } = await itemsOf(docOf({ text: `x \x13${dde}` }))
    expect(items).toEqual([expect.objectContaining(asRead)])
  })
})

describe('a binary workbook', () => {
  const sheet = { name: 'Sheet1' }

  it('names conversations, with what they ask for', async () => {
    const { items } = await itemsOf(
      xlsOf({ globals: [book('cmd\x03/c calc', ['A0'])], sheets: [sheet] }),
    )
    expect(items).toEqual([
      expect.objectContaining({
        ItemKind: 'link',
        ItemText: "cmd|'/c calc'!A0",
        DdeService: 'cmd',
        DdeTopic: '/c calc',
        DdeItem: 'A0',
      }),
    ])
  })

  it('does not take another workbook in a folder for a conversation', async () => {
    const path = '\x01\x01Cshared\x03plans\x03costs.xls'
    const { items } = await itemsOf(
      xlsOf({ globals: [book(path, ['total'], 1)], sheets: [sheet] }),
    )
    expect(items).toEqual([
      expect.objectContaining({
        ItemKind: 'relation',
        Target: 'C:\\shared\\plans\\costs.xls',
      }),
    ])
  })

  it('puts the text of macros together', async () => {
    const exec = Buffer.concat([
      ptg.text('cmd'),
      ptg.number(46),
      ptg.fixed(111),
      ptg.join,
      ptg.text('exe /c calc'),
      ptg.join,
      ptg.call(110, 1),
    ])
    const macros = {
      name: 'M',
      isMacro: true,
      hidden: 2,
      formulas: [exec],
    } as const
    const { items } = await itemsOf(xlsOf({ sheets: [sheet, macros] }))
    expect(items).toContainEqual(
      expect.objectContaining({
        ItemKind: 'formula',
        ItemText: '=EXEC("cmd.exe /c calc")',
        ItemSource: '=EXEC("cmd"&CHAR(46)&"exe /c calc")',
        FunctionName: 'EXEC',
        DocumentPosition: 'M!A1',
        Obfuscation: ['concatenation', 'very hidden'],
      }),
    )
    expect(items).toContainEqual(
      expect.objectContaining({ ItemKind: 'macro', MacroName: 'M' }),
    )
  })

  const exec = Buffer.concat([ptg.text('cmd /c calc'), ptg.call(110, 1)])
  const name = (tokens: Buffer) =>
    record(
      0x18,
      u16(1),
      u8(0),
      u8(1),
      u16(tokens.length),
      Buffer.alloc(8),
      u8(0),
      Buffer.from('q'),
      tokens,
    )
  const head = Buffer.concat([u16(0, 0), u8(0), u8(0), Buffer.alloc(6)])
  const array = Buffer.concat([head, u16(exec.length), exec])
  const asWorksheet = () => {
    const made = workbookStream({
      sheets: [{ name: 'S', isMacro: true, formulas: [exec] }],
    })
    made[made.indexOf(u16(0x85)) + 9] = 0
    return compoundOf({ streams: { Workbook: made } })
  }
  it.each([
    ['in a hidden name', xlsOf({ globals: [name(exec)], sheets: [] })],
    [
      'in an array that goes on in another record',
      xlsOf({
        sheets: [
          {
            name: 'S',
            isMacro: true,
            hidden: 2,
            records: [
              record(0x221, array.subarray(0, 20)),
              record(0x3c, array.subarray(20)),
            ],
          },
        ],
      }),
    ],
    ['on a sheet that is listed as another kind', asWorksheet()],
  ])('has what a macro starts %s', async (_, bytes) => {
    const { items } = await itemsOf(bytes)
    expect(items.map((i) => i.ItemText)).toContain('=EXEC("cmd /c calc")')
  })

  it('has a macro as a script, however long it is', async () => {
    const padding = Array.from({ length: 1500 }, (_, i) =>
      ptg.text(`padding padding padding ${i}`),
    )
    const sheet = { name: 'S', isMacro: true, formulas: [...padding, exec] }
    const { items } = await itemsOf(xlsOf({ sheets: [sheet] }), formats)
    expect(items.map((i) => i.ActionTarget)).toContain('cmd /c calc')
  })

  it('is never clean where it cannot be read for its password', async () => {
    const password = record(0x002f, u16(1, 1, 1), Buffer.alloc(48, 7))
    const { items } = await itemsOf(
      xlsOf({ globals: [password], sheets: [sheet] }),
    )
    expect(items).toEqual([
      expect.objectContaining({
        ItemKind: 'encrypted',
        ItemText: 'encrypted, not inspected',
      }),
    ])
  })

  it('says which records are longer than it is, and reads on', async () => {
    const lie = record(0x1234, Buffer.alloc(4))
    lie.writeUInt16LE(0xffff, 2)
    const globals = [book('cmd\x03/c calc', ['A0']), lie]
    const { items, damages } = await itemsOf(
      xlsOf({ globals, sheets: [sheet] }),
    )
    expect(damages).toEqual([
      expect.stringMatching(/type 0x1234 has \d+ bytes of 65535/),
      expect.stringContaining('ends nowhere'),
    ])
    expect(items).toEqual([expect.objectContaining({ DdeService: 'cmd' })])
  })

  it('is read without a compound file around it', async () => {
    const bytes = workbookStream({
      globals: [book('cmd\x03/c calc', ['A0'])],
      sheets: [sheet],
    })
    const { items } = await itemsOf(bytes)
    expect(items).toEqual([expect.objectContaining({ DdeService: 'cmd' })])
  })
})

describe('macros', () => {
  const source = 'Sub AutoOpen()\r\nShell "notepad.exe"\r\nEnd Sub\r\n'

  it('are read from any storage', async () => {
    for (const prefix of ['', 'Macros/', '_VBA_PROJECT_CUR/']) {
      const streams = vbaStreams(prefix, [{ name: 'Module1', source }])
      const { items } = await itemsOf(compoundOf({ streams }))
      expect(items).toEqual([
        expect.objectContaining({
          ItemKind: 'macro',
          MacroName: 'Module1',
          ItemText: source,
        }),
      ])
    }
  })

  const attack =
    'Sub A()\r\n  Set s = CreateObject("WScript.Shell")\r\n  s.Run "cmd /c calc"\r\nEnd Sub\r\n'
  const projects = [
    { is64bit: true },
    { is64bit: false },
    { is64bit: false, version: 0x5e },
  ]

  it.each([
    ['emptied', attack, '', 'the source is empty'],
    [
      'exchanged',
      attack,
      'Sub A()\r\n  MsgBox "hi"\r\n  MsgBox "ho"\r\nEnd Sub\r\n',
      'compiled texts are not in the source',
    ],
    [
      'exchanged, of code without texts',
      'Sub A()\r\n  Shell Chr(99) & Chr(109)\r\nEnd Sub\r\n',
      'Sub A()\r\nEnd Sub\r\n',
      'the source has other lines',
    ],
    [
      'exchanged for one of as many lines',
      'Sub A()\r\n\r\n  Shell Chr(99)\r\nEnd Sub\r\n',
      'Sub A()\r\n  Beep\r\n\r\nEnd Sub\r\n',
      'the source has other lines',
    ],
  ])(
    'whose source was %s are told as stomped',
    async (_, compiled, source, around) => {
      for (const project of projects) {
        const modules = [{ name: 'M', compiled, source }]
        const streams = vbaStreams('', modules, project)
        const { items } = await itemsOf(compoundOf({ streams }))
        expect(items[0]).toMatchObject({
          Obfuscation: expect.arrayContaining(['stomped']),
          ItemAround: expect.stringContaining(around),
        })
      }
    },
  )

  const names = ['VBA', 'Win32', 'Module1', 'Shell', 'Beep', 'CreateObject']
  const named = (source: string, identifiers: readonly string[]) =>
    itemsOf(
      compoundOf({
        streams: vbaStreams('', [{ name: 'M', source }], { identifiers }),
      }),
    )

  it('whose compiled form has names that act and stand in no source are told by these', async () => {
    const { items } = await named('Sub A()\r\nshell "x"\r\nEnd Sub\r\n', names)
    expect(
      items.find((i) => i.DocumentPosition === 'identifiers'),
    ).toMatchObject({
      ItemKind: 'macro',
      ItemText: 'CreateObject',
      Obfuscation: ['unwritten'],
    })
  })

  it.each([
    ['have all of them in a source', 'x = CreateObject("a"): Shell x', names],
    ['have others', 'Beep', names.filter((n) => !/Shell|Object/.test(n))],
    ['have no table of names', 'Beep', ['Shell']],
  ])('that %s are not', async (_, line, identifiers) => {
    const { items } = await named(
      `Sub A()\r\n${line}\r\nEnd Sub\r\n`,
      identifiers,
    )
    expect(items.map((i) => i.DocumentPosition)).not.toContain('identifiers')
  })

  it('whose packed source was overwritten with zeros are told as stomped', async () => {
    const streams = vbaStreams('', [
      { name: 'M', compiled: attack, source: attack },
    ])
    const stream = Buffer.from(streams['VBA/M']!)
    stream.fill(0, stream.indexOf('\0Attribut') - 3)
    const { items } = await itemsOf(
      compoundOf({ streams: { ...streams, 'VBA/M': stream } }),
    )
    expect(items[0]).toMatchObject({
      Obfuscation: ['stomped'],
      ItemAround: expect.stringContaining('WScript.Shell | cmd /c calc'),
    })
  })

  it.each([
    attack,
    'Attribute VB_Base = "x"\r\nOption Explicit\r\n\r\nSub B()\r\nAttribute B.VB_Description = "x"\r\n  c = "a ""b""" & _\r\n    "cdef"\r\nEnd Sub\r\n\r\n',
  ])('whose compiled form agrees are not', async (source) => {
    const compiled = source
      .replace(/^Attribute .*\r\n/gm, '')
      .replaceAll('& _\r\n', '& ')
    for (const project of projects) {
      const modules = [{ name: 'M', source, compiled }]
      const streams = vbaStreams('', modules, project)
      const { items } = await itemsOf(compoundOf({ streams }))
      expect(items[0]!.Obfuscation).toBeUndefined()
    }
  })
})

it('tells what macros do, as of any script', async () => {
  const streams = {
    ...vbaStreams('', [
      { name: 'M', source: 'Sub A()\r\nShell "cmd /c calc"\r\nEnd Sub\r\n' },
    ]),
  }
  const read: string[] = []
  await readWith(formats, compoundOf({ streams }), {
    record(record) {
      const at = record.shape.indexOf('ActionTarget')
      if (at >= 0) read.push(String(record.value(at)))
    },
    skipped: () => {},
    damaged: () => {},
    unknownShape: () => {},
    shapeSeen: () => {},
  })
  expect(read).toEqual(['M.vba', 'cmd /c calc'])
})

describe('macros beside a page of HTML', () => {
  it('are unpacked', async () => {
    const streams = vbaStreams('', [
      { name: 'M', source: 'Sub A()\r\nEnd Sub' },
    ])
    const head = Buffer.alloc(0x32)
    head.write('ActiveMime')
    const { items } = await itemsOf(
      Buffer.concat([head, deflateSync(compoundOf({ streams }))]),
    )
    expect(items).toEqual([expect.objectContaining({ MacroName: 'M' })])
  })
})

describe('an object in a storage', () => {
  it('is an equation that holds a command', async () => {
    const { items } = await itemsOf(
      compoundOf({
        streams: {
          'ObjectPool/_1/Equation Native': Buffer.from(
            `\x1c${'\0'.repeat(40)}cmd.exe /c calc`,
          ),
        },
        classes: { 'ObjectPool/_1': '0002CE02-0000-0000-C000-000000000046' },
      }),
    )
    expect(items).toEqual([
      expect.objectContaining({
        ProgId: 'Equation.3',
        ClassId: '{0002CE02-0000-0000-C000-000000000046}',
        ItemAround: 'cmd.exe /c calc',
      }),
    ])
  })

  it('leads to an address by the moniker in it', async () => {
    const target = 'http://example.test/a.sct'
    const { items } = await itemsOf(
      docOf({
        text: 'x',
        streams: { 'ObjectPool/_1/[1]Ole': addressLink(target) },
      }),
    )
    expect(items).toEqual([
      expect.objectContaining({ ItemKind: 'object', Target: target }),
    ])
  })
})

describe('a compound file that lies', () => {
  it('has streams that no directory leads to', async () => {
    const bytes = docOf({ text: docField(dde) })
    // The root's child: nothing hangs in it any more.
    const root = bytes.indexOf(Buffer.from('Root Entry', 'utf16le'))
    bytes.writeUInt32LE(0xffff_ffff, root + 76)
    const { items, damages } = await itemsOf(bytes)
    expect(damages).toEqual([expect.stringContaining('hang nowhere')])
    expect(items).toEqual([expect.objectContaining(asRead)])
  })

  it('has chains that come back to themselves', async () => {
    const bytes = compoundOf({ streams: { Workbook: Buffer.alloc(9000) } })
    const table = bytes.length - 512
    for (let i = 0; i < 100; i++) bytes.writeUInt32LE(0, table + i * 4)
    const { damages } = await itemsOf(bytes)
    expect(damages.join()).toContain('comes back to itself')
  })
})
