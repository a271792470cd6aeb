// Reads binary XML ([MS-EVEN6] 2.2.12) into a tree: of a template definition, with slots in it, or of a fragment that
// holds its values itself, as collectors write forwarded events.
import { entryOf } from '../../base/entry.ts'
import type { Value } from '../../base/record.ts'

import { chunkHeaderBytes, limits, u16, u32, unreadable } from './layout.ts'
import { type ChunkNames, nameId } from './names.ts'
import {
  entities,
  fragmentHeaderBytes,
  literalBytes,
  moreFlag,
  skipFragmentHeader,
  token,
} from './tokens.ts'
import type {
  Attribute,
  ElementNode,
  InstanceNode,
  Node,
  Part,
  SlotNode,
  TextNode,
} from './tree.ts'
import { decodeValue, valueType } from './value.ts'

/** A reference to a name, or a size. */
export interface Mark {
  readonly at: number
  readonly isName: boolean
}

/** What reads a fragment for a record. */
export interface FragmentReader {
  /** Takes a value that stands in the XML; returns its slot. */
  add(type: number, at: number, length: number): number
  /** Whatever decides the fields of the record; `id` of a name or a literal. */
  step(token: number, id: number): void
  /** Reads a template instance within the fragment; returns the offset after it. */
  instance(at: number): { readonly node: InstanceNode; readonly end: number }
  /** Asked with the System element as soon as it is read: whether to go on. */
  wantsRest(system: ElementNode): boolean
}

export class BinXmlParser {
  readonly #bytes: Buffer
  readonly #names: ChunkNames
  #at = 0
  #end = 0
  #nodes = 0
  /** undefined: a definition is read. */
  #reader: FragmentReader | undefined
  /** What of the last definition differs from chunk to chunk, for comparing it with another spelling. */
  marks: Mark[] = []

  constructor(bytes: Buffer, names: ChunkNames) {
    this.#bytes = bytes
    this.#names = names
  }

  /** The root element of the definition whose body is at `at`. */
  definition(at: number, end: number): ElementNode {
    this.#start(at, end, undefined)
    this.marks = []
    return this.#root()
  }

  /** The root element of a fragment, its values in slots; undefined where the reader does not want the rest. */
  fragment(
    at: number,
    end: number,
    reader: FragmentReader,
  ): ElementNode | undefined {
    this.#start(at, end, reader)
    const root = this.#root()
    return root === declined ? undefined : root
  }

