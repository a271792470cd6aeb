// The formats of documents: a line each.
import type { Format } from '../reader.ts'
import { flatXml } from './flat-xml/index.ts'
import { mail } from './mail/index.ts'
import { odf } from './odf/index.ts'
import { officeBinary } from './office-binary/index.ts'
import { onenote } from './onenote/index.ts'
import { ooxml } from './ooxml/index.ts'
import { rtf } from './rtf/index.ts'
import { separated } from './text/separated.ts'

export const documents: readonly Format[] = [
  ooxml,
  odf,
  flatXml,
  officeBinary,
  rtf,
  onenote,
  mail,
  separated,
]
