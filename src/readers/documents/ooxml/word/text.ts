// The text of one part of Word, as fields are found in it. The same elements stand in Word's XML of 2003.
// ECMA-376 part 1, 17.16 (fields), 17.3.3 (contents of a run).
import { FieldBuilder } from '../../fields/builder.ts'
import type { FieldPlace } from '../../fields/node.ts'
import type { FieldStory } from '../../fields/story.ts'
import type { DocumentItem, ItemWriter } from '../../item.ts'
import type { Attributes, PartVisitor } from '../../xml.ts'

/** Boxes of text in each other. */
const maxBoxes = 16

export class WordText implements PartVisitor {
  readonly #writer: ItemWriter
  readonly #story: FieldStory
  readonly #part: string
  readonly #offsetOf: (at: number) => number
  #fields: FieldBuilder
  /** The fields around a box of text are another story. */
  readonly #around: FieldBuilder[] = []
  #paragraph = 0
  #at = 0
  /** The text of the element that is open counts. */
  #isText = false
  /** ECMA-376 part 1, 17.13.5: it is what stood there before. */
  #isDeleted = false
  #simple = 0
  /** What the control is bound to whose properties were read. */
  #bound: string | undefined
  /** The text of a control gives way to what it is bound to. */
  #isBound = false
  readonly #boundTo: ((path: string) => string | undefined) | undefined

  constructor(
    {
      writer,
      boundTo,
    }: {
      readonly writer: ItemWriter
      /** What data have at a path. */
      readonly boundTo?: (path: string) => string | undefined
    },
    story: FieldStory,
    part: string,
    offsetOf: (at: number) => number,
  ) {
    this.#writer = writer
    this.#boundTo = boundTo
    this.#story = story
    this.#part = part
    this.#offsetOf = offsetOf
    this.#fields = this.#builder()
  }

  open(name: string, attributes: Attributes, at: number): void {
    this.#at = at
    switch (name) {
      case 'p':
        this.#paragraph++
        break
      case 't':
      case 'instrText':
        this.#isText = true
        break
      case 'delText':
      case 'delInstrText':
        this.#isText = true
        this.#isDeleted = true
        break
      case 'fldChar':
        this.#fieldChar(attributes.get('fldCharType'))
        break
      case 'fldSimple':
        this.#fields.begin(this.#place())
        this.#fields.text(attributes.get('instr') ?? '')
        this.#fields.separate()
        this.#simple++
        break
      case 'txbxContent':
        if (this.#around.length < maxBoxes) {
          this.#around.push(this.#fields)
          this.#fields = this.#builder()
        }
        break
      default:
        this.#other(name, attributes)
    }
  }

  text(text: string): void {
    if (this.#isText && !this.#isBound) this.#fields.text(text, this.#isDeleted)
  }

  close(name: string): void {
    switch (name) {
      case 'p':
        this.#fields.text('\n')
        break
      case 't':
      case 'instrText':
      case 'delText':
      case 'delInstrText':
        this.#isText = false
        this.#isDeleted = false
        break
      case 'fldSimple':
        if (this.#simple > 0) {
          this.#simple--
          this.#fields.end()
        }
        break
      case 'txbxContent':
        this.#leaveBox()
        break
      case 'sdtContent':
        this.#isBound = false
        break
    }
  }

  finish(): void {
    while (this.#around.length > 0) this.#leaveBox()
    this.#fields.finish()
  }

  #leaveBox() {
    const outer = this.#around.pop()
    if (!outer) return
    this.#fields.finish()
    this.#fields = outer
  }

  #builder(): FieldBuilder {
    return new FieldBuilder(this.#story)
  }

  #fieldChar(type: string | undefined) {
    // A field within a control counts as it stands.
    this.#isBound = false
    if (type === 'begin') this.#fields.begin(this.#place())
    else if (type === 'separate') this.#fields.separate()
    else if (type === 'end') this.#fields.end()
  }

  #other(name: string, attributes: Attributes) {
    switch (name) {
      case 'tab':
      case 'br':
      case 'cr':
        this.#fields.text(' ')
        break
      case 'noBreakHyphen':
        this.#fields.text('-')
        break
      case 'sym':
        this.#fields.text(symbol(attributes.get('char')))
        break
      case 'bookmarkStart':
        this.#fields.bookmarkStart(
          attributes.get('id') ?? '',
          attributes.get('name') ?? '',
        )
        break
      case 'bookmarkEnd':
        this.#fields.bookmarkEnd(attributes.get('id') ?? '')
        break
      case 'dataBinding':
      case 'sdtContent':
        this.#control(name, attributes)
        break
      case 'docVar':
        this.#story.property(
          attributes.get('name') ?? '',
          attributes.get('val') ?? '',
        )
        break
      case 'OLEObject':
        this.#object(attributes)
        break
      case 'connectString':
      case 'query':
      case 'dataSource':
        this.#connection(name, attributes)
        break
    }
  }

  /** A control: what it is bound to, and where its content begins. */
  #control(name: string, attributes: Attributes) {
    if (name === 'dataBinding') {
      this.#bound = this.#boundTo?.(attributes.get('xpath') ?? '')
      return
    }
    const bound = this.#bound
    this.#bound = undefined
    if (bound === undefined || !this.#fields.isInCode) return
    this.#fields.text(bound)
    this.#isBound = true
  }

  #object(attributes: Attributes) {
    const progId = attributes.get('ProgID')
    const type = attributes.get('Type') ?? 'Embed'
    this.#add({
      kind: 'object',
      text: `${type} ${progId ?? ''}`.trim(),
      ...(progId && { progId }),
    })
  }

  /** A mail merge says where its data come from. ECMA-376 part 1, 17.14. */
  #connection(name: string, attributes: Attributes) {
    const text = attributes.get('val')
    if (text) this.#add({ kind: 'connection', text: `${name} ${text}` })
  }

  #add(item: DocumentItem) {
    this.#writer.add({ ...this.#place(), ...item })
  }

  #place(): FieldPlace {
    const byte = this.#offsetOf(this.#at)
    return {
      ...(this.#part ? { part: this.#part } : { offset: byte }),
      position: `paragraph ${Math.max(1, this.#paragraph)}, byte ${byte}`,
    }
  }
}

/** Symbol fonts keep their characters from U+F000 on. */
function symbol(char: string | undefined): string {
  const code = Number.parseInt(char ?? '', 16)
  if (!Number.isInteger(code)) return ''
  const plain = code >= 0xf020 && code <= 0xf0ff ? code - 0xf000 : code
  return plain > 0 && plain <= 0x10ffff ? String.fromCodePoint(plain) : ''
}
