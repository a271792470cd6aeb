// A document or a script holds whatever text its author likes, also that of a log: it is read as what it is all the same.
import { describe, expect, it } from 'vitest'

import { openReader, recogniseFormat } from '../../src/readers/index.ts'
import { itemsOf } from './items-of.ts'
import { escapedRtf, rtfField, rtfOf } from './rtf.ts'
import { excel2003, word2003 } from './samples.ts'
import { field, paragraph, plain } from './word.ts'
import { docField, docOf } from './word-binary.ts'

const code = 'DDEAUTO cmd "/k calc"'
const logs = {
  'Event Viewer':
    '\nLog Name:      Application\nSource:        x\nDate:          1/1/2024\nEvent ID:      1\n',
  audit: '\ntype=SYSCALL msg=audit(1700000000.123:42): arch=c000003e\n',
  wmic: '\nEventIdentifier=1\nLogfile=Application\nMessage=x\n',
  JSON: '\n{"EventID":1,"Channel":"Security","Computer":"a"}\n',
  CEF: '\nCEF:0|a|b|1|2|c|5|externalId=1\n',
}
const csvLogs = {
  CSV: 'EventID,Channel,Computer\n1,Security,a\n2,Security,b\n',
  'a table':
    'EventID  Channel   Computer\n-------  -------   --------\n1        Security  a\n',
}
const word = (text: string) =>
  word2003(`${paragraph(plain(text))}${paragraph(field(code))}`)

const documents: Readonly<Record<string, (text: string) => Buffer>> = {
  rtf: (text) => rtfOf(`${text}${rtfField(escapedRtf(code))}`),
  doc: (text) => docOf({ text: `${text}${docField(code)}` }),
  'Word 2003': (text) => Buffer.from(word(text)),
  'Word 2003 behind a comment': (text) =>
    Buffer.from(word(text).replace('<w:wordDocument', `<!-- <x>${text}-->$&`)),
  'Word 2003 in UTF-16': (text) =>
    Buffer.from(`\ufeff${word(text).replace('UTF-8', 'UTF-16')}`, 'utf16le'),
  'Excel 2003': (text) =>
    Buffer.from(
      excel2003("=cmd|'/k calc'!A0").replace('<Worksheet', `<!--${text}-->$&`),
    ),
}

describe.each(Object.entries(documents))('%s', (_, make) => {
  it.each(Object.entries(logs))('is no log of %s', async (_, text) => {
    const bytes = make(text)
    const format = recogniseFormat(bytes, 'a.log')
    expect(['rtf', 'office-binary', 'document-xml']).toContain(format?.name)
    const { items } = await itemsOf(bytes)
    const commands = items.map((i) => i.DdeCommand)
    expect(commands.filter(Boolean)).toEqual(['cmd /k calc'])
  })
})

/** By name, with the format that it is. */
const others: Readonly<Record<string, [string, (log: string) => string]>> = {
  'a.ps1': ['script', (log) => `<#\n${log}#>\nInvoke-Expression $a\n`],
  'a.js': ['script', (log) => `/*\n${log}*/\nnew ActiveXObject("a")\n`],
  'a.py': ['script', (log) => `"""\n${log}"""\nimport os\n`],
  'a.sh': ['script', (log) => `#!/bin/sh\n: <<X\n${log}X\nid\n`],
  'a.bat': ['script', (log) => `@goto a\n${log}:a\nstart calc\n`],
  'a.eml': ['mail', (log) => `From: a@b\nTo: c@d\nSubject: x\n\n${log}`],
  'b.eml': ['mail', (log) => `Subject: x\nMIME-Version: 1.0\n\n${log}`],
  'a.slk': ['slk', (log) => `ID;P\n${log}C;Y1;X1;ECALL("x")\nE\n`],
  'a.dif': ['dif', (log) => `TABLE\n0,1\n"x"\n${log}`],
  'a.iqy': ['query', (log) => `WEB\n1\nhttp://x/\n${log}`],
  'a.url': ['url', (log) => `[InternetShortcut]\nURL=http://x\n${log}`],
  'a.pdf': ['pdf', (log) => `%PDF-1.4\n${log}1 0 obj\n`],
  'a.settingcontent-ms': [
    'settingcontent-ms',
    (log) =>
      `<?xml version="1.0"?><!--\n${log}--><PCSettings><SearchableContent/></PCSettings>`,
  ],
  'a.library-ms': [
    'shell-folder',
    (log) => `<?xml version="1.0"?><!--\n${log}--><libraryDescription/>`,
  ],
}

describe.each(Object.entries(others))('%s', (name, [format, make]) => {
  it.each(Object.entries({ ...logs, ...csvLogs }))(
    'is no log of %s',
    (_, log) => {
      const found = recogniseFormat(Buffer.from(make(log)), name)
      expect(found?.name).toBe(format)
    },
  )
})

describe('a table that a spreadsheet opens', () => {
  it.each(Object.entries({ ...logs, ...csvLogs }))(
    'and that is read as a log of %s has its links',
    async (_, log) => {
      const bytes = Buffer.from(`a,b,c\n1,=cmd|'/k calc'!A0,2\n${log}`)
      const format = recogniseFormat(bytes, 'a.csv')!
      const commands: unknown[] = []
      const reader = openReader(format, {
        file: 'a.csv',
        sink: {
          record: (r) => commands.push(r.value(r.shape.indexOf('DdeCommand'))),
          skipped: () => {},
          damaged: () => {},
          unknownShape: () => {},
          shapeSeen: () => {},
        },
      })
      reader.push(bytes)
      await reader.end()
      expect(commands).toContain('cmd /k calc')
    },
  )
})

describe('a log', () => {
  it('that holds a document of XML stays one', () => {
    const events = `<Events><Event><Data><![CDATA[${word('')}]]></Data></Event></Events>`
    expect(recogniseFormat(Buffer.from(events), 'a.xml')?.name).not.toBe(
      'document-xml',
    )
  })
})
