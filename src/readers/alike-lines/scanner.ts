// The compiled scanner (scanner.as.ts), its memory, and what lies where in it.
import { randomInt } from 'node:crypto'

import type { SoughtTexts } from '../../base/sought-texts.ts'

import { scannerBytes } from './scanner-bytes.ts'
import { textSet } from './text-set.ts'

/** Where each of the values of the last line stands: three numbers a value, see scanner.as.ts. In 32-bit words. */
export const outWords = 1024 / 4
/** Of a line, at most. */
export const maxValues = 256
/** Texts that are kept at most: each has a number below it. */
export const maxTexts = 16_384

export const kinds = {
  text: 1,
  foreign: 2,
  escapes: 4,
  word: 8,
  oddEscapes: 16,
  /** Or such stand close behind it. */
  braces: 32,
  list: 64,
} as const
/** Behind the number of a value stand so many bits of its kind. */
export const kindBits = 7
/** In place of a number: there is no room for another text. */
export const noRoom = -2

const templates = 0x1000
const block = 0x20000
const line = 0x120000
const lineEnd = 0x13f000
const sets = 0x2a0000
const memoryEnd = 0x400000

interface Compiled {
  readonly memory: { readonly buffer: ArrayBuffer }
  forget(a: number, b: number): void
  scan(template: number, from: number, to: number): number
  holds(set: number, from: number, to: number): number
  valuesHold(set: number, values: number): number
}

export class Scanner {
  readonly bytes: Buffer
  readonly words: Int32Array
  readonly #compiled: Compiled
  #nextTemplate = templates
  #block: Buffer | undefined
  #isLoaded = false
  #nextSet = sets
  #sets = new WeakMap<SoughtTexts, number>()

  constructor(compiled: Compiled) {
    this.#compiled = compiled
    this.bytes = Buffer.from(compiled.memory.buffer)
    this.words = new Int32Array(compiled.memory.buffer)
    this.forget()
  }

  /** Lines of these bytes come, which stay as they are until the next block. */
  startBlock(bytes: Buffer): void {
    this.#block = bytes
    this.#isLoaded = false
  }

  /** Where what stands at `from` of the buffer lies in memory; -1: it is too long. */
  load(buffer: Buffer, from: number, to: number): number {
    if (buffer === this.#block && buffer.length <= line - block) {
      if (!this.#isLoaded) this.bytes.set(buffer, block)
      this.#isLoaded = true
      return block + from
    }
    if (to - from > lineEnd - line) return -1
    this.bytes.set(buffer.subarray(from, to), line)
    return line
  }

  /** The values that a line between two places has; -1: it is written otherwise. */
  scan(template: number, from: number, to: number): number {
    return this.#compiled.scan(template, from, to)
  }

  /** Whether any of the texts stands between two places as JSON writes it, if it is written without odd escapes. */
  holds(texts: SoughtTexts, from: number, to: number): boolean {
    const set = this.#sets.get(texts) ?? this.#addSet(texts)
    return set === undefined || this.#compiled.holds(set, from, to) !== 0
  }

  /** The same of the values of the line that was scanned last. */
  valuesHold(texts: SoughtTexts, values: number): boolean {
    const set = this.#sets.get(texts) ?? this.#addSet(texts)
    return set === undefined || this.#compiled.valuesHold(set, values) !== 0
  }

  #addSet(texts: SoughtTexts): number | undefined {
    let bytes = textSet(texts, this.#nextSet)
    if (this.#nextSet + bytes.length > memoryEnd) {
      this.#sets = new WeakMap()
      this.#nextSet = sets
      bytes = textSet(texts, sets)
      if (sets + bytes.length > memoryEnd) return undefined
    }
    const place = this.#nextSet
    this.bytes.set(bytes, place)
    this.#nextSet = (place + bytes.length + 7) & ~7
    this.#sets.set(texts, place)
    return place
  }

  /** Forgets all texts: their numbers are given anew. */
  forget(): void {
    this.#compiled.forget(randomInt(2 ** 32), randomInt(2 ** 32))
  }

  /** Where a template lies that has these pieces around its values; undefined: there is no room. */
  addTemplate(pieces: readonly Buffer[]): number | undefined {
    const place = this.#nextTemplate
    const head = 4 + pieces.length * 12
    const length = pieces.reduce((sum, piece) => sum + piece.length, head)
    if (place + length > block) return undefined
    this.words[place / 4] = pieces.length - 1
    let at = place + head
    pieces.forEach((piece, i) => {
      this.words.set([at, piece.length, 0], place / 4 + 1 + i * 3)
      this.bytes.set(piece, at)
      at += piece.length
    })
    this.#nextTemplate = (at + 7) & ~7
    return place
  }

  /** The one that was added last. */
  dropTemplate(place: number): void {
    this.#nextTemplate = place
  }

  dropTemplates(): void {
    this.#nextTemplate = templates
  }

  /** Whether a value of a template is to be kept. */
  keep(template: number, value: number, isKept: boolean): void {
    this.words[template / 4 + 3 + value * 3] = isKept ? 1 : 0
  }
}

/** What of it is used here; its types come with those of browsers. */
interface Engine {
  readonly Module: new (bytes: Buffer) => object
  readonly Instance: new (module: object) => { readonly exports: unknown }
  readonly CompileError: new () => Error
}

const { WebAssembly: engine } = globalThis as unknown as {
  readonly WebAssembly?: Engine
}

/** undefined: this engine does not run it. */
export function openScanner(): Scanner | undefined {
  if (!engine) return undefined
  try {
    const module = new engine.Module(Buffer.from(scannerBytes, 'base64'))
    return new Scanner(new engine.Instance(module).exports as Compiled)
  } catch (error) {
    if (error instanceof engine.CompileError) return undefined
    throw error
  }
}
