// Pages of HTML that Office opens as a letter or a workbook: it writes such, and opens whatever page is called `.doc` or `.xls`.
import type { WholeFormat } from '../../reader.ts'

/** In bytes. */
const maxBytes = 64 * 1024 * 1024

const page =
  /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?(?:[\s\0]|<!--[^>]{0,256}>){0,64}<(?:!doctype html|html|head|body|table|meta)\b/i
const ofOffice =
  /urn:schemas-microsoft-com:office:(?:word|excel)\b|mso-element:/i
const called = /\.(?:do[ct]|wbk|xl[stw])$/i

export const officePage: WholeFormat = {
  name: 'document-html',
  read: 'whole',
  maxBytes,
  detect(head, name) {
    const text = head.toString('latin1').replaceAll('\0', '')
    if (!page.test(text)) return 0
    return called.test(name) || ofOffice.test(text) ? 3 : 0
  },
  async take(bytes, options) {
    const { readPage } = await import('./read.ts')
    readPage(bytes, options)
  },
}
