// All fields of a document, in the order in which they stand. They are told of when all are there, because a name that one
// of them uses may be defined in another part.
import type { DocumentItem, ItemWriter } from '../item.ts'
import type { BuiltFields } from './builder.ts'
import { itemOf, reachesOut } from './item-of.ts'
import type { FieldNode } from './node.ts'
import { Resolver } from './resolve.ts'

/** What the fields of one document may weigh, in bytes: all are kept until the last is there. */
const maxFieldBytes = 16 * 1024 * 1024
/** Names that are kept of one document, and UTF-16 units of what they stand for. */
const maxNames = 10_000
const maxNameUnits = 4 * 1024 * 1024

export class FieldStory implements BuiltFields {
  readonly #fields: FieldNode[] = []
  readonly #bookmarks = new Map<string, string>()
  readonly #properties = new Map<string, string>()
  readonly #cuts = new Set<string>()
  #bytes = 0
  #units = 0
  #lost = 0
  #lostNames = 0

  /** Something that a bound cut: said once. */
  cut(what: string): void {
    this.#cuts.add(what)
  }

  field(node: FieldNode): void {
    if (this.#bytes + node.weight > maxFieldBytes) {
      this.#lost++
      return
    }
    this.#bytes += node.weight
    this.#fields.push(node)
  }

  bookmark(name: string, text: string): void {
    this.#keep(this.#bookmarks, name, text)
  }

  /** Of the document (title, own properties), or a variable of it. */
  property(name: string, text: string): void {
    this.#keep(this.#properties, name, text)
  }

  #keep(names: Map<string, string>, name: string, text: string): void {
    const key = name.toLowerCase()
    const before = names.get(key)
    const units = key.length + text.length - (before?.length ?? 0)
    const isFull = before === undefined && names.size >= maxNames
    if (isFull || this.#units + units > maxNameUnits) this.#lostNames++
    else {
      this.#units += units
      names.set(key, text)
    }
  }

  tell(writer: ItemWriter): void {
    const defined = new Map<string, string>()
    const definer = new Resolver({
      set: defined,
      bookmarks: this.#bookmarks,
      properties: this.#properties,
    })
    for (const node of this.#fields) definer.define(node)
    const resolver = new Resolver({
      set: new Map(),
      bookmarks: new Map([...this.#bookmarks, ...defined]),
      properties: this.#properties,
    })
    for (const node of this.#fields) {
      resolver.define(node)
      for (const item of itemsOf(node, resolver, 0)) writer.add(item)
    }
    for (const what of this.#cuts) writer.bound(what, '')
    if (this.#lost > 0) {
      writer.bound(
        `${this.#lost} more fields, over ${maxFieldBytes} bytes of them`,
        '',
      )
    }
    if (this.#lostNames > 0) {
      writer.bound(
        `${this.#lostNames} more bookmarks and properties, over ${maxNames} or ${maxNameUnits} characters`,
        '',
      )
    }
  }
}

/** The field, and those in its code that act by themselves. */
function* itemsOf(
  node: FieldNode,
  resolver: Resolver,
  depth: number,
): Generator<DocumentItem> {
  const { shown, resolved } = judged(node, resolver)
  if (depth === 0 || reachesOut(resolved)) yield itemOf(shown, resolved)
  for (const part of shown.code) {
    if (typeof part !== 'string') yield* itemsOf(part, resolver, depth + 1)
  }
}

/** As it is; where that does nothing, as it was before something of it was deleted. */
function judged(node: FieldNode, resolver: Resolver) {
  const now = { shown: node, resolved: resolver.resolve(node) }
  const acts = reachesOut(now.resolved) && now.resolved.words.length > 1
  if (!node.former || acts) return now
  const shown = { ...node, code: node.former }
  const former = { shown, resolved: resolver.resolve(shown) }
  const isGone = now.resolved.text === ''
  return isGone || reachesOut(former.resolved) ? former : now
}
