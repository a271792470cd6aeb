// The pieces of XML, one after another: tags, texts and nothing else. No DTD, no external entity, no namespace, so that
// nothing can expand or be fetched; what is cut off or not well-formed is given as far as it goes.
import { entryOf } from './entry.ts'

/** In UTF-16 units. Names of elements and attributes are short; a longer one is no name. */
const maxNameLength = 256
/** Attributes of one tag; beyond it only a `Name` is kept, and the rest is said to be lost. */
const maxAttributes = 1024

export interface XmlVisitor {
  /**
   * Only these elements, and what lies within them, are of interest: where no comment, section or reference could make it another text,
   * the others are passed over unseen. Absent: all are shown.
   */
  readonly among?: ElementNames
  /** Are names of elements given without their prefix? Absent: with it. */
  readonly isLocal?: boolean
  /**
   * `attributes` in turn name and value, `at` where the tag begins in the text. An element that is
   * empty at once is opened and closed.
   */
  open(name: string, attributes: readonly string[], at: number): void
  /** Are the attributes of such an element asked for? Absent: of all. Of others none are given. Asked once for a name. */
  asks?(name: string): boolean
  /** `at` as in `open`: of the closing tag, where there is one. */
  close(name: string, at: number): void
  text(text: string): void
  /** Something was left out, in words. */
  lost?(what: string): void
  /** A document type, without its brackets. Absent: nothing behind it is read. */
  documentType?(declaration: string): void
  /** `&name;` that is none of the five of XML; it stays in the text as it is written. */
  unknownEntity?(name: string): void
}

export interface ElementNames {
  has(local: string): boolean
  /** Where the next of them begins, from a position on; -1: nowhere. */
  next(text: string, from: number): number
}

/** Without their prefixes. */
export function elementsNamed(...names: readonly string[]): ElementNames {
  const known = new Set(names)
  const start = new RegExp(
    `<(?:[\\w.-]{1,64}:)?(?:${names.join('|')})[\\u0000-\\u0020/>]`,
    'g',
  )
  return {
    has: (local) => known.has(local),
    next(text, from) {
      start.lastIndex = from
      return start.exec(text)?.index ?? -1
    },
  }
}

/** Each `<` begins a tag, and each reference is one of XML's own. */
function isBare(text: string): boolean {
  // Of the two characters the second is rare, and a search for one alone is fast.
  return (
    !(text.includes('!') && text.includes('<!')) &&
    !(text.indexOf('?', 2) >= 0 && text.indexOf('<?', 1) >= 0) &&
    !(text.includes('&') && otherReference.test(text))
  )
}

