// Which names does a record have? Alike records have the same keys, mostly in the same order, so a walk along a tree
// of keys finds what is known of them without hashing: each step first tries the way that the record before took.
import { NameBudget } from '../../base/name-budget.ts'
import type { Value } from '../../base/record.ts'

import {
  isEmpty,
  type JsonObject,
  listOrText,
  maxDepth,
  maxNameLength,
} from './json-value.ts'
import { UnorderedKeys } from './unordered-keys.ts'

/** Steps of the tree, over all files. When it is full it is planted anew. */
const maxNodes = 65_536
/** Steps that a source may add before any of its records was found along the tree; each one found allows some more. */
const firstCredit = 4096
const creditOfHit = 8
/** What leaves are charged together, in bytes. When it is spent, further ones are made for each record, until another source begins. */
const maxKeptBytes = 6 * 1024 * 1024

/** One step of the tree: a member with a value, the beginning of a nested object, or its end. */
export class KeyNode<Leaf> {
  readonly key: string
  readonly parent: KeyNode<Leaf> | undefined
  /** The full name of the value that this step reads; undefined at the beginning and end of objects. */
  readonly name: string | undefined
  /** What precedes the names of the next steps. */
  readonly prefix: string
  leaf: Leaf | undefined
  lastValue: KeyNode<Leaf> | undefined
  lastObject: KeyNode<Leaf> | undefined
  endOfObject: KeyNode<Leaf> | undefined
  values: Map<string, KeyNode<Leaf>> | undefined
  objects: Map<string, KeyNode<Leaf>> | undefined

  constructor(
    key: string,
    parent: KeyNode<Leaf> | undefined,
    name: string | undefined,
    prefix: string,
  ) {
    this.key = key
    this.parent = parent
    this.name = name
    this.prefix = prefix
    this.leaf = undefined
    this.lastValue = undefined
    this.lastObject = undefined
    this.endOfObject = undefined
    this.values = undefined
    this.objects = undefined
  }

  /** The names of the values from the root to here, in order. */
  names(): string[] {
    const names: string[] = []
    for (let n: KeyNode<Leaf> | undefined = this; n; n = n.parent) {
      if (n.name !== undefined) names.push(n.name)
    }
    return names.reverse()
  }
}

/**
 * Flattens objects (`{a: {b: 1}}` has the name `a.b`) into a reused list of values and finds what `makeLeaf` once made
 * of their names. Lists of scalars stay lists, lists of objects and empty objects become JSON text.
 */
export class KeyTree<Leaf> {
  /** The values of the last flattened object, in the order of its names. Longer than the names when an earlier one had more. */
  readonly values: Value[] = []
  #count = 0
  #nodes = 1
  #credit = firstCredit
  #root = new KeyNode<Leaf>('', undefined, undefined, '')
  readonly #makeLeaf: (names: readonly string[]) => Leaf
  #unordered: UnorderedKeys<Leaf>
  #byNames = new Map<string, Leaf>()
  #budget = new NameBudget(maxKeptBytes)
  #isSpent = false

  constructor(makeLeaf: (names: readonly string[]) => Leaf) {
    this.#makeLeaf = makeLeaf
    this.#unordered = this.#newUnordered()
  }

  #newUnordered(): UnorderedKeys<Leaf> {
    return new UnorderedKeys(this.#makeLeaf, (names) => this.#mayKeep(names))
  }

