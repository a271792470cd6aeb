// Where may a match begin or end? Only where an anchor stands, if every alternative has one there.
import type { Anchor, RegexNode } from './tree.ts'

/** `which`: the first part of a sequence (0) or the last (-1). */
export function isTied(
  node: RegexNode,
  anchors: ReadonlySet<Anchor>,
  which: 0 | -1,
): boolean {
  switch (node.kind) {
    case 'anchor':
      return anchors.has(node.at)
    case 'seq': {
      const part = node.of.at(which)
      return part !== undefined && isTied(part, anchors, which)
    }
    case 'alt':
      return node.of.every((part) => isTied(part, anchors, which))
    case 'group':
    case 'atomic':
      return isTied(node.of, anchors, which)
    case 'repeat':
      return node.min > 0 && isTied(node.of, anchors, which)
    default:
      return false
  }
}
