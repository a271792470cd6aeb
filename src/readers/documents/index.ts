// The formats of documents: a line each.
import type { Format } from '../reader.ts'
import { flatXml } from './flat-xml/index.ts'
import { officePage } from './html/index.ts'
import { mail } from './mail/index.ts'
import { odf } from './odf/index.ts'
import { activeMime } from './office-binary/active-mime.ts'
import { officeBinary } from './office-binary/index.ts'
import { onenote } from './onenote/index.ts'
import { ooxml } from './ooxml/index.ts'
import { pdf } from './pdf/index.ts'
import { rtf } from './rtf/index.ts'
import { internetShortcut } from './shortcut/internet-shortcut.ts'
import { settingContent } from './shortcut/setting-content.ts'
import { shellFolder } from './shortcut/shell-folder.ts'
import { shellLink } from './shortcut/shell-link.ts'
import { dataInterchange } from './text/data-interchange.ts'
import { query } from './text/query.ts'
import { separated } from './text/separated.ts'
import { symbolicLink } from './text/symbolic-link.ts'

/** What they begin with tells them, whatever stands behind: the text of a log as well. */
export const documentsByBeginning: readonly Format[] = [
  flatXml,
  officeBinary,
  activeMime,
  rtf,
  onenote,
  mail,
  pdf,
  symbolicLink,
  dataInterchange,
  query,
  internetShortcut,
  settingContent,
  shellFolder,
  shellLink,
]

/** Told by their name, by more of them, or by the names of their parts. */
export const otherDocuments: readonly Format[] = [
  ooxml,
  odf,
  officePage,
  separated,
]

export const documents: readonly Format[] = [
  ...documentsByBeginning,
  ...otherDocuments,
]