const otherReference = /&(?!(?:amp|lt|gt|quot|apos|#\w{1,10});)/

function isCutOff(text: string): boolean {
  const last = text.lastIndexOf('<')
  return last >= 0 && text.indexOf('>', last) < 0
}

/** What was wrong, in words; undefined where all was well. */
export function scanXml(text: string, visitor: XmlVisitor): string | undefined {
  const hasReferences = text.includes('&')
  const names = new TagNames(text, visitor, hasReferences)
  const give = (piece: string) =>
    visitor.text(hasReferences ? decoded(piece, visitor) : piece)
  const among = visitor.among && isBare(text) ? visitor.among : undefined
  let at = 0
  while (at < text.length) {
    if (among && names.within === 0) {
      at = among.next(text, at)
      if (at < 0) return isCutOff(text) ? 'cut off within a tag' : undefined
    }
    const tag = text.indexOf('<', at)
    if (tag < 0) {
      give(text.slice(at))
      return undefined
    }
    if (tag > at) give(text.slice(at, tag))
    const next = text.charCodeAt(tag + 1)
    if (next === BANG) {
      const after = passDeclaration(text, tag, visitor)
      if (typeof after === 'string') return after
      at = after
    } else if (next === QUESTION) {
      at = after(text, '?>', tag)
    } else if (next === SLASH) {
      const end = text.indexOf('>', tag)
      if (end < 0) return 'cut off within a tag'
      visitor.close(names.closed(tag + 2, end), tag)
      at = end + 1
    } else {
      const end = openTag(text, tag + 1, visitor, names)
      if (end < 0) return 'cut off within a tag'
      if (end === tag + 1) visitor.text('<')
      at = end
    }
  }
  return undefined
}

const BANG = 0x21
const QUESTION = 0x3f
const SLASH = 0x2f
const GREATER = 0x3e
const SPACE = 0x20
const EQUALS = 0x3d
const QUOTE = 0x22
const APOSTROPHE = 0x27

function after(text: string, mark: string, from: number): number {
  const i = text.indexOf(mark, from)
  return i < 0 ? text.length : i + mark.length
}

// Comments and CDATA. A document type could define entities: none is taken.
function passDeclaration(
  text: string,
  at: number,
  visitor: XmlVisitor,
): number | string {
  if (text.startsWith('<!--', at)) return after(text, '-->', at + 4)
  if (text.startsWith('<![CDATA[', at)) {
    const end = text.indexOf(']]>', at)
    visitor.text(text.slice(at + 9, end < 0 ? text.length : end))
    return end < 0 ? 'cut off within CDATA' : end + 3
  }
  const end = visitor.documentType ? declarationEnd(text, at) : -1
  if (end < 0)
    return 'a document type or another declaration; what follows was not read'
  visitor.documentType?.(text.slice(at + 2, end))
  return end + 1
}

/** Behind the declarations in it and whatever they quote; -1 where it is cut off. */
function declarationEnd(text: string, from: number): number {
  const marks = /["'<>]/g
  marks.lastIndex = from + 2
  let depth = 1
  for (let mark = marks.exec(text); mark; mark = marks.exec(text)) {
    const c = mark[0]
    if (c === '<') depth++
    else if (c === '>') {
      if (--depth === 0) return mark.index
    } else {
      const close = text.indexOf(c, mark.index + 1)
      if (close < 0) return -1
      marks.lastIndex = close + 1
    }
  }
  return -1
}

function decoded(text: string, visitor: XmlVisitor): string {
  if (!text.includes('&')) return text
  if (visitor.unknownEntity) {
    for (const [, name] of text.matchAll(/&([A-Za-z_][\w.-]{0,63});/g)) {
      if (!entryOf(entities, name!)) visitor.unknownEntity(name!)
    }
  }
  return decodeEntities(text)
}

/** The attributes of the tag that begins here, as `open` gives them. */
export function attributesAt(text: string, at: number): readonly string[] {
  let found: readonly string[] = []
  const visitor: XmlVisitor = {
    open: (_, attributes) => {
      found = attributes
    },
    close() {},
    text() {},
  }
  openTag(text, at + 1, visitor, new TagNames(text, visitor, true))
  return found
}

interface TagName {
  /** As it is written. */
  readonly written: string
  readonly given: string
  readonly isAsked: boolean
  readonly isAmong: boolean
}

/** Of names that are remembered at a time; a power of two. */
const nameSlots = 128

/** Names of elements, of which a text has few and each thousands of times: one string for each, made once. */
class TagNames {
  readonly #text: string
  readonly #visitor: XmlVisitor
  readonly #hasReferences: boolean
  /** Elements of interest that are open. */
  within = 0
  readonly #slots: (TagName | undefined)[] = new Array(nameSlots)

  constructor(text: string, visitor: XmlVisitor, hasReferences: boolean) {
    this.#text = text
    this.#visitor = visitor
    this.#hasReferences = hasReferences
  }

  /** Another name in its slot is forgotten. */
  of(from: number, to: number): TagName {
    const text = this.#text
    const length = to - from
    const mark =
      text.charCodeAt(from) * 7 + text.charCodeAt(to - 1) * 31 + length
    const slot = mark & (nameSlots - 1)
    const known = this.#slots[slot]
    if (
      known?.written.length === length &&
      text.startsWith(known.written, from)
    )
      return known
    const made = this.#made(text.slice(from, to))
    this.#slots[slot] = made
    return made
  }

  closed(from: number, to: number): string {
    let end = to
    while (end > from && this.#text.charCodeAt(end - 1) <= SPACE) end--
    if (end <= from) return ''
    const { given, isAmong } = this.of(from, end)
    if (isAmong && this.within > 0) this.within--
    return given
  }

  #made(written: string): TagName {
    const { isLocal, asks, among } = this.#visitor
    const local = localName(written)
    const given = isLocal ? local : written
    // What is wrong with a reference is said wherever it stands.
    const isAsked = this.#hasReferences || !asks || this.#visitor.asks!(given)
    return { written, given, isAsked, isAmong: among?.has(local) ?? false }
  }
}

const noAttributes: readonly string[] = []

/** The position behind the tag; -1 where it is cut off; `from` itself where this is no tag. */
function openTag(
  text: string,
  from: number,
  visitor: XmlVisitor,
  names: TagNames,
): number {
  let at = nameEnd(text, from)
  if (at === from) return from
  const { given, isAsked, isAmong } = names.of(from, at)
  let attributes: string[] | undefined
  for (;;) {
    at = skipSpace(text, at)
    if (at >= text.length) return -1
    const c = text.charCodeAt(at)
    if (c === GREATER) {
      if (isAmong) names.within++
      visitor.open(given, attributes ?? noAttributes, from - 1)
      return at + 1
    }
    if (c === SLASH) {
      const isEnd = text.charCodeAt(at + 1) === GREATER
      if (isEnd) {
        visitor.open(given, attributes ?? noAttributes, from - 1)
        visitor.close(given, from - 1)
        return at + 2
      }
      at++
      continue
    }
    if (isAsked) attributes ??= []
    at = readAttribute(text, at, attributes, visitor)
    if (at < 0) return -1
  }
}

/** The position behind `name="value"`, or behind what is none; -1 where it is cut off. */
function readAttribute(
  text: string,
  from: number,
  attributes: string[] | undefined,
  visitor: XmlVisitor,
): number {
  const end = nameEnd(text, from)
  if (end === from) return from + 1
  let at = skipSpace(text, end)
  if (text.charCodeAt(at) !== EQUALS) return at
  at = skipSpace(text, at + 1)
  const quote = text.charCodeAt(at)
  if (quote !== QUOTE && quote !== APOSTROPHE) return at
  const close = text.indexOf(quote === QUOTE ? '"' : "'", at + 1)
  if (close < 0) return -1
  if (!attributes) return close + 1
  const name = text.slice(from, end)
  if (attributes.length < maxAttributes * 2 || name === 'Name') {
    attributes.push(name, decoded(text.slice(at + 1, close), visitor))
  } else visitor.lost?.(`over ${maxAttributes} attributes in one tag`)
  return close + 1
}

function nameEnd(text: string, from: number): number {
  let at = from
  const most = Math.min(text.length, from + maxNameLength)
  while (at < most && isNameChar(text.charCodeAt(at))) at++
  return at
}

function isNameChar(c: number): boolean {
  return (
    (c >= 0x61 && c <= 0x7a) ||
    (c >= 0x41 && c <= 0x5a) ||
    (c >= 0x30 && c <= 0x3a) ||
    c === 0x5f ||
    c === 0x2d ||
    c === 0x2e ||
    c >= 0x80
  )
}

function skipSpace(text: string, from: number): number {
  let at = from
  while (text.charCodeAt(at) <= SPACE) at++
  return at
}

/** `win:Event` is an Event. Attributes keep their prefix, so that `xmlns:win` is told from a name. */
export function localName(name: string): string {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

const entities: { readonly [name: string]: string } = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
}

/**
 * The five entities of XML and character references; others stay as they are written. Some syslog collectors lose the
 * semicolon: a bare ampersand is no XML, so `&lt` alone can only be what is left of `&lt;`.
 */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(reference, (whole, name: string, semicolon: string) => {
    if (name[0] !== '#') return entryOf(entities, name) ?? whole
    if (!semicolon) return whole
    const isHex = name[1] === 'x' || name[1] === 'X'
    const digits = name.slice(isHex ? 2 : 1)
    const code = Number.parseInt(digits, isHex ? 16 : 10)
    const isCharacter = /^[\da-f]+$/i.test(digits) && code <= 0x10ffff
    return isCharacter ? String.fromCodePoint(code) : whole
  })
}

const reference = /&(#?\w{1,10})\b(;?)/g
