// Fields of Word in the HTML that it writes, as messages and single-file web pages have it: `mso-element:field-begin`, the code, `field-separator`, the
// result, `field-end`, each a mark of style. [MS-OE376] names the elements; browsers pass over them, Word takes them for fields again.
import { decodeEntities } from '../../../base/xml.ts'

import { FieldBuilder } from '../fields/builder.ts'
import { FieldStory } from '../fields/story.ts'
import type { ItemWriter } from '../item.ts'

const mark = /mso-element:\s?field-(begin|separator|end)/gi
/** UTF-16 units of a body that are looked through. */
const maxBody = 8 * 1024 * 1024

export function tellFields(
  html: string,
  writer: ItemWriter,
  { part, offset }: { readonly part: string; readonly offset?: number },
): void {
  const text = html.slice(0, maxBody)
  if (!/mso-element:\s?field-begin/i.test(text)) return
  if (html.length > maxBody)
    writer.bound(
      `a body of over ${maxBody} characters; fields behind them were not looked for`,
      part,
      offset,
    )
  const story = new FieldStory()
  const builder = new FieldBuilder(story)
  let from = 0
  for (const found of text.matchAll(mark)) {
    builder.text(plainText(text.slice(from, found.index)))
    from = tagEnd(text, found.index)
    const what = found[1]!.toLowerCase()
    if (what === 'begin')
      builder.begin({
        part,
        position: `character ${found.index}`,
        ...(offset !== undefined && { offset }),
      })
    else if (what === 'separator') builder.separate()
    else builder.end()
  }
  builder.text(plainText(text.slice(from)))
  builder.finish()
  story.tell(writer)
}

/** Behind the tag in which a mark stands. */
function tagEnd(text: string, at: number): number {
  const end = text.indexOf('>', at)
  return end < 0 ? text.length : end + 1
}

/** Without tags, of which the last may be open, and conditional comments. */
function plainText(html: string): string {
  return decodeEntities(
    html.replaceAll(/<[^<>]*(?:>|$)/g, '').replaceAll(/\s+/g, ' '),
  )
}