  #start(at: number, end: number, reader: FragmentReader | undefined) {
    this.#at = at
    this.#end = end
    this.#reader = reader
    this.#nodes = 0
  }

  #root(): ElementNode {
    this.#at = skipFragmentHeader(this.#bytes, this.#at, this.#end)
    const first = this.#u8()
    // An instruction may stand before the root.
    if (first === token.instructionTarget) {
      this.#instruction()
      return this.#element(this.#u8(), 0)
    }
    return this.#element(first, 0)
  }

  #element(first: number, depth: number): ElementNode {
    if ((first & ~moreFlag) !== token.open) {
      unreadable(`token 0x${first.toString(16)} where an element begins`)
    }
    if (depth > limits.depth) unreadable(`elements deeper than ${limits.depth}`)
    this.#count()
    this.#dependencyAndSize()
    const name = this.#name(first)
    const attributes = first & moreFlag ? this.#attributes(name) : noAttributes
    const close = this.#u8()
    this.#reader?.step(close, 0)
    if (close === token.closeEmpty) {
      return { kind: 'element', name, attributes, children: noChildren }
    }
    if (close !== token.closeStart) {
      unreadable(`token 0x${close.toString(16)} where a start tag ends`)
    }
    const children = this.#children(depth)
    if (!children) return declined
    return { kind: 'element', name, attributes, children }
  }

  /** undefined: the rest is not wanted. */
  #children(depth: number): Node[] | undefined {
    const children: Node[] = []
    for (;;) {
      const next = this.#u8()
      if (next === token.closeElement) {
        this.#reader?.step(next, 0)
        return children
      }
      switch (next & ~moreFlag) {
        case token.open: {
          const child = this.#element(next, depth + 1)
          children.push(child)
          if (depth === 0 && this.#reader && child.name === 'System') {
            if (!this.#reader.wantsRest(child)) return undefined
          }
          break
        }
        case token.templateInstance:
          if (!this.#reader) unreadable('a template within a definition')
          {
            const { node, end } = this.#reader.instance(this.#at - 1)
            this.#at = end
            children.push(node)
          }
          break
        case token.fragmentHeader:
          this.#skip(fragmentHeaderBytes - 1)
          break
        case token.end:
          // Ends a fragment that was put in here with its header.
          if (!this.#reader) unreadable('a definition that ends too early')
          break
        case token.instructionTarget:
          this.#instruction()
          break
        default: {
          const part = this.#part(next, false)
          if (!part) {
            unreadable(`token 0x${next.toString(16)} within an element`)
          }
          children.push(part)
        }
      }
    }
  }

  /** The Name of event data is the name of a field: a value in the XML, it is no value of the record. */
  #attributes(element: string): Attribute[] {
    const isData = element === 'Data' || element === 'ComplexData'
    this.#size()
    const out: Attribute[] = []
    let next = this.#peek()
    while ((next & ~moreFlag) === token.attribute) {
      this.#at++
      this.#count()
      const name = this.#name(token.attribute)
      const isFieldName = isData && name === 'Name'
      const parts: Part[] = []
      for (;;) {
        next = this.#peek()
        const before = this.#at
        this.#at++
        const part = this.#part(next, isFieldName)
        if (!part) {
          this.#at = before
          break
        }
        parts.push(part)
      }
      out.push({ name, parts })
    }
    return out
  }

  /** undefined where the token, which was read, begins no text. */
  #part(next: number, isFieldName: boolean): Part | undefined {
    const kind = next & ~moreFlag
    switch (kind) {
      case token.value:
        return this.#value(isFieldName)
      case token.cdata:
        return this.#units(isFieldName)
      case token.charReference:
        return this.#literal(String.fromCharCode(this.#u16()))
      case token.entityReference: {
        const name = this.#name(kind)
        return this.#literal(entryOf(entities, name) ?? `&${name};`)
      }
      case token.substitution:
      case token.optionalSubstitution: {
        if (this.#reader) unreadable('a slot outside a template')
        const slot = this.#u16()
        this.#skip(1)
        if (slot >= limits.slots) unreadable(`slot ${slot}`)
        this.#count()
        return { kind: 'slot', slot }
      }
    }
    return undefined
  }

  #value(isFieldName: boolean): Part {
    const type = this.#u8()
    if (type === valueType.string) return this.#units(isFieldName)
    const bytes = literalBytes[type]
    if (bytes === undefined) {
      unreadable(`a literal of type 0x${type.toString(16)}`)
    }
    const at = this.#at
    this.#skip(bytes)
    if (this.#reader && !isFieldName) return this.#slot(type, at, bytes)
    return this.#literal(decodeValue(this.#bytes, type, at, bytes))
  }

  #units(isFieldName: boolean): Part {
    const bytes = 2 * this.#u16()
    const at = this.#at
    this.#skip(bytes)
    if (this.#reader && !isFieldName && !this.#isBlank(at, bytes)) {
      return this.#slot(valueType.string, at, bytes)
    }
    return this.#literal(this.#bytes.ucs2Slice(at, at + bytes))
  }

  /** Layout between elements is no value. */
  #isBlank(at: number, bytes: number): boolean {
    if (bytes > 2 * maxBlanks) return false
    for (let i = at; i < at + bytes; i += 2) {
      if (this.#bytes[i]! > 0x20 || this.#bytes[i + 1] !== 0) return false
    }
    return true
  }

  #slot(type: number, at: number, bytes: number): SlotNode {
    this.#count()
    this.#reader!.step(token.substitution, 0)
    return { kind: 'slot', slot: this.#reader!.add(type, at, bytes) }
  }

  #literal(value: Value): TextNode {
    this.#count()
    this.#reader?.step(token.value, nameId(String(value)))
    return { kind: 'text', value }
  }

  #instruction() {
    this.#name(token.instructionTarget)
    if ((this.#peek() & ~moreFlag) !== token.instructionData) return
    this.#at++
    this.#skip(2 * this.#u16())
  }

  /**
   * Elements of a definition carry a dependency id before their size, those of a fragment do not; some writers do it
   * the other way, which shows where the offset of the name then makes no sense.
   */
  #dependencyAndSize() {
    const usual = !this.#reader ? 6 : 4
    const other = 10 - usual
    const there =
      this.#nameCanBeAt(this.#at + usual) ||
      !this.#nameCanBeAt(this.#at + other)
        ? usual
        : other
    this.#skip(there - 4)
    this.#size()
  }

  /** A size includes the names that stand within, and is not needed: what follows says where it ends. */
  #size() {
    if (!this.#reader) this.marks.push({ at: this.#at, isName: false })
    this.#skip(4)
  }

  #nameCanBeAt(at: number): boolean {
    if (at + 4 > this.#end) return false
    const offset = u32(this.#bytes, at)
    return offset === at + 4 || (offset >= chunkHeaderBytes && offset < at)
  }

  #name(of: number): string {
    const reference = this.#at
    this.#skip(4)
    if (!this.#reader) this.marks.push({ at: reference, isName: true })
    const offset = u32(this.#bytes, reference)
    const name = this.#names.at(offset)
    if (offset === this.#at) this.#skip(this.#names.endOf(offset) - offset)
    this.#reader?.step(of & ~moreFlag, name.id)
    return name.text
  }

  #count() {
    if (++this.#nodes > limits.nodes) {
      unreadable(`more than ${limits.nodes} elements and texts`)
    }
  }

  #peek(): number {
    if (this.#at >= this.#end) unreadable('binary XML ends within an element')
    return this.#bytes[this.#at]!
  }

  #u8(): number {
    const value = this.#peek()
    this.#at++
    return value
  }

  #u16(): number {
    const at = this.#at
    this.#skip(2)
    return u16(this.#bytes, at)
  }

  #skip(bytes: number) {
    this.#at += bytes
    if (this.#at > this.#end) unreadable('binary XML ends within a token')
  }
}

const noAttributes: readonly Attribute[] = []
const noChildren: readonly Node[] = []

/** Stands for an event whose rest nobody wants. */
const declined: ElementNode = {
  kind: 'element',
  name: '',
  attributes: noAttributes,
  children: noChildren,
}

/** UTF-16 units of a text that may be layout only. */
const maxBlanks = 64
