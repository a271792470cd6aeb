// Fields of Word in the HTML that it writes, as messages and single-file web pages have it: `mso-element:field-begin`, the code, `field-separator`, the
// result, `field-end`, each a mark of style. [MS-OE376] names the elements; browsers pass over them, Word takes them for fields again.
import { FieldBuilder } from '../fields/builder.ts'
import { FieldStory } from '../fields/story.ts'
import type { ItemWriter } from '../item.ts'
import { FieldStyles } from './styles.ts'
import { attributeOf, plainText, type Tag, tagsOf } from './tags.ts'

/** UTF-16 units of a body that are looked through. */
const maxBody = 8 * 1024 * 1024

/** Some mark may be there, however its style is written. */
const mayHold = /field-(?:begin|code)|style[^<>]{0,256}(?:&#|\\)/i

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
  readonly #styles = new FieldStyles()
  #isSheet = false
  #inProperties = false
  #property: string | undefined
  #bookmark: string | undefined

  constructor(part: string, offset: number | undefined) {
    this.#part = part
    this.#offset = offset
  }

  text(html: string): void {
    if (this.#isSheet) {
      this.#styles.sheet(html)
      return
    }
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
    this.#isSheet = name === 'style' && !isEnd
    if (isEnd) return
    const style = this.#styles.of(tag)
    if (style?.mark === 'begin') this.#begin(at)
    else if (style?.mark === 'separator') this.#builder.separate()
    else if (style?.mark === 'end') this.#builder.end()
    else if (style?.code !== undefined) {
      this.#begin(at)
      this.#builder.text(style.code)
      this.#builder.end()
    }
  }

  #begin(at: number) {
    this.#builder.begin({
      part: this.#part,
      position: `character ${at}`,
      ...(this.#offset !== undefined && { offset: this.#offset }),
    })
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
