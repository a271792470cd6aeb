// Which kinds of document are told apart, and to which family does each belong? A rule asks for the family as its service.

export type DocumentFamily =
  | 'word'
  | 'excel'
  | 'powerpoint'
  | 'visio'
  | 'publisher'
  | 'rtf'
  | 'onenote'
  | 'mail'
  | 'odf'
  | 'pdf'
  | 'text'
  | 'shortcut'
  | 'office'

const families = {
  word: [
    'docx',
    'docm',
    'dotx',
    'dotm',
    'doc',
    'word-2003-xml',
    'flat-word-xml',
    'word-html',
  ],
  excel: [
    'xlsx',
    'xlsm',
    'xltx',
    'xltm',
    'xlam',
    'xlsb',
    'xls',
    'excel-2003-xml',
    'flat-excel-xml',
    'excel-html',
  ],
  powerpoint: [
    'pptx',
    'pptm',
    'ppsx',
    'ppsm',
    'potx',
    'potm',
    'ppam',
    'sldx',
    'sldm',
    'thmx',
    'ppt',
    'flat-powerpoint-xml',
  ],
  visio: ['vsdx', 'vsdm', 'vssx', 'vssm', 'vstx', 'vstm', 'vdx', 'vsd'],
  publisher: ['pub'],
  rtf: ['rtf'],
  onenote: ['one', 'onetoc2'],
  mail: ['eml', 'msg', 'mht', 'tnef'],
  odf: ['odt', 'ott', 'ods', 'ots', 'odp', 'otp', 'odg', 'odf', 'flat-odf'],
  pdf: ['pdf'],
  text: ['csv', 'tsv', 'slk', 'dif', 'iqy', 'rqy', 'dqy', 'oqy', 'odc'],
  shortcut: [
    'url',
    'lnk',
    'settingcontent-ms',
    'library-ms',
    'search-ms',
    'scf',
    'desktop-ini',
  ],
  // Known to be of Office, and no more: an object, macros, a package under a password.
  office: ['ole', 'encrypted-package'],
} as const satisfies Record<DocumentFamily, readonly string[]>

export type DocumentFormat = (typeof families)[DocumentFamily][number]

const familyByFormat = new Map<string, DocumentFamily>(
  Object.entries(families).flatMap(([family, formats]) =>
    formats.map((format) => [format, family as DocumentFamily] as const),
  ),
)

export function familyOf(format: DocumentFormat): DocumentFamily {
  return familyByFormat.get(format)!
}
