// What a page shows, as lines of text: for records that somebody pasted into it.
import { decodeEntities } from '../../../base/xml.ts'

/** UTF-16 units of a page that are looked at. */
const maxPage = 8 * 1024 * 1024

const tag = /<(\/?)([a-z][a-z0-9]{0,15})[^<>]{0,4096}>|<[^<>]{0,4096}>/gi
const hiding = /^(?:script|style|title)$/
const ending = /^(?:p|div|pre|li|tr|h[1-6]|blockquote|table)$/

/** Line breaks in the source are blanks, but for those in `pre`. */
export function textOfHtml(html: string): string {
  const page = html.slice(0, maxPage)
  const out: string[] = []
  let hidden: string | undefined
  let isPre = false
  let from = 0
  const show = (to: number) => {
    if (hidden !== undefined) return
    const text = page.slice(from, to)
    const begins = out.at(-1) === '\n' ? /^[ \t\r\n]+/ : ''
    const shown = isPre
      ? text
      : text.replace(begins, '').replaceAll(/[\t\r\n]+/g, ' ')
    if (shown) out.push(shown)
  }
  for (const { index, 0: whole, 1: close, 2: word } of page.matchAll(tag)) {
    show(index)
    from = index + whole.length
    const name = word?.toLowerCase() ?? ''
    if (hidden !== undefined) {
      if (close && name === hidden) hidden = undefined
    } else if (!close && hiding.test(name)) hidden = name
    else if (name === 'br' || name === 'hr' || (close && ending.test(name)))
      out.push('\n')
    if (name === 'pre') isPre = !close
  }
  show(page.length)
  const text = out.join('').replaceAll('&nbsp;', ' ')
  return decodeEntities(text).replaceAll('\u00A0', ' ')
}
