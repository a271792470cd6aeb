// The names of objects whose keys come in another order each time (some pipelines keep members in hash tables). What is
// known of a set of names is found by a sum over them that does not depend on the order, then checked name by name.
import type { Value } from '../../base/record.ts'

import {
  isEmpty,
  type JsonObject,
  listOrText,
  maxDepth,
  maxNameLength,
} from './json-value.ts'

/** Names that are remembered, over all files. Objects with others are flattened one by one. */
const maxNames = 32_768

class Name {
  readonly id: number
  readonly full: string
  /** An arbitrary number for the sum. */
  readonly hash: number

  constructor(id: number, full: string) {
    this.id = id
    this.full = full
    this.hash = Math.imul(id + 1, 0x9e3779b1) ^ Math.imul(id + 7, 0x85ebca6b)
  }
}

/** The keys below one prefix. */
class Level {
  readonly prefix: string
  readonly values = new Map<string, Name>()
  readonly objects = new Map<string, Level>()

  constructor(prefix: string) {
    this.prefix = prefix
  }
}

interface NameSet<Leaf> {
  readonly size: number
  readonly sum: number
  /** Where the value of a name goes, by its id. */
  readonly slots: ReadonlyMap<number, number>
  readonly leaf: Leaf
  readonly next: NameSet<Leaf> | undefined
}

export class UnorderedKeys<Leaf> {
  readonly #makeLeaf: (names: readonly string[]) => Leaf
  readonly #mayKeep: (names: readonly string[]) => boolean
  readonly #top = new Level('')
  readonly #sets = new Map<number, NameSet<Leaf>>()
  #nameCount = 0
  readonly #found: Name[] = []
  readonly #values: Value[] = []
  #count = 0
  #sum = 0

  constructor(
    makeLeaf: (names: readonly string[]) => Leaf,
    mayKeep: (names: readonly string[]) => boolean,
  ) {
    this.#makeLeaf = makeLeaf
    this.#mayKeep = mayKeep
  }

  /** Puts the values into `into`, in the order of the leaf's names. undefined: a name is twice there, or there are too many. */
  flatten(object: JsonObject, into: Value[]): Leaf | undefined {
    this.#count = 0
    this.#sum = 0
    if (!this.#walk(object, this.#top, 0)) return undefined
    const first = this.#sets.get(this.#sum)
    for (let set = first; set; set = set.next) {
      if (this.#place(set, into)) return set.leaf
    }
    return this.#add(first, into)
  }

  #walk(object: JsonObject, level: Level, depth: number): boolean {
    for (const key in object) {
      const value = object[key]
      if (
        typeof value === 'object' &&
        value !== null &&
        !Array.isArray(value) &&
        depth < maxDepth &&
        !isEmpty(value as JsonObject)
      ) {
        const below = level.objects.get(key) ?? this.#addLevel(level, key)
        if (!below || !this.#walk(value as JsonObject, below, depth + 1)) {
          return false
        }
        continue
      }
      const name = level.values.get(key) ?? this.#addName(level, key)
      if (!name) return false
      this.#found[this.#count] = name
      this.#values[this.#count++] =
        typeof value === 'object' && value !== null
          ? listOrText(value)
          : (value as Value)
      this.#sum = (this.#sum + name.hash) | 0
    }
    return true
  }

  #place(set: NameSet<Leaf>, into: Value[]): boolean {
    if (set.size !== this.#count) return false
    for (let i = 0; i < this.#count; i++) {
      const slot = set.slots.get(this.#found[i]!.id)
      if (slot === undefined) return false
      into[slot] = this.#values[i]!
    }
    return true
  }

  #add(next: NameSet<Leaf> | undefined, into: Value[]): Leaf | undefined {
    const found = this.#found.slice(0, this.#count)
    const names = found.map((n) => n.full)
    if (new Set(names).size !== names.length) return undefined
    const leaf = this.#makeLeaf(names)
    const set: NameSet<Leaf> = {
      size: this.#count,
      sum: this.#sum,
      slots: new Map(found.map((n, i) => [n.id, i])),
      leaf,
      next,
    }
    if (this.#mayKeep(names)) this.#sets.set(this.#sum, set)
    this.#place(set, into)
    return leaf
  }

  #mayAdd(level: Level, key: string): boolean {
    return (
      this.#nameCount < maxNames &&
      level.prefix.length + key.length <= maxNameLength
    )
  }

  #addName(level: Level, key: string): Name | undefined {
    if (!this.#mayAdd(level, key)) return undefined
    const name = new Name(this.#nameCount++, level.prefix + key)
    level.values.set(key, name)
    return name
  }

  #addLevel(level: Level, key: string): Level | undefined {
    if (!this.#mayAdd(level, key)) return undefined
    this.#nameCount++
    const below = new Level(`${level.prefix}${key}.`)
    level.objects.set(key, below)
    return below
  }
}
