// Which document of one file of XML is it?

export type FlatKind =
  | 'word-2003'
  | 'excel-2003'
  | 'visio-2003'
  | 'package'
  | 'open-document'

/** By the names of their spaces, which stand in the first tag. */
const kinds: readonly (readonly [RegExp, FlatKind])[] = [
  [
    /<(?:\w+:)?package\b[^<]{0,4096}schemas\.microsoft\.com\/office\/2006\/xmlPackage/,
    'package',
  ],
  [
    /<(?:\w+:)?wordDocument\b[^<]{0,8192}schemas\.microsoft\.com\/office\/word\/2003\/wordml/,
    'word-2003',
  ],
  [
    /<(?:\w+:)?Workbook\b[^<]{0,8192}urn:schemas-microsoft-com:office:spreadsheet/,
    'excel-2003',
  ],
  [
    /<(?:\w+:)?VisioDocument\b[^<]{0,8192}schemas\.microsoft\.com\/visio\/20/,
    'visio-2003',
  ],
  [
    /<(?:\w+:)?document\b[^<]{0,16384}urn:oasis:names:tc:opendocument:xmlns:office/,
    'open-document',
  ],
]

/** By its beginning. */
export function flatKindOf(head: Buffer): FlatKind | undefined {
  const text = head.toString('latin1')
  if (!/^(?:\xef\xbb\xbf)?\s*</.test(text)) return undefined
  return kinds.find(([pattern]) => pattern.test(text))?.[1]
}
