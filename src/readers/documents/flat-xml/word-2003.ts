// Word's XML of 2003: the text is as in later packages, what parts hold there stands within.
// Office 2003 XML Reference Schemas, WordprocessingML.
import { activeMime } from '../active-mime.ts'
import { FieldStory } from '../fields/story.ts'
import type { ItemWriter } from '../item.ts'
import { WordText } from '../ooxml/word/text.ts'
import {
  type Attributes,
  type PartVisitor,
  scanPart,
  type XmlText,
} from '../xml.ts'

export async function readWord2003(
  xml: XmlText,
  writer: ItemWriter,
): Promise<void> {
  const story = new FieldStory()
  const reading = new Word2003(xml, writer, story)
  scanPart(xml, reading, (p) => writer.damaged(p, ''))
  reading.finish()
  story.tell(writer)
  for (const [name, text] of reading.binaries) {
    const bytes = Buffer.from(text, 'base64')
    const inner = activeMime(bytes)
    writer.add({ kind: 'object', text: `binData ${name}`, fileName: name })
    if (inner === 'too large') writer.damaged(`${name}: too large`, name)
    else await writer.inside(name, inner ?? bytes)
  }
}

/** Embedded pieces of one document. */
const maxBinaries = 1000

class Word2003 implements PartVisitor {
  /** Names and base64; pictures are left out. */
  readonly binaries: (readonly [string, string])[] = []
  readonly #writer: ItemWriter
  readonly #story: FieldStory
  readonly #text: WordText
  #binary: string | undefined
  #pieces: string[] = []
  #property: string | undefined

  constructor(xml: XmlText, writer: ItemWriter, story: FieldStory) {
    this.#writer = writer
    this.#story = story
    this.#text = new WordText({ writer }, story, '', (at) => xml.offsetOf(at))
  }

  open(name: string, attributes: Attributes, at: number): void {
    this.#property = properties.has(name) ? name : undefined
    switch (name) {
      case 'binData':
      case 'docOleData':
        this.#binary = (attributes.get('name') ?? name).replace(
          /^wordml:\/+/,
          '',
        )
        this.#pieces = []
        break
      case 'hlink':
        this.#outside('hyperlink', attributes.get('dest'))
        break
      case 'attachedTemplate':
      case 'sourceFileName':
      case 'subDoc':
        this.#outside(name, attributes.get('val') ?? attributes.get('link'))
        break
      case 'annotation':
        this.#annotation(attributes, at)
        break
    }
    this.#text.open(name, attributes, at)
  }

  text(text: string): void {
    if (this.#binary !== undefined) this.#pieces.push(text)
    else if (this.#property) this.#story.property(this.#property, text)
    else this.#text.text(text)
  }

  close(name: string): void {
    this.#property = undefined
    if (name === 'binData' && this.#binary !== undefined) {
      const isPicture = /\.(?:png|jpe?g|gif|[ew]mz?f?|tiff?|bmp|pcz)$/i
      if (!isPicture.test(this.#binary) && this.binaries.length < maxBinaries) {
        this.binaries.push([this.#binary, this.#pieces.join('')])
      }
      this.#binary = undefined
    }
    this.#text.close(name)
  }

  finish(): void {
    this.#text.finish()
  }

  #outside(relation: string, target: string | undefined) {
    if (!target) return
    this.#writer.add({
      kind: relation === 'hyperlink' ? 'link' : 'relation',
      text: `${relation} ${target}`,
      target,
      targetMode: 'external',
      relation,
    })
  }

  /** Bookmarks are annotations here. */
  #annotation(attributes: Attributes, at: number) {
    const type = attributes.get('type')
    if (type === 'Word.Bookmark.Start') {
      this.#text.open('bookmarkStart', attributes, at)
    } else if (type === 'Word.Bookmark.End') {
      this.#text.open('bookmarkEnd', attributes, at)
    }
  }
}

const properties = new Set(['Title', 'Subject', 'Author', 'Keywords'])
