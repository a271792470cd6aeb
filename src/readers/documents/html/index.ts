// Pages of HTML that Office opens as a letter or a workbook: it writes such, and opens whatever page is called `.doc` or `.xls`.
import type { WholeFormat } from '../../reader.ts'

/** In bytes. */
const maxBytes = 64 * 1024 * 1024

const page =
  /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?(?:[\s\0]|<!--[^>]{0,256}>){0,64}<(?:!doctype html|html|head|body|table|meta)\b/i
/** Begins with another element, or with text: Office opens it all the same where it is called so. */
const marked =
  /<(?:html|head|body|table|t[rdh]|p|div|span|script|style|iframe|object|link|form|font|b)[\s>]/i
const ofOffice =
  /urn:schemas-microsoft-com:office:(?:word|excel)\b|mso-element\s{0,8}:|\bx:fmla\b/i
const called =
  /\.(?:do[ct][xm]?|wbk|rtf|xl[atw][xm]?|xls[xmb]?|pp[tsa][xm]?|pot)$/i

/** Does its beginning say that Office wrote it, so that it is read as such wherever it lies? */
export function isOfOffice(text: string): boolean {
  return page.test(text) && ofOffice.test(text)
}

/** One that Office wrote, or that is called so that it opens it. */
export function isOfficePage(text: string, name: string): boolean {
  return ofOffice.test(text) || called.test(name)
}

export const officePage: WholeFormat = {
  name: 'document-html',
  read: 'whole',
  maxBytes,
  detect(head, name) {
    const text = head.toString('latin1').replaceAll('\0', '')
    const isCalled = called.test(name)
    if (!page.test(text)) return isCalled && marked.test(text) ? 1 : 0
    return isCalled || ofOffice.test(text) ? 3 : 0
  },
  async take(bytes, options) {
    const { readPage } = await import('./read.ts')
    await readPage(bytes, options)
  },
}
