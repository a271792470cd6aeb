// Most lines of a log are written as one before them was, but for the values: the same names in the same order. Of such a line no object is
// made: where its values stand is found in one pass, and only those that are asked for become values. What is written in any other way is
// left to whoever parses it.
import type { Value } from '../../base/record.ts'

import type { JsonObject } from '../flat/json-value.ts'
import { LineValues } from './line-values.ts'
import { piecesOf } from './pieces.ts'
import { maxValues, openScanner, type Scanner } from './scanner.ts'
import { Template } from './template.ts'

/** Ways of writing that are known at once. */
const maxTemplates = 64
/** Of what is called alike, so many are learned. */
const maxWays = 4
/** Templates that a line is held against. */
const maxTries = 6
/** Lines in a row that nothing knew, after which so many are not held against anything. */
const maxStrange = 16
const restLines = 128
/** Lines of one source that are looked at in vain; each that was known allows one more. */
const firstCredit = 256

/** What is known of a parsed line: its names in the order of their values, without what those begin with that stand in an envelope. */
export interface KnownLine<Leaf> {
  readonly leaf: Leaf
  readonly names: readonly string[]
  readonly envelope: string
  readonly values: readonly Value[]
}

export class AlikeLines<Leaf extends object> {
  readonly values: LineValues
  readonly #scanner: Scanner
  /** The one that was met last stands first. */
  #templates: Template<Leaf>[] = []
  #last: Template<Leaf> | undefined
  /** How often a leaf was met that was not found; what comes but once is not learned. */
  #met = new WeakMap<Leaf, number>()
  #strange = 0
  #resting = 0
  #credit = firstCredit

  private constructor(scanner: Scanner) {
    this.#scanner = scanner
    this.values = new LineValues(scanner, maxValues)
  }

  /** undefined: the engine cannot look at sixteen bytes at once. */
  static open<Leaf extends object>(): AlikeLines<Leaf> | undefined {
    const scanner = openScanner()
    return scanner && new AlikeLines<Leaf>(scanner)
  }

  startSource(): void {
    this.#credit = firstCredit
    this.#strange = 0
    this.#resting = 0
  }

  /** Lines of these bytes come, which stay as they are until the next block. Lines of other bytes may come as well. */
  startBlock(bytes: Buffer): void {
    this.#scanner.startBlock(bytes)
  }

  /** What is known of a line; its values are `values`, until the next is asked for. undefined: it has to be parsed. */
  find(buffer: Buffer, from: number, to: number): Leaf | undefined {
    if (this.#templates.length === 0) return undefined
    if (this.#resting > 0) {
      this.#resting--
      return undefined
    }
    const at = this.#scanner.load(buffer, from, to)
    const found = at < 0 ? undefined : this.#findAt(at, at + to - from)
    if (!found) {
      if (++this.#strange >= maxStrange) this.#rest()
      return undefined
    }
    this.#strange = 0
    if (this.#credit < firstCredit) this.#credit++
    found.count()
    this.values.show(found)
    return found.leaf
  }

  #rest(): void {
    this.#strange = 0
    this.#resting = restLines
  }

  #findAt(from: number, to: number): Template<Leaf> | undefined {
    if (this.values.isFull) this.values.forget()
    const scanner = this.#scanner
    const next = this.#last?.next
    if (next && scanner.scan(next.place, from, to) >= 0)
      return (this.#last = next)
    const templates = this.#templates
    const tries = Math.min(maxTries, templates.length)
    for (let i = 0; i < tries; i++) {
      const template = templates[i]!
      if (template === next || scanner.scan(template.place, from, to) < 0)
        continue
      if (i > 0) {
        templates.splice(i, 1)
        templates.unshift(template)
      }
      if (this.#last) this.#last.next = template
      return (this.#last = template)
    }
    return undefined
  }

  /** Is it worth the while to `learn` the next line that was not found? */
  get mayLearn(): boolean {
    return this.#credit > 0 && this.#resting === 0
  }

  /** A line that had to be parsed. `known`: what would be found of one that is written alike. */
  learn(line: Buffer, object: JsonObject, known: KnownLine<Leaf>): void {
    const { leaf, names, envelope } = known
    const times = this.#met.get(leaf) ?? 0
    this.#met.set(leaf, times + 1)
    this.#credit--
    if (times === 0 || times > maxWays) return
    const pieces = piecesOf(line, object, maxValues)
    if (pieces?.names.length !== names.length) return
    const written = pieces.names.map((name) => withoutHead(name, envelope))
    const order = names.map((name) => written.indexOf(name))
    if (order.includes(-1)) return
    const place = this.#room(pieces.between)
    if (place === undefined) return
    const template = new Template(this.#scanner, place, leaf, order)
    if (this.#says(template, line, known)) this.#templates.unshift(template)
    else this.#scanner.dropTemplate(place)
  }

  #room(between: readonly Buffer[]): number | undefined {
    const place =
      this.#templates.length < maxTemplates
        ? this.#scanner.addTemplate(between)
        : undefined
    if (place !== undefined) return place
    this.#templates = []
    this.#last = undefined
    this.#met = new WeakMap()
    this.#scanner.dropTemplates()
    return this.#scanner.addTemplate(between)
  }

  /** Does the template say of its own line what was parsed? */
  #says(template: Template<Leaf>, line: Buffer, known: KnownLine<Leaf>) {
    const at = this.#scanner.load(line, 0, line.length)
    if (at < 0) return false
    if (this.#scanner.scan(template.place, at, at + line.length) < 0)
      return false
    const values = this.values.show(template)
    return known.names.every((_, i) => areSame(values.at(i), known.values[i]))
  }
}

function withoutHead(name: string, head: string): string {
  return name.startsWith(head) ? name.slice(head.length) : name
}

function areSame(a: Value | undefined, b: Value | undefined): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return Object.is(a, b)
  return a.length === b.length && a.every((item, i) => Object.is(item, b[i]))
}
