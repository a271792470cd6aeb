// Event XML that is not written as Windows writes it: with a prefix before each name, or escaped within other XML (the messages of
// event forwarding).
import { looksLikeJson } from '../jsonl/recognise.ts'
import type { TextForm } from './block-reader.ts'

const start = /<\w{1,32}:Event[\s>]|&lt;Event[\s&]/

export const carriedXmlForm: TextForm = {
  name: 'windows-xml-carried',
  looksLike: (text) =>
    looksLikeJson(Buffer.from(text, 'latin1')) < 2 &&
    ((/<\w{1,32}:Event[\s>]/.test(text) &&
      /<\w{1,32}:System[\s>]/.test(text)) ||
      (/&lt;Event[\s&]/.test(text) && text.includes('&lt;System'))),
  begins: (line) => start.test(line),
  object(lines) {
    const text = lines.join('\n')
    const at = text.search(/&lt;Event[\s&]/)
    return at < 0 ? text.slice(text.search(start)) : text.slice(at)
  },
  isAround: (line) => !start.test(line),
}
