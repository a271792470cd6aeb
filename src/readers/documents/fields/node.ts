// A field of Word as it stands: its code, in which other fields may stand, and the result that was kept of it.
// ECMA-376 part 1, 17.16.1; the same in .doc, RTF and the XML formats.

export interface FieldNode {
  /** Text and fields in turn. */
  readonly code: readonly (string | FieldNode)[]
  /** The code with what was deleted of it since, while changes are tracked; undefined: nothing was. */
  readonly former?: readonly (string | FieldNode)[]
  /** Of how many pieces (runs) the text of the code is made. */
  readonly pieces: number
  /** The keyword itself is cut by the end of a piece. */
  readonly isCut: boolean
  readonly result: string
  readonly place: FieldPlace
  /** Text before it. */
  readonly before: string
  /** What it takes to keep it with all that stands in it, in bytes, about. */
  readonly weight: number
}

export interface FieldPlace {
  readonly part?: string
  readonly position: string
  /** In the source's bytes. */
  readonly offset?: number
}

/** The code as it is written, with braces around fields. */
export function sourceOf(node: FieldNode, depth = 0): string {
  return node.code
    .map((part) =>
      typeof part === 'string'
        ? part
        : depth < maxShownDepth
          ? `{${sourceOf(part, depth + 1)}}`
          : '{…}',
    )
    .join('')
}

const maxShownDepth = 8
