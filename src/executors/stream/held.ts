// Why did a rule hold? The facts that made it so, for the explanation of a finding: every leaf that an AND needed, and of an
// OR the first that held. Nothing under a NOT, which holds because something is absent. `trace.ts` tells everything;
// this is for every finding and must cost next to nothing.
import { printLeaf } from '../../ir/print.ts'
import type { Leaf, Predicate } from '../../ir/predicate.ts'

import { compilePredicate, type FrameTest } from './compile.ts'
import type { Fields, Frame } from './frame.ts'

export interface HeldLeaf {
  /** The field that the leaf is about; '' for keywords, which are about all. */
  readonly field: string
  /** `CommandLine contains "-enc "`. The same string each time. */
  readonly text: string
  readonly leaf: Leaf
}

/** Adds the leaves that made it hold and says true, or adds nothing and says false. */
type Collector = (frame: Frame, held: HeldLeaf[]) => boolean

export function compileHeld(p: Predicate, fields: Fields): Collector {
  switch (p.kind) {
    case 'and':
      return collectAll(p.of.map((child) => compileHeld(child, fields)))
    case 'or':
      return collectFirst(p.of.map((child) => compileHeld(child, fields)))
    case 'not':
    case 'constant': {
      const test = compilePredicate(p, fields)
      return (frame) => test(frame)
    }
    default:
      return collectLeaf(p, compilePredicate(p, fields))
  }
}

function collectAll(children: readonly Collector[]): Collector {
  return (frame, held) => {
    const before = held.length
    for (let i = 0; i < children.length; i++) {
      if (!children[i]!(frame, held)) {
        held.length = before
        return false
      }
    }
    return true
  }
}

function collectFirst(children: readonly Collector[]): Collector {
  return (frame, held) => {
    for (let i = 0; i < children.length; i++) {
      if (children[i]!(frame, held)) return true
    }
    return false
  }
}

function collectLeaf(leaf: Leaf, test: FrameTest): Collector {
  const field = leaf.kind === 'keyword' ? '' : leaf.field
  const entry: HeldLeaf = { field, text: printLeaf(leaf), leaf }
  return (frame, held) => {
    if (!test(frame)) return false
    held.push(entry)
    return true
  }
}
