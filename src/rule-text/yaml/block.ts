// The YAML that rules are written in, read fast: block mappings and lists, quoted and plain scalars on one line, literal
// text after `|`. Whatever else a text may hold makes this reader give up, and the whole text goes to `yaml`. It never
// guesses: where it answers, the answer is that of `yaml` (block.test.ts). The 3,132 public rules are read in 0.13 s against
// 1.0 s, so that a scan with rules not yet compiled takes 2.4 s instead of 3.5 s; with compiled ones it makes no difference.
import type { YamlValue } from './value.ts'
import { maxNesting } from './value.ts'

export interface BlockDocument {
  readonly value: YamlValue
  /** 1-based line of its first content. */
  readonly line: number
}

/** Tabs, carriage returns, other controls, special line breaks, byte order marks. */
const unusual = /[\u0000-\u0009\u000b-\u001f\u007f\u0085\u2028\u2029\ufeff]/

export function readBlock(text: string): BlockDocument | undefined {
  if (unusual.test(text)) return undefined
  return new BlockReader(text).document()
}

/** Thrown by nothing else and caught in one place. */
const givenUp = Symbol('given up')

// A key begins with a letter, so that it is text and no indicator; it ends before ": " or ":" at the end of the line.
const plainKey = /^([A-Za-z_][\w.|()/ -]{0,200}):(?= |$)/
const singleKey = /^'((?:[^']|''){0,200})':(?= |$)/
const doubleKey = /^"([^"\\]{0,200})":(?= |$)/
const notTextKeys = /^(?:null|true|false)$/i

const singleQuoted = /^'((?:[^']|'')*)' *(?: #.*)?$/
const doubleQuoted = /^"([^"\\]*)" *(?: #.*)?$/
const integer = /^(?:0|-?[1-9]\d{0,14})$/
/** A number in any notation of the core schema (YAML 1.2.2, 10.3.2), only looser: not ours to read. */
const likeNumber =
  /^[-+]?\.?\d[\d.]*(?:[eE][-+]?\d*)?$|^0[ox][\da-fA-F]*$|^[-+]?\.(?:inf|nan)$/i
const blockHeader = /^\|(-?) *(?: #.*)?$/

class BlockReader {
  readonly #lines: readonly string[]
  #at = 0
  #depth = 0
  /** Of the current line: columns before its content. */
  #indent = -1

  constructor(text: string) {
    this.#lines = text.split('\n')
  }

  document(): BlockDocument | undefined {
    try {
      this.#seek()
      if (this.#indent !== 0) return undefined
      const line = this.#at + 1
      const value = this.#mapping(0)
      return this.#indent < 0 ? { value, line } : undefined
    } catch (thrown) {
      if (thrown === givenUp) return undefined
      throw thrown
    }
  }

  /** Goes to the next line with content, from the current one on. */
  #seek() {
    for (; this.#at < this.#lines.length; this.#at++) {
      const line = this.#lines[this.#at]!
      const i = indentOf(line)
      if (i === line.length || line.charCodeAt(i) === 35) continue
      this.#indent = i
      return
    }
    this.#indent = -1
  }

  #enter() {
    if (++this.#depth >= maxNesting) throw givenUp
  }

  #mapping(indent: number): YamlValue {
    this.#enter()
    const map = new Map<string, YamlValue>()
    while (this.#indent === indent) {
      const line = this.#lines[this.#at]!
      const rest = indent ? line.slice(indent) : line
      const [key, length] = keyOf(rest)
      if (map.has(key)) throw givenUp
      map.set(key, this.#value(rest.slice(length), indent, true))
    }
    if (this.#indent > indent) throw givenUp
    this.#depth--
    return map
  }

  #list(indent: number): YamlValue {
    this.#enter()
    const list: YamlValue[] = []
    while (this.#indent === indent && this.#isItem(indent)) {
      const line = this.#lines[this.#at]!
      const rest = line.slice(indent + 1)
      const start = indent + 1 + indentOf(rest)
      list.push(
        isKey(line, start)
          ? this.#inner(start)
          : this.#value(rest, indent, false),
      )
    }
    if (this.#indent > indent) throw givenUp
    this.#depth--
    return list
  }

  #isItem(indent: number): boolean {
    const line = this.#lines[this.#at]!
    if (line.charCodeAt(indent) !== 45) return false
    return line.length === indent + 1 || line.charCodeAt(indent + 1) === 32
  }

  /** `- key: value`, further keys below the first. */
  #inner(column: number): YamlValue {
    this.#indent = column
    return this.#mapping(column)
  }

  /** What follows a key or a dash: a scalar on the line, or a block below it. */
  #value(text: string, indent: number, inMapping: boolean): YamlValue {
    const rest = text.slice(indentOf(text))
    if (rest === '' || (rest.charCodeAt(0) === 35 && text !== rest)) {
      return this.#below(indent, inMapping)
    }
    if (rest.charCodeAt(0) === 124) return this.#literal(rest, indent)
    const value = scalar(rest)
    this.#at++
    this.#seek()
    // The next line would go on with the scalar.
    if (this.#indent > indent) throw givenUp
    return value
  }

  #below(indent: number, inMapping: boolean): YamlValue {
    this.#at++
    this.#seek()
    const at = this.#indent
    if (at > indent)
      return this.#isItem(at) ? this.#list(at) : this.#mapping(at)
    // A list may stand below its key without indentation.
    if (inMapping && at === indent && this.#isItem(at)) return this.#list(at)
    return null
  }

  /** `|` keeps line breaks; the last one stays, or goes after `|-`. */
  #literal(header: string, indent: number): string {
    const match = blockHeader.exec(header)
    if (!match) throw givenUp
    const lines: string[] = []
    let own = -1
    for (this.#at++; this.#at < this.#lines.length; this.#at++) {
      const line = this.#lines[this.#at]!
      const i = indentOf(line)
      if (i === line.length) {
        // Spaces on a blank line before the first text, or beyond the indentation, have meanings of their own.
        if (i > Math.max(own, 0)) throw givenUp
        lines.push('')
        continue
      }
      if (own < 0) {
        if (i <= indent) break
        own = i
      }
      if (i < own) {
        if (i > indent) throw givenUp
        break
      }
      lines.push(line.slice(own))
    }
    if (own < 0) throw givenUp
    while (lines.at(-1) === '') lines.pop()
    this.#seek()
    if (this.#indent > indent) throw givenUp
    return lines.join('\n') + (match[1] ? '' : '\n')
  }
}

