// What does a rich text refer to, embed and run: its fields, objects and template. Written so that noise between the
// words (comments for nobody, blanks within hexadecimal digits, groups within groups) changes nothing.
import type { Damage } from '../../../base/record.ts'

import { windows1252 } from '../binary/windows-1252.ts'
import { type BuiltFields, FieldBuilder } from '../fields/builder.ts'

import { type Destination, destinationOf, isTextual } from './destinations.ts'
import { HexData } from './hex-data.ts'
import { nibble, scanRtf, type TokenVisitor } from './tokens.ts'

export interface RichTextObject {
  readonly at: number
  className: string
  classId: string
  name: string
  readonly data: HexData
  /** It is linked, so that opening may fetch it. */
  isLinked: boolean
  /** `\objupdate`: it is fetched or run without being asked for. */
  updates: boolean
}

export interface RichText {
  readonly objects: readonly RichTextObject[]
  readonly templates: readonly {
    readonly at: number
    readonly target: string
  }[]
}

export interface RichTextVisitor extends BuiltFields {
  damaged(damage: Damage): void
}

/** Groups in each other. */
const maxDepth = 4096
const maxObjects = 4096
/** Of a code page, each byte is one character. */
const everyByte = Buffer.from(Array.from({ length: 256 }, (_, i) => i))

export function readRichText(
  bytes: Buffer,
  visitor: RichTextVisitor,
): RichText {
  const reader = new RichTextReader(visitor)
  scanRtf(bytes, reader)
  reader.end(bytes.length)
  return reader
}

interface Group {
  destination: Destination
  /** Characters behind `\u` that stand for the same. */
  skip: number
  /** `\*` was said, and no word yet. */
  ignorable: boolean
  /** A field begins in this group, and ends with it. */
  beginsField: boolean
  object: RichTextObject | undefined
  /** `\\deleted`: what stood there before, while changes are tracked. */
  isDeleted: boolean
}

