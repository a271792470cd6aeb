import { describe, expect, it } from 'vitest'

import { compoundOf } from '../../../../test/documents/compound.ts'
import { itemsOf } from '../../../../test/documents/items-of.ts'
import {
  addressLink,
  embeddedOle,
  linkedOle,
  packageOf,
} from '../../../../test/documents/ole.ts'
import {
  escapedRtf,
  rtfField,
  rtfObject,
  rtfOf,
} from '../../../../test/documents/rtf.ts'

const code = 'DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc.exe"'
const asRead = {
  ItemKind: 'field',
  DdeCommand: 'c:\\windows\\system32\\cmd.exe /k calc.exe',
}

describe('a field of rich text', () => {
  const written: Record<string, string> = {
    plain: escapedRtf(code),
    'hexadecimal digits': [...code]
      .map((c) => `\\'${c.charCodeAt(0).toString(16)}`)
      .join(''),
    unicode: [...code].map((c) => `\\u${c.charCodeAt(0)}?`).join(''),
    'unicode without what stands for it': `\\uc0 ${[...code].map((c) => `\\u${c.charCodeAt(0)} `).join('')}`,
    'groups of one character': [...code]
      .map((c) => `{\\b\\insrsid12 ${escapedRtf(c)}}`)
      .join(''),
    'groups for nobody': escapedRtf(code).replace(
      'AUTO',
      '{\\*\\nobody junk{\\b more}}AUTO',
    ),
    'text beside what was deleted': `{\\deleted DDEAUTO }${escapedRtf(code)}`,
    'text around what was deleted': escapedRtf(code).replace(
      'AUTO',
      '\\deleted X\\deleted0 AUTO',
    ),
    'text that was deleted': `{\\deleted ${escapedRtf(code)}}`,
    'line breaks': escapedRtf(code).replace(/([a-z])/gi, '$1\r\n'),
    'long numbers': escapedRtf(code).replace(
      'AUTO',
      `\\fs${'0'.repeat(300)}AUTO`,
    ),
  }

  it.each(Object.entries(written))('is read as %s', async (_, text) => {
    const { items } = await itemsOf(
      rtfOf(`Dear all {\\b ${rtfField(text)}} end`),
    )
    expect(items).toEqual([expect.objectContaining(asRead)])
  })

  it('resolves the fields in it', async () => {
    const cmd = rtfField('QUOTE 99 109 100', 'x')
    const { items } = await itemsOf(rtfOf(rtfField(`DDEAUTO ${cmd} "/k calc"`)))
    expect(items).toEqual([
      expect.objectContaining({ DdeService: 'cmd', DdeTopic: '/k calc' }),
    ])
  })

  it('is one without a field around it', async () => {
    const { items } = await itemsOf(rtfOf(`{\\*\\fldinst ${escapedRtf(code)}}`))
    expect(items).toEqual([expect.objectContaining(asRead)])
  })
})