  #mayKeep(names: readonly string[]): boolean {
    const may = this.#budget.mayKeep(names)
    if (!may) this.#isSpent = true
    return may
  }

  /** Another source begins: its keys may come in another order. */
  startSource(): void {
    this.#credit = firstCredit
    if (this.#nodes < maxNodes && !this.#isSpent) return
    this.#root = new KeyNode<Leaf>('', undefined, undefined, '')
    this.#nodes = 1
    this.#budget = new NameBudget(maxKeptBytes)
    this.#isSpent = false
    this.#byNames = new Map()
    this.#unordered = this.#newUnordered()
  }

  flatten(object: JsonObject): Leaf {
    this.#count = 0
    const end = this.#walk(object, this.#root, 0)
    if (end?.leaf) {
      if (this.#credit < firstCredit) this.#credit += creditOfHit
      return end.leaf
    }
    if (end) {
      const names = end.names()
      if (new Set(names).size === names.length) {
        const leaf = this.#makeLeaf(names)
        if (this.#mayKeep(names)) end.leaf = leaf
        return leaf
      }
    }
    return (
      this.#unordered.flatten(object, this.values) ?? this.#flattenTwins(object)
    )
  }

  #walk(
    object: JsonObject,
    from: KeyNode<Leaf>,
    depth: number,
  ): KeyNode<Leaf> | undefined {
    let node: KeyNode<Leaf> | undefined = from
    for (const key in object) {
      const value = object[key]
      if (typeof value !== 'object' || value === null) {
        this.values[this.#count++] = value as Value
        const last: KeyNode<Leaf> | undefined = node.lastValue
        node =
          last !== undefined && last.key === key
            ? last
            : this.#valueStep(node, key)
      } else if (
        Array.isArray(value) ||
        depth >= maxDepth ||
        isEmpty(value as JsonObject)
      ) {
        this.values[this.#count++] = listOrText(value)
        node = this.#valueStep(node, key)
      } else {
        const last: KeyNode<Leaf> | undefined = node.lastObject
        const inside: KeyNode<Leaf> | undefined =
          last !== undefined && last.key === key
            ? last
            : this.#objectStep(node, key)
        if (!inside) return undefined
        const end = this.#walk(value as JsonObject, inside, depth + 1)
        if (!end) return undefined
        node = end.endOfObject ?? this.#endStep(end, node.prefix)
      }
      if (!node) return undefined
    }
    return node
  }

  #valueStep(node: KeyNode<Leaf>, key: string): KeyNode<Leaf> | undefined {
    node.values ??= new Map()
    let next = node.values.get(key)
    if (!next) {
      if (!this.#mayGrow(node.prefix, key)) return undefined
      next = new KeyNode(key, node, node.prefix + key, node.prefix)
      node.values.set(key, next)
    }
    node.lastValue = next
    return next
  }

  #objectStep(node: KeyNode<Leaf>, key: string): KeyNode<Leaf> | undefined {
    node.objects ??= new Map()
    let next = node.objects.get(key)
    if (!next) {
      if (!this.#mayGrow(node.prefix, key)) return undefined
      next = new KeyNode<Leaf>(key, node, undefined, `${node.prefix}${key}.`)
      node.objects.set(key, next)
    }
    node.lastObject = next
    return next
  }

  // Where an object ends is always the same place seen from its last member, so one link is enough.
  #endStep(node: KeyNode<Leaf>, prefix: string): KeyNode<Leaf> | undefined {
    if (!this.#mayGrow(prefix, '')) return undefined
    node.endOfObject = new KeyNode<Leaf>('', node, undefined, prefix)
    return node.endOfObject
  }

  #mayGrow(prefix: string, key: string): boolean {
    if (prefix.length + key.length > maxNameLength) return false
    if (this.#credit <= 0 || this.#nodes >= maxNodes) return false
    this.#credit--
    this.#nodes++
    return true
  }

  // For objects in which one name occurs twice (`{"a.b": 1, "a": {"b": 2}}`): both values are kept, as a list.
  #flattenTwins(object: JsonObject): Leaf {
    const byName = new Map<string, Value>()
    collect(object, '', 0, byName)
    const names = [...byName.keys()]
    // Nothing is known of any such, and nothing more is kept: it is all the same in which order they stand.
    const isUnknown = this.#isSpent && this.#byNames.size === 0
    if (!isUnknown) names.sort()
    names.forEach((name, i) => {
      this.values[i] = byName.get(name)!
    })
    if (isUnknown) return this.#makeLeaf(names)
    const key = names.join('\0')
    const known = this.#byNames.get(key)
    if (known !== undefined) return known
    const made = this.#makeLeaf(names)
    if (this.#mayKeep(names)) this.#byNames.set(key, made)
    return made
  }
}

function collect(
  object: JsonObject,
  prefix: string,
  depth: number,
  into: Map<string, Value>,
) {
  for (const key in object) {
    const value = object[key]
    const name = prefix + key
    const nested =
      typeof value === 'object' &&
      value !== null &&
      !Array.isArray(value) &&
      depth < maxDepth &&
      !isEmpty(value as JsonObject)
    if (nested) {
      collect(value as JsonObject, `${name}.`, depth + 1, into)
      continue
    }
    const flat =
      typeof value === 'object' && value !== null
        ? listOrText(value)
        : (value as Value)
    const before = into.get(name)
    into.set(name, before === undefined ? flat : [before, flat].flat())
  }
}
