// Reads a document of one file of XML as its kind wants.
import type { ReaderOptions } from '../../reader.ts'
import { ItemWriter } from '../item.ts'
import { decodeXml } from '../xml.ts'
import { readExcel2003 } from './excel-2003.ts'
import type { FlatKind } from './kinds.ts'
import { flatPackage } from './package.ts'
import { readVisio2003 } from './visio-2003.ts'
import { readWord2003 } from './word-2003.ts'

export async function readFlat(
  kind: FlatKind,
  bytes: Buffer,
  options: ReaderOptions,
): Promise<void> {
  const xml = decodeXml(bytes)
  switch (kind) {
    case 'word-2003':
      return readWord2003(xml, new ItemWriter('word-2003-xml', options))
    case 'excel-2003':
      return readExcel2003(xml, new ItemWriter('excel-2003-xml', options))
    case 'visio-2003':
      return readVisio2003(xml, new ItemWriter('vdx', options))
    case 'package': {
      const { readPackage } = await import('../ooxml/read.ts')
      const { opened, problems } = flatPackage(xml)
      return readPackage(opened, options, problems)
    }
    case 'open-document': {
      const { OdfContent } = await import('../odf/content.ts')
      const { OdfMacros } = await import('../odf/macros.ts')
      const writer = new ItemWriter('flat-odf', options)
      const macros = new OdfMacros(writer)
      await new OdfContent('', xml, writer, macros).read()
      await macros.tell('modules')
    }
  }
}