describe('an object of rich text', () => {
  const script = Buffer.from('WScript.Echo(1)')

  it('is a file in a package', async () => {
    const data = embeddedOle(
      'Package',
      packageOf('terms.js', script, 'terms.pdf'),
    )
    const { items } = await itemsOf(rtfOf(rtfObject('Package', data)))
    expect(items).toEqual([
      expect.objectContaining({
        ItemKind: 'object',
        ProgId: 'Package',
        EmbeddedName: 'terms.js',
      }),
    ])
  })

  it('says of a packaged file that it is a program, whatever it is called', async () => {
    const data = embeddedOle('Package', packageOf('8.t', Buffer.from('MZ')))
    const { items } = await itemsOf(rtfOf(rtfObject('Package', data)))
    expect(items[0]).toMatchObject({
      EmbeddedName: '8.t',
      ItemAround: 'Windows executable',
    })
  })

  it('is read through noise between its digits', async () => {
    const hex = embeddedOle('Package', packageOf('a.js', script)).toString(
      'hex',
    )
    const noisy = hex.replace(
      /(.{8})/g,
      '$1\r\n{\\*\\nobody 0d0d{\\b 0a}}\\mv ',
    )
    const { items } = await itemsOf(
      rtfOf(`{\\object\\objupdate{\\*\\objdata ${noisy}}}`),
    )
    expect(items).toEqual([
      expect.objectContaining({
        EmbeddedName: 'a.js',
        Obfuscation: ['updates by itself'],
      }),
    ])
  })

  it('is read from bytes as they are', async () => {
    const data = embeddedOle('Package', packageOf('a.js', script))
    const bytes = Buffer.concat([
      Buffer.from(`{\\rtf1{\\object{\\*\\objdata\\bin${data.length} `),
      data,
      Buffer.from('}}}'),
    ])
    const { items } = await itemsOf(bytes)
    expect(items).toEqual([expect.objectContaining({ EmbeddedName: 'a.js' })])
  })

  it('leads to an address', async () => {
    const target = 'http://example.test/a.hta'
    const inner = compoundOf({ streams: { '[1]Ole': addressLink(target) } })
    const { items } = await itemsOf(
      rtfOf(rtfObject('Word.Document.8', embeddedOle('OLE2Link', inner))),
    )
    expect(items[0]).toMatchObject({ ProgId: 'OLE2Link' })
    expect(items).toContainEqual(
      expect.objectContaining({ ItemKind: 'object', Target: target }),
    )
  })

  it('is found behind a spoilt head, and named by its class id', async () => {
    const inner = compoundOf({
      streams: { '[1]Ole': addressLink('http://example.test/a.hta') },
    })
    const data = Buffer.concat([Buffer.from('spoilt head'), inner])
    const { items } = await itemsOf(
      rtfOf(
        `{\\object{\\*\\oleclsid \\'7b0002CE02-0000-0000-C000-000000000046\\'7d}{\\*\\objdata ${data.toString('hex')}}}`,
      ),
    )
    expect(items[0]).toMatchObject({
      ProgId: 'Equation.3',
      ClassId: '{0002CE02-0000-0000-C000-000000000046}',
    })
    expect(items[1]).toMatchObject({ Target: 'http://example.test/a.hta' })
  })

  it('is a conversation where its class is a program', async () => {
    const data = linkedOle('cmd', '/c calc', 'A0')
    const { items } = await itemsOf(rtfOf(rtfObject('cmd', data, '\\objlink')))
    expect(items).toContainEqual(
      expect.objectContaining({ ItemKind: 'link', DdeCommand: 'cmd /c calc' }),
    )
  })

  it('is none where its class is one of files', async () => {
    const data = linkedOle('htmlfile', 'http://203.0.113.5/a.h', '')
    const { items } = await itemsOf(
      rtfOf(rtfObject('htmlfile', data, '\\objautlink')),
    )
    expect(items.map((i) => [i.ItemKind, i.Target])).toEqual([
      ['object', 'http://203.0.113.5/a.h'],
    ])
  })
})

it('names a template that lies elsewhere, not one beside it', async () => {
  const { items } = await itemsOf(
    rtfOf(
      '{\\*\\template \\\\\\\\203.0.113.5\\\\t\\\\a.dotm}{\\*\\template Normal.dotm}',
    ),
  )
  expect(items).toEqual([
    expect.objectContaining({
      RelationType: 'attachedTemplate',
      Target: '\\\\203.0.113.5\\t\\a.dotm',
    }),
  ])
})

it('says of groups in groups that they are too deep, and reads on', async () => {
  const deep = `${'{'.repeat(1_000_000)}${rtfField(escapedRtf(code))}`
  const { items, damages } = await itemsOf(rtfOf(deep))
  expect(damages).toEqual([
    'rtf: groups deeper than 4096 are read as one',
    'rtf: 4096 groups are not closed',
  ])
  expect(items).toEqual([expect.objectContaining(asRead)])
})
