// Fields of Word in the HTML that it writes, as messages and single-file web pages have it: `mso-element:field-begin`, the code, `field-separator`, the
// result, `field-end`, each a mark of style. [MS-OE376] names the elements; browsers pass over them, Word takes them for fields again.
import { FieldBuilder } from '../fields/builder.ts'
import { FieldStory } from '../fields/story.ts'
import type { ItemWriter } from '../item.ts'
import { attributeOf, plainText, type Tag, tagsOf } from './tags.ts'

/** UTF-16 units of a body that are looked through. */
const maxBody = 8 * 1024 * 1024

/** Some mark may be there, however its style is written. */
const mayHold = /field-begin|style[^<>]{0,256}(?:&#|\\)/i
const mark = /mso-element\s*:\s*["']?field-(begin|separator|end)/i

export function tellFields(
  html: string,
  writer: ItemWriter,
  { part, offset }: { readonly part: string; readonly offset?: number },
): void {
  const text = html.slice(0, maxBody)
  if (!mayHold.test(text)) return
  if (html.length > maxBody)
    writer.bound(
      `a body of over ${maxBody} characters; fields behind them were not looked for`,
      part,
      offset,
    )
  const page = new FieldsOfPage(part, offset)
  let from = 0
  for (const tag of tagsOf(text)) {
    page.text(text.slice(from, tag.at))
    page.tag(tag)
    from = tag.end
  }
  page.text(text.slice(from))
  page.tell(writer)
}

/** Where properties of the document stand, each an element of its own. */
const propertyGroups = /^o:(?:custom)?documentproperties$/

class FieldsOfPage {
  readonly #story = new FieldStory()
  readonly #builder = new FieldBuilder(this.#story)
  readonly #part: string
  readonly #offset: number | undefined
  #inProperties = false
  #property: string | undefined
  #bookmark: string | undefined

  constructor(part: string, offset: number | undefined) {
    this.#part = part
    this.#offset = offset
  }

  text(html: string): void {
    const text = plainText(html)
    if (this.#property !== undefined) this.#story.property(this.#property, text)
    else if (!this.#inProperties) this.#builder.text(text)
  }

  tag(tag: Tag): void {
    const { name, isEnd, at } = tag
    if (propertyGroups.test(name)) this.#inProperties = !isEnd
    this.#property =
      this.#inProperties && !isEnd ? name.replace(/^o:/, '') : undefined
    if (name === 'a') this.#anchor(tag)
    if (isEnd || !/style/i.test(tag.text)) return
    const what = mark.exec(plainStyle(attributeOf(tag, 'style') ?? ''))?.[1]
    if (!what) return
    const kind = what.toLowerCase()
    if (kind === 'begin')
      this.#builder.begin({
        part: this.#part,
        position: `character ${at}`,
        ...(this.#offset !== undefined && { offset: this.#offset }),
      })
    else if (kind === 'separator') this.#builder.separate()
    else this.#builder.end()
  }

  tell(writer: ItemWriter): void {
    this.#builder.finish()
    this.#story.tell(writer)
  }

  /** A bookmark is an anchor with a name. */
  #anchor(tag: Tag) {
    if (this.#bookmark !== undefined) this.#builder.bookmarkEnd(this.#bookmark)
    this.#bookmark = tag.isEnd ? undefined : attributeOf(tag, 'name')
    if (this.#bookmark !== undefined)
      this.#builder.bookmarkStart(this.#bookmark, this.#bookmark)
  }
}

/** Of CSS: without comments, and with characters for their numbers. */
function plainStyle(style: string): string {
  return style
    .replaceAll(/\/\*[^*]{0,1024}\*\//g, '')
    .replaceAll(/\\([\da-f]{1,6})\s?/gi, (whole, hex: string) => {
      const code = Number.parseInt(hex, 16)
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
    })
}
