// Text as HTML: nothing of it is markup, and nothing of it hides or turns what stands around it.
import { grouped, oneLine, shownLines } from '../../../base/shown.ts'

/** Characters of one value; what is longer is cut, and says so. */
const maxValue = 20_000

export function html(text: string): string {
  return escaped(oneLine(cut(text)))
}

/** Several lines stay so. */
export function htmlLines(text: string): string {
  return escaped(shownLines(cut(text).replaceAll('\r\n', '\n')))
}

function cut(text: string): string {
  return text.length > maxValue
    ? `${text.slice(0, maxValue)}... (cut: ${grouped(text.length)} characters)`
    : text
}

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text
    .replace(/[&<>"']/g, (c) => references[c]!)
    .replace(/\p{Surrogate}/gu, '\ufffd')
}
