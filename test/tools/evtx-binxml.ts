// Writes binary XML into one 64 KiB chunk, with the chunk's own table of names and of templates ([MS-EVEN6] 2.2.12).
// A name or a template stands in full where it is first used; later uses give its offset.
import { createHash } from 'node:crypto'

import {
  encodeValue,
  type EncodedValue,
  type EvtxValue,
} from './evtx-values.ts'

export const chunkBytes = 65_536
export const chunkHeaderBytes = 512

const nameTable = { at: 128, buckets: 64 }
const templateTable = { at: 384, buckets: 32 }

/** A name, text, or what an event puts in the place of a slot. */
export type Content =
  | string
  | { readonly kind: 'slot'; readonly slot: number; readonly optional: boolean }
  | { readonly kind: 'entity'; readonly name: string }
  | { readonly kind: 'char'; readonly code: number }
  | { readonly kind: 'cdata'; readonly text: string }
  | {
      readonly kind: 'instruction'
      readonly target: string
      readonly data: string
    }

export interface Element {
  readonly kind: 'element'
  readonly name: string
  readonly attributes: readonly (readonly [string, Content])[]
  /** An instance may stand in a fragment only. */
  readonly children: readonly (Element | Content | Instance)[]
}

/** An element tree with slots, and what fills the slots. */
export interface Instance {
  readonly kind: 'instance'
  readonly root: Element
  readonly slots: readonly SlotValue[]
}

/** A tree without slots. */
export interface Fragment {
  readonly kind: 'fragment'
  readonly root: Element
}

export type SlotValue = EvtxValue | EncodedValue | Instance | Fragment

export function element(
  name: string,
  attributes: Readonly<Record<string, Content>> = {},
  ...children: (Element | Content | Instance)[]
): Element {
  return {
    kind: 'element',
    name,
    attributes: Object.entries(attributes),
    children,
  }
}

export function slot(index: number, optional = true): Content {
  return { kind: 'slot', slot: index, optional }
}

export class ChunkWriter {
  /** Room past the end, so that a record that does not fit can be noticed after it was written. */
  readonly bytes = Buffer.alloc(chunkBytes * 3)
  position = chunkHeaderBytes
  #names = new Map<string, number>()
  #templates = new Map<string, number>()

  writeDocument(document: Instance | Fragment): void {
    this.#fragmentHeader()
    if (document.kind === 'instance') this.#instance(document)
    else this.#element(document.root, undefined)
    this.u8(0x00)
  }

  u8(value: number): void {
    this.bytes[this.position++] = value
  }

  u16(value: number): void {
    this.bytes.writeUInt16LE(value, this.position)
    this.position += 2
  }

  u32(value: number): void {
    this.bytes.writeUInt32LE(value, this.position)
    this.position += 4
  }

  raw(bytes: Uint8Array): void {
    this.bytes.set(bytes, this.position)
    this.position += bytes.length
  }

