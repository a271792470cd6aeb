// What else is a PDF? Programs find a web archive wherever its first header stands (Word does, in a file that is called .doc), and look for the
// directory of a zip from the end of a file. What a stream of the PDF has is found as well: so would they.
import { beginsAsFile } from '../../../scripts/fold/carried-file.ts'

export interface Foreign {
  readonly what: string
  /** In bytes. */
  readonly at: number
}

/** What may stand behind its end without anybody's question, in bytes. */
const maxBehind = 1024
/** Of the headers of a web archive, in UTF-16 units. */
const headerUnits = 4096
/** Beginnings of such archives that are looked at. */
const maxArchives = 64

/** `text`: a unit for each byte. */
export function foreignIn(
  text: string,
  isRead: (at: number) => boolean,
): Foreign | undefined {
  const archive = archiveAt(text, isRead)
  if (archive >= 0) return { what: 'web archive in a PDF', at: archive }
  const end = text.lastIndexOf('%%EOF')
  const behind = end < 0 ? '' : text.slice(end + 5).trim()
  if (behind.length <= maxBehind && !beginsAsFile(behind)) return undefined
  return { what: 'behind the end of a PDF', at: text.indexOf(behind, end) }
}

/** -1: there is none. Of too many beginnings the last that was looked at: what it is, will be told. */
function archiveAt(text: string, isRead: (at: number) => boolean): number {
  const first = /(?:^|[\r\n])MIME-Version[ \t]{0,16}:/gi
  let at = -1
  for (let i = 0; i < maxArchives; i++) {
    const found = first.exec(text)
    if (!found) return -1
    at = first.lastIndex - found[0].trimStart().length
    const headers = text.slice(at, at + headerUnits)
    if (!isRead(at) && /\nContent-Type[ \t]{0,16}:/i.test(headers)) return at
  }
  return at
}
