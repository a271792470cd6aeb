// Which document of one file of XML is it?
import { rootOf } from '../xml-root.ts'

export type FlatKind =
  | 'word-2003'
  | 'excel-2003'
  | 'visio-2003'
  | 'package'
  | 'open-document'

/** By the name of the root, and of its space, which stands in the root's tag. */
const kinds: readonly (readonly [string, string, FlatKind])[] = [
  ['package', 'schemas.microsoft.com/office/2006/xmlPackage', 'package'],
  [
    'wordDocument',
    'schemas.microsoft.com/office/word/2003/wordml',
    'word-2003',
  ],
  ['Workbook', 'urn:schemas-microsoft-com:office:spreadsheet', 'excel-2003'],
  ['VisioDocument', 'schemas.microsoft.com/visio/20', 'visio-2003'],
  ['document', 'urn:oasis:names:tc:opendocument:xmlns:office', 'open-document'],
]

/** By its beginning. */
export function flatKindOf(head: Buffer): FlatKind | undefined {
  const root = rootOf(head)
  return (
    root &&
    kinds.find(
      ([name, space]) => name === root.name && root.attributes.includes(space),
    )?.[2]
  )
}
