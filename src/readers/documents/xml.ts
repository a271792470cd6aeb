// The XML of a document's part: whatever its encoding and its prefixes. Nothing is fetched and no entity is expanded; that
// one was declared or used is said.
import {
  attributesAt,
  type ElementNames,
  localName,
  scanXml,
} from '../../base/xml.ts'

/** Of one part, in bytes. */
export const maxPartBytes = 64 * 1024 * 1024

export interface PartVisitor {
  /** Only these and what lies within them may be shown; absent: all. */
  readonly among?: ElementNames
  /** Names without prefix. */
  open(name: string, attributes: Attributes, at: number): void
  /** Are the attributes of such an element asked for? Absent: of all. */
  asks?(name: string): boolean
  close?(name: string, at: number): void
  text?(text: string): void
}

export class Attributes {
  readonly #pairs: readonly string[]

  constructor(pairs: readonly string[]) {
    this.#pairs = pairs
  }

  /** By its name without prefix. */
  get(name: string): string | undefined {
    const pairs = this.#pairs
    for (let i = 0; i < pairs.length; i += 2) {
      const at = pairs[i]!
      if (at === name || (at.endsWith(name) && localName(at) === name)) {
        return pairs[i + 1]
      }
    }
    return undefined
  }
}

/** Of the tag that begins there: for a visitor that asks seldom for what every element has. */
export function tagAttributes({ text }: XmlText, at: number): Attributes {
  return new Attributes(attributesAt(text, at))
}

const noAttributes = new Attributes([])

export interface XmlText {
  readonly text: string
  /** Of a position in the text, in bytes; positions that are asked for only grow. */
  offsetOf(at: number): number
}

export function decodeXml(bytes: Buffer): XmlText {
  const encoding = encodingOf(bytes)
  const text =
    encoding === 'utf-8'
      ? bytes.toString('utf8')
      : new TextDecoder(encoding).decode(bytes)
  // The bytes themselves are let go.
  const isPlain = text.length === bytes.length
  let done = 0
  let offset = 0
  return {
    text,
    offsetOf(at) {
      if (encoding.startsWith('utf-16')) return at * 2
      if (encoding !== 'utf-8' || isPlain) return at
      if (at > done) {
        offset += Buffer.byteLength(text.slice(done, at))
        done = at
      }
      return offset
    },
  }
}

// XML 1.0, appendix F: by the mark, by the NULs beside the first character, or as the declaration says.
function encodingOf(bytes: Buffer): string {
  const [a, b] = bytes
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0)) return 'utf-16le'
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c)) return 'utf-16be'
  const declared = /^[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']/.exec(
    bytes.toString('latin1', 0, 256),
  )?.[1]
  if (!declared || /^utf-?(?:8|16)$/i.test(declared)) return 'utf-8'
  try {
    return new TextDecoder(declared).encoding
  } catch {
    return 'utf-8'
  }
}

/** What is wrong with one part, each said once. */
const maxSaid = 8

/** Shows a part to its visitor; what is wrong with it is told in words. */
export function scanPart(
  xml: XmlText,
  visitor: PartVisitor,
  tell: (problem: string) => void,
): void {
  const said = new Set<string>()
  const say = (message: string) => {
    if (said.has(message) || said.size >= maxSaid) return
    said.add(message)
    tell(message)
  }
  const problem = scanXml(xml.text, {
    isLocal: true,
    ...(visitor.among && { among: visitor.among }),
    ...(visitor.asks && { asks: (name) => visitor.asks!(name) }),
    open: (name, attributes, at) =>
      visitor.open(
        name,
        attributes.length === 0 ? noAttributes : new Attributes(attributes),
        at,
      ),
    close: (name, at) => visitor.close?.(name, at),
    text: (text) => visitor.text?.(text),
    lost: say,
    documentType: (declaration) => {
      if (/<!ENTITY/.test(declaration)) {
        say('declares entities of its own; none is expanded or fetched')
      }
    },
    unknownEntity: (name) =>
      say(`uses the undefined entity "&${name};"; it was left as it is`),
  })
  if (problem !== undefined) say(`XML ${problem}`)
}