  #fragmentHeader() {
    this.raw(Buffer.from([0x0f, 1, 1, 0]))
  }

  #instance({ root, slots }: Instance) {
    const key = JSON.stringify([root, slots.map(typeOfSlot)])
    const guid = createHash('md5').update(key).digest()
    this.u8(0x0c)
    this.u8(0x01)
    this.u32(guid.readUInt32LE(0))
    const known = this.#templates.get(key)
    this.u32(known ?? this.position + 4)
    if (known === undefined) this.#definition(key, guid, root, slots)
    this.#slots(slots)
  }

  #definition(
    key: string,
    guid: Buffer,
    root: Element,
    slots: readonly SlotValue[],
  ) {
    const start = this.position
    this.#templates.set(key, start)
    const bucket =
      templateTable.at + 4 * (guid.readUInt32LE(0) % templateTable.buckets)
    this.u32(this.bytes.readUInt32LE(bucket))
    this.bytes.writeUInt32LE(start, bucket)
    this.raw(guid)
    this.u32(0)
    const body = this.position
    this.#fragmentHeader()
    this.#element(root, slots)
    this.u8(0x00)
    this.bytes.writeUInt32LE(this.position - body, body - 4)
  }

  #slots(slots: readonly SlotValue[]) {
    this.u32(slots.length)
    let descriptor = this.position
    this.position += 4 * slots.length
    for (const value of slots) {
      const start = this.position
      let type = 0x21
      if (isInstance(value)) {
        this.#fragmentHeader()
        if (value.kind === 'instance') this.#instance(value)
        else this.#element(value.root, undefined)
        this.u8(0x00)
      } else {
        const encoded = isEncoded(value) ? value : encodeValue(value)
        type = encoded.type
        this.raw(encoded.bytes)
      }
      this.bytes.writeUInt16LE(this.position - start, descriptor)
      this.bytes[descriptor + 2] = type
      descriptor += 4
    }
  }

  /** Within a template definition an element carries a dependency id, outside it does not. */
  #element(e: Element, slots: readonly SlotValue[] | undefined) {
    this.u8(e.attributes.length ? 0x41 : 0x01)
    if (slots) this.u16(0xffff)
    const size = this.#size()
    this.#name(e.name)
    if (e.attributes.length) {
      const list = this.#size()
      e.attributes.forEach(([name, content], i) => {
        this.u8(i + 1 < e.attributes.length ? 0x46 : 0x06)
        this.#name(name)
        this.#content(content, slots)
      })
      list()
    }
    if (e.children.length) {
      this.u8(0x02)
      for (const child of e.children) {
        if (isElement(child)) this.#element(child, slots)
        else if (typeof child === 'object' && child.kind === 'instance') {
          this.#instance(child)
        } else this.#content(child, slots)
      }
      this.u8(0x04)
    } else {
      this.u8(0x03)
    }
    size()
  }

  #content(content: Content, slots: readonly SlotValue[] | undefined) {
    if (typeof content === 'string') {
      this.u8(0x05)
      this.u8(0x01)
      this.#text(content)
      return
    }
    switch (content.kind) {
      case 'slot':
        this.u8(content.optional ? 0x0e : 0x0d)
        this.u16(content.slot)
        this.u8(typeOfSlot(slots?.[content.slot] ?? null))
        return
      case 'entity':
        this.u8(0x09)
        this.#name(content.name)
        return
      case 'char':
        this.u8(0x08)
        this.u16(content.code)
        return
      case 'cdata':
        this.u8(0x07)
        this.#text(content.text)
        return
      case 'instruction':
        this.u8(0x0a)
        this.#name(content.target)
        this.u8(0x0b)
        this.#text(content.data)
    }
  }

  #text(text: string) {
    this.u16(text.length)
    this.raw(Buffer.from(text, 'utf16le'))
  }

  /** Leaves room for a 32-bit size; the function that it returns fills it in. */
  #size(): () => void {
    const at = this.position
    this.u32(0)
    return () => {
      this.bytes.writeUInt32LE(this.position - at - 4, at)
    }
  }

  #name(name: string) {
    const known = this.#names.get(name)
    if (known !== undefined) {
      this.u32(known)
      return
    }
    const start = this.position + 4
    this.u32(start)
    this.#names.set(name, start)
    let hash = 0
    for (let i = 0; i < name.length; i++) {
      hash = (Math.imul(hash, 65_599) + name.charCodeAt(i)) >>> 0
    }
    hash &= 0xffff
    const bucket = nameTable.at + 4 * (hash % nameTable.buckets)
    this.u32(this.bytes.readUInt32LE(bucket))
    this.bytes.writeUInt32LE(start, bucket)
    this.u16(hash)
    this.#text(name)
    this.u16(0)
  }
}

function isElement(node: Element | Content | Instance): node is Element {
  return typeof node === 'object' && node.kind === 'element'
}

function isInstance(value: SlotValue): value is Instance | Fragment {
  return typeof value === 'object' && value !== null && 'kind' in value
}

function isEncoded(value: SlotValue): value is EncodedValue {
  return typeof value === 'object' && value !== null && 'bytes' in value
}

function typeOfSlot(value: SlotValue): number {
  if (isInstance(value)) return 0x21
  return isEncoded(value) ? value.type : encodeValue(value).type
}
