// Which fields does an event have, and where does each come from? Flattens the tree of an event, fragments that fill
// slots included, into names and sources. Event data go by the Name of a Data element, user data by their tags.
import { isNamespace } from '../system-part.ts'
import type { ElementNode, Node, Part } from './tree.ts'
import { limits, unreadable } from './layout.ts'
import {
  fromItem,
  fromMany,
  fromParts,
  literal,
  type Source,
  sourceKind,
} from './source.ts'
import { systemFields } from './system-part.ts'

/** A tree and the number of its first slot in the record. */
export interface Unfolded {
  readonly root: ElementNode
  readonly base: number
}

/** What of one record decides which fields there are. */
export interface Unfolding {
  /** The fragment that fills a slot; undefined where a plain value does. */
  fragmentIn(slot: number): Unfolded | undefined
  /** A template that stands within a fragment. */
  instanceAt(index: number): Unfolded
  /** How many texts an array slot has; -1 where the slot is no array. */
  arrayCount(slot: number): number
  /** For a name that a slot gives. Fields then differ from record to record. */
  nameIn(source: Source): string
}

export class Fields {
  readonly names: string[] = []
  readonly sources: Source[] = []
  readonly #index = new Map<string, number>()
  readonly #unfolding: Unfolding
  readonly #unnamed: Source[] = []
  /** The values of names that came more than once. */
  readonly #lists = new Map<number, Source[]>()
  #systemCount = 0
  /** Elements and attributes that were gone through. */
  nodes = 0

  constructor(event: Unfolded, unfolding: Unfolding) {
    this.#unfolding = unfolding
    if (event.root.name === 'Event') {
      for (const node of event.root.children) {
        const child = this.#elementOf(node, event.base)
        if (child) this.#section(child, 1)
      }
    } else {
      this.#section(event, 0)
    }
    this.#addUnnamed()
  }

  sourceOf(name: string): Source | undefined {
    const i = this.#index.get(name)
    return i === undefined ? undefined : this.sources[i]
  }

  /** System, EventData, UserData, RenderingInfo, ProcessingErrorData and the like. */
  #section(section: Unfolded, depth: number) {
    const { root, base } = section
    if (root.name === 'System') {
      systemFields(root, base, (name, source) => this.#add(name, source, ''))
      this.#systemCount = this.names.length
      return
    }
    this.#attributes(root, base, root.name, root.name)
    const parts: Part[] = []
    for (const node of root.children) {
      const child = this.#elementOf(node, base)
      if (child) this.#element(child, root.name, depth + 1)
      else if (node.kind !== 'instance' && node.kind !== 'element') {
        parts.push(node)
      }
    }
    const source = fromParts(parts.filter(isSaid), base, undefined)
    if (source) this.#add(root.name, source, root.name)
  }

  #element({ root, base }: Unfolded, section: string, depth: number) {
    this.#count()
    if (depth > limits.depth) unreadable(`elements deeper than ${limits.depth}`)
    const isData = root.name === 'Data' || root.name === 'ComplexData'
    const name = isData ? this.#nameOf(root, base) : root.name
    this.#attributes(root, base, name || root.name, section)
    const parts: Part[] = []
    let isLeaf = true
    for (const node of root.children) {
      const child = this.#elementOf(node, base)
      if (child) {
        isLeaf = false
        this.#element(child, section, depth + 1)
      } else if (node.kind !== 'instance' && node.kind !== 'element') {
        parts.push(node)
      }
    }
    // Between elements there is only layout, unless something is said there.
    const said = isLeaf ? parts : parts.filter(isSaid)
    const source = fromParts(said, base, '')
    if (!source && !isLeaf) return
    if (name) this.#add(name, source ?? literal(''), section)
    else this.#unnamed.push(source ?? literal(''))
  }

  #elementOf(node: Node, base: number): Unfolded | undefined {
    switch (node.kind) {
      case 'element':
        return { root: node, base }
      case 'slot':
        return this.#unfolding.fragmentIn(base + node.slot)
      case 'instance':
        return this.#unfolding.instanceAt(node.index)
      case 'text':
        return undefined
    }
  }

  #nameOf(root: ElementNode, base: number): string {
    const attribute = root.attributes.find((a) => a.name === 'Name')
    const source = attribute && fromParts(attribute.parts, base, '')
    if (!source) return ''
    return source.kind === sourceKind.literal
      ? String(source.value)
      : this.#unfolding.nameIn(source)
  }

  #attributes(
    root: ElementNode,
    base: number,
    prefix: string,
    section: string,
  ) {
    const isData = root.name === 'Data' || root.name === 'ComplexData'
    for (const attribute of root.attributes) {
      this.#count()
      if (isNamespace(attribute.name)) continue
      if (isData && attribute.name === 'Name') continue
      const source = fromParts(attribute.parts, base, undefined)
      if (source) this.#add(`${prefix}_${attribute.name}`, source, section)
    }
  }

  /**
   * The name without blanks. A name that the System part has too is that of the System part; event data then go by
   * `EventData_Channel`. A name that comes twice has a list of values.
   */
  #add(rawName: string, source: Source, section: string) {
    let name = plainName(rawName)
    if (section === 'RenderingInfo' && name !== 'Message') {
      name = `RenderingInfo_${name}`
    }
    const known = this.#index.get(name)
    if (known !== undefined && known < this.#systemCount && section) {
      name = `${section}_${name}`
    }
    const same = this.#index.get(name)
    if (same === undefined) {
      this.#index.set(name, this.names.length)
      this.names.push(name)
      this.sources.push(source)
      return
    }
    let values = this.#lists.get(same)
    if (!values) {
      values = [this.sources[same]!]
      this.#lists.set(same, values)
      this.sources[same] = fromMany(sourceKind.list, values)
    }
    values.push(source)
  }

  /** `Data` holds all values without a name, a line each; `param1`, `param2` hold them one by one. */
  #addUnnamed() {
    const unnamed = this.#unnamed
    if (!unnamed.length) return
    const items: Source[] = []
    for (const source of unnamed) {
      const count =
        source.kind === sourceKind.slot
          ? this.#unfolding.arrayCount(source.slot)
          : -1
      if (count < 0) items.push(source)
      for (let i = 0; i < count && items.length < limits.params; i++) {
        items.push(fromItem(source.slot, i))
      }
    }
    this.#add('Data', fromMany(sourceKind.lines, unnamed), 'EventData')
    items.slice(0, limits.params).forEach((item, i) => {
      const name = `param${i + 1}`
      if (!this.#index.has(name)) this.#add(name, item, 'EventData')
    })
  }

  #count() {
    if (++this.nodes > limits.nodes) {
      unreadable(`more than ${limits.nodes} elements and attributes`)
    }
  }
}

function isSaid(part: Part): boolean {
  return part.kind === 'slot' || String(part.value).trim() !== ''
}

/** NUL is no character of a name, and parts the names of a shape from each other. */
function plainName(name: string): string {
  return /[\s\0]/.test(name) ? name.replace(/[\s\0]+/g, '') : name
}
