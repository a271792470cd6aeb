// Documents of Word with fields as Word writes them: for tests.
import { escaped, type OoxmlParts, ooxmlOf } from './ooxml.ts'

const w = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'

export const run = (inner: string) => `<w:r>${inner}</w:r>`
export const char = (type: string) =>
  run(`<w:fldChar w:fldCharType="${type}"/>`)
export const code = (text: string) =>
  run(`<w:instrText xml:space="preserve">${escaped(text)}</w:instrText>`)
export const plain = (text: string) =>
  run(`<w:t xml:space="preserve">${escaped(text)}</w:t>`)

/** A field whose code is in these pieces, each in a run of its own; a piece that is XML stands as it is. */
export function field(...pieces: readonly string[]): string {
  const inner = pieces.map((p) => (p.startsWith('<w:') ? p : code(p)))
  return `${char('begin')}${inner.join('')}${char('separate')}${plain('!Error')}${char('end')}`
}

export const paragraph = (inner: string) => `<w:p>${inner}</w:p>`

export function wordXml(root: string, body: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><w:${root} xmlns:w="${w}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:o="urn:schemas-microsoft-com:office:office">${body}</w:${root}>`
}

export function docxOf(
  body: string,
  parts: OoxmlParts['parts'] = {},
  type = 'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
): Buffer {
  return ooxmlOf({
    type,
    mainName: 'word/document.xml',
    main: wordXml('document', `<w:body>${body}</w:body>`),
    parts,
  })
}
