// Where in the text is this part of the document? Asked only when there is something to say about it, so the text is
// parsed again, with ranges.
import type { Document, Node, Pair } from 'yaml'
import { isAlias, isMap, isScalar, isSeq, parseAllDocuments } from 'yaml'

import type { Position } from '../../base/diagnostic.ts'
import { positionAt } from '../../base/diagnostic.ts'

import { yamlOptions } from './read.ts'
import type { Section } from './sections.ts'
import { keyText } from './value.ts'

/** A part of a document: keys and list positions from its root. */
export type Path = readonly (string | number)[]

export interface Place {
  readonly path: Path
  /** The key rather than its value. */
  readonly key?: boolean
  /** Characters into the text of a scalar or of a key. */
  readonly offset?: number
}

/** Finds places in one section of a file; parses at most once. */
export class Locator {
  readonly #text: string
  /** Lines of the file before the section. */
  readonly #line: number
  #documents: readonly Document[] | undefined

  constructor(section: Section) {
    this.#text = section.text
    this.#line = section.line
  }

  /** The nearest thing that exists: a place whose last steps are missing gives its parent. */
  position(document: number, place: Place): Position {
    this.#documents ??= parse(this.#text)
    const root = this.#documents[document]
    const start = root?.contents?.range?.[0] ?? root?.range?.[0] ?? 0
    const offset = root ? (this.#offset(root, place) ?? start) : 0
    const { line, column } = positionAt(this.#text, offset)
    return { line: line + this.#line, column }
  }

  #offset(root: Document, place: Place): number | undefined {
    let node: unknown = root.contents
    let last: number | undefined
    for (const [i, step] of place.path.entries()) {
      if (isAlias(node)) node = node.resolve(root)
      const pair = isMap(node)
        ? (node.items as Pair[]).find((p) => keyOf(p) === String(step))
        : undefined
      const next = pair
        ? pair.value
        : isSeq(node)
          ? node.items[Number(step)]
          : undefined
      if (pair && place.key && i === place.path.length - 1) {
        return this.#inside(pair.key as Node, place.offset)
      }
      last = rangeOf(pair?.key) ?? last
      if (next === undefined || next === null) return last
      node = next
    }
    return this.#inside(node as Node, place.offset) ?? last
  }

  // A quoted scalar starts one character after its range. A block scalar starts on the line after its header; what is
  // folded or escaped shifts later characters, so the position is then near, not exact.
  #inside(node: Node | null, offset: number | undefined): number | undefined {
    const start = rangeOf(node)
    if (start === undefined || offset === undefined) return start
    if (!isScalar(node)) return start
    if (node.type === 'QUOTE_SINGLE' || node.type === 'QUOTE_DOUBLE') {
      return start + 1 + offset
    }
    if (node.type === 'PLAIN') return start + offset
    const line = this.#text.indexOf('\n', start) + 1
    const indent = /^ */.exec(this.#text.slice(line, line + 100))![0].length
    return line + indent + offset
  }
}

function parse(text: string): readonly Document[] {
  try {
    return parseAllDocuments(text, yamlOptions)
  } catch {
    return []
  }
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? keyText(pair.key.value) : ''
}

function rangeOf(node: unknown): number | undefined {
  return (node as Node | undefined)?.range?.[0]
}