class RichTextReader implements TokenVisitor, RichText {
  readonly objects: RichTextObject[] = []
  readonly templates: { at: number; target: string }[] = []
  readonly #visitor: RichTextVisitor
  readonly #fields: FieldBuilder
  readonly #stack: Group[] = []
  #group: Group = {
    destination: 'text',
    skip: 1,
    ignorable: false,
    beginsField: false,
    object: undefined,
    isDeleted: false,
  }
  #pending = ''
  #beyond = 0
  #beyondObjects = 0
  #toSkip = 0
  #characters: string = windows1252(everyByte)

  constructor(visitor: RichTextVisitor) {
    this.#visitor = visitor
    this.#fields = new FieldBuilder(visitor)
  }

  open(at: number): void {
    this.#flush()
    this.#toSkip = 0
    if (this.#stack.length >= maxDepth) {
      if (this.#beyond++ === 0)
        this.#bound(at, `groups deeper than ${maxDepth} are read as one`)
      return
    }
    this.#stack.push(this.#group)
    this.#group = { ...this.#group, ignorable: false, beginsField: false }
  }

  close(): void {
    this.#flush()
    this.#toSkip = 0
    if (this.#beyond > 0) {
      this.#beyond--
      return
    }
    if (this.#group.beginsField) this.#fields.end()
    this.#group = this.#stack.pop() ?? { ...this.#group, beginsField: false }
  }

  end(at: number): void {
    this.#flush()
    this.#fields.finish()
    if (this.#stack.length > 0)
      this.#say(at, `${this.#stack.length} groups are not closed`)
  }

  symbol(character: number): void {
    if (character === 0x2a) this.#group.ignorable = true
    else if (character === 0x7e) this.#put('\u00a0')
    else if (character === 0x0a || character === 0x0d) this.#put('\n')
    else if (character === 0x5f) this.#put('-')
  }

  run(bytes: Buffer, from: number, to: number): void {
    const { destination, object } = this.#group
    if (destination === 'object data') {
      for (let at = from; at < to; at++) object?.data.nibble(nibble(bytes[at]))
      return
    }
    const start = Math.min(to, from + this.#toSkip)
    this.#toSkip -= start - from
    if (start < to && destination !== 'nowhere')
      this.#put(bytes.toString('latin1', start, to))
  }

  byte(value: number, _at: number, isHex: boolean): void {
    const { destination, object } = this.#group
    if (destination === 'object data') {
      if (!isHex) object?.data.nibble(nibble(value))
    } else if (this.#toSkip > 0) this.#toSkip--
    else if (value < 0x80) this.#put(String.fromCharCode(value))
    else this.#put(this.#characters[value]!)
  }

  binary(bytes: Buffer): void {
    const { destination, object } = this.#group
    if (destination === 'object data') object?.data.bytes(bytes)
    else if (this.#toSkip > 0) this.#toSkip--
  }

  word(name: string, number: number | undefined, at: number): void {
    const group = this.#group
    const wasIgnorable = group.ignorable
    group.ignorable = false
    if (name === 'u') {
      this.#unicode(number ?? 0)
      return
    }
    if (this.#toSkip > 0) this.#toSkip--
    if (name === 'uc') group.skip = Math.min(Math.max(0, number ?? 1), 64)
    else if (name === 'ansicpg') this.#codePage(number ?? 1252)
    else if (name === 'field') this.#openField(at)
    else if (name === 'object') this.#openObject(at)
    else if (name === 'deleted' || name === 'plain')
      this.#delete(name === 'deleted' && number !== 0)
    else if (name === 'par' || name === 'line') this.#put('\n')
    else if (name === 'tab') this.#put('\t')
    else if (name in characters) this.#put(characters[name]!)
    else if (name.startsWith('obj') && group.object) this.#objectWord(name)
    this.#send(name, at, wasIgnorable)
  }

  #delete(isDeleted: boolean): void {
    if (this.#group.isDeleted === isDeleted) return
    this.#flush()
    this.#group.isDeleted = isDeleted
  }

  #send(name: string, at: number, wasIgnorable: boolean): void {
    const group = this.#group
    const destination = destinationOf(name)
    if (destination === undefined) {
      if (wasIgnorable && !isTextual(name)) group.destination = 'nowhere'
      return
    }
    this.#flush()
    if (destination === 'code' && !this.#isInField()) this.#openField(at)
    if (destination === 'result') this.#fields.separate()
    if (destination === 'object data' && !group.object) this.#openObject(at)
    if (destination === 'template') this.templates.push({ at, target: '' })
    group.destination = destination
  }

  /** A code belongs to the field whose group it is in; within another code, a new field begins. */
  #isInField(): boolean {
    return this.#group.destination === 'field'
  }

  #openField(at: number): void {
    const group = this.#group
    this.#flush()
    if (group.beginsField) this.#fields.end()
    this.#fields.begin({ part: '', position: `byte ${at}`, offset: at })
    group.beginsField = true
    group.destination = 'field'
  }

  #openObject(at: number): void {
    if (this.objects.length >= maxObjects) {
      if (this.#beyondObjects++ === 0)
        this.#bound(at, `over ${maxObjects} objects; the rest was not read`)
      return
    }
    const object: RichTextObject = {
      at,
      className: '',
      classId: '',
      name: '',
      data: new HexData(),
      isLinked: false,
      updates: false,
    }
    this.objects.push(object)
    this.#group.object = object
  }

  #objectWord(name: string): void {
    const object = this.#group.object!
    if (/^obj(?:aut)?link$|^objsub$|^objpub$/.test(name)) object.isLinked = true
    if (name === 'objupdate') object.updates = true
  }

  #unicode(number: number): void {
    if (this.#group.destination === 'object data') return
    this.#put(String.fromCharCode(number & 0xffff))
    this.#toSkip = this.#group.skip
  }

  #put(text: string): void {
    const { destination, object } = this.#group
    switch (destination) {
      case 'text':
      case 'code':
      case 'result':
        this.#pending += text
        return
      case 'object class':
        if (object) object.className = bounded(object.className, text)
        return
      case 'class id':
        if (object) object.classId = bounded(object.classId, text)
        return
      case 'object name':
        if (object) object.name = bounded(object.name, text)
        return
      case 'template': {
        const template = this.templates.at(-1)
        if (template) template.target = bounded(template.target, text)
        return
      }
      case 'field':
      case 'nowhere':
      case 'object data':
        return
    }
  }

  /** Text of one group in one piece, however it is written. */
  #flush(): void {
    if (this.#pending) this.#fields.text(this.#pending, this.#group.isDeleted)
    this.#pending = ''
  }

  #codePage(number: number): void {
    if (number < 1250 || number > 1258) return
    this.#characters = new TextDecoder(`windows-${number}`).decode(everyByte)
  }

  #bound(offset: number, message: string): void {
    const isBound = true
    this.#visitor.damaged({ what: 'rich text', offset, message, isBound })
  }

  #say(offset: number, message: string): void {
    this.#visitor.damaged({ what: 'rich text', offset, message })
  }
}

const characters: Readonly<Record<string, string>> = Object.assign(
  Object.create(null),
  {
    lquote: '‘',
    rquote: '’',
    ldblquote: '“',
    rdblquote: '”',
    bullet: '•',
    emdash: '—',
    endash: '–',
  },
)

/** UTF-16 units of a name that is kept. */
const maxName = 4096

function bounded(before: string, text: string): string {
  return before.length < maxName ? before + text : before
}