function indentOf(line: string): number {
  let i = 0
  while (line.charCodeAt(i) === 32) i++
  return i
}

function isKey(line: string, at: number): boolean {
  const rest = line.slice(at)
  return plainKey.test(rest) || singleKey.test(rest) || doubleKey.test(rest)
}

/** The key and the length of what stands for it, colon included. */
function keyOf(rest: string): [string, number] {
  const plain = plainKey.exec(rest)
  if (plain) {
    const key = plain[1]!
    // " #" would begin a comment, and blanks before the colon are no part of the key.
    if (key.endsWith(' ') || notTextKeys.test(key)) throw givenUp
    return [key, plain[0].length]
  }
  const quoted = singleKey.exec(rest) ?? doubleKey.exec(rest)
  if (!quoted) throw givenUp
  const single = rest.charCodeAt(0) === 39
  return [
    single ? quoted[1]!.replaceAll("''", "'") : quoted[1]!,
    quoted[0].length,
  ]
}

function scalar(rest: string): YamlValue {
  const first = rest[0]!
  if (first === "'") {
    const match = singleQuoted.exec(rest)
    if (!match) throw givenUp
    return match[1]!.includes("''")
      ? match[1]!.replaceAll("''", "'")
      : match[1]!
  }
  if (first === '"') {
    const match = doubleQuoted.exec(rest)
    if (!match) throw givenUp
    return match[1]!
  }
  return plain(rest, first)
}

function plain(rest: string, first: string): YamlValue {
  if ('[]{},&*!%@`?:|>#"'.includes(first)) throw givenUp
  if (first === '-' && (rest.length === 1 || rest[1] === ' ')) throw givenUp
  const comment = rest.indexOf(' #')
  const text = (comment < 0 ? rest : rest.slice(0, comment)).replace(/ +$/, '')
  if (text.endsWith(':') || text.includes(': ')) throw givenUp
  // `---` and `...` begin and end documents.
  if (/^(?:---|\.\.\.)/.test(text)) throw givenUp
  if (integer.test(text)) return Number(text)
  switch (text) {
    case '~':
    case 'null':
    case 'Null':
    case 'NULL':
      return null
    case 'true':
    case 'True':
    case 'TRUE':
      return true
    case 'false':
    case 'False':
    case 'FALSE':
      return false
  }
  if (likeNumber.test(text)) throw givenUp
  return text
}
