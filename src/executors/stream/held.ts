// Why did a rule hold? The facts that made it so, for the explanation of a finding: every leaf that an AND needed, and of an
// OR the first that held. Nothing under a NOT, nor a value that differs: these hold because something is absent. `trace.ts`
// tells everything; this is for every finding and must cost next to nothing: that the rule held is known, so only branches
// of an OR are tried.
import { printLeaf } from '../../ir/print.ts'
import type { Leaf, Predicate } from '../../ir/predicate.ts'
import { isLeaf } from '../../ir/visit.ts'

import type { FieldSlots, Frame } from '../../meaning/frame.ts'
import { compilePredicate, type FrameTest } from '../../meaning/predicate.ts'

export interface HeldLeaf {
  /** The field that the leaf is about; '' for keywords, which are about all. */
  readonly field: string
  /** `CommandLine contains "-enc "`. The same string each time. */
  readonly text: string
  readonly leaf: Leaf
}

/** Adds the leaves that made it hold and says true, or adds nothing and says false. */
type Collector = (frame: Frame, held: HeldLeaf[]) => boolean

/** `certain`: the part is known to hold, as a matched rule's whole condition is, and all parts of its ANDs are. */
export function compileHeld(
  p: Predicate,
  fields: FieldSlots,
  certain: boolean,
): Collector {
  if (isLeaf(p) && p.kind !== 'differs')
    return collectLeaf(p, certain ? nothing : compilePredicate(p, fields))
  switch (p.kind) {
    case 'and':
      return collectAll(
        p.of.map((child) => compileHeld(child, fields, certain)),
      )
    case 'or': {
      // The last one holds if none before it did.
      const last = p.of.length - 1
      const children = p.of.map((child, i) =>
        compileHeld(child, fields, certain && i === last),
      )
      const field = p.of.length >= longList ? fieldOfAll(p.of) : undefined
      return field === undefined
        ? collectFirst(children)
        : collectFirstOf(fields.slot(field), children)
    }
    case 'not':
    case 'differs':
    case 'constant': {
      if (certain) return nothing
      const test = compilePredicate(p, fields)
      return (frame) => test(frame)
    }
  }
}

const nothing = () => true

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

/** From so many on, a list of texts is worth remembering what it said of a value. */
const longList = 4
/** Values of which a list remembers its answer, and their length in UTF-16 units. */
const maxRemembered = 128
const maxRememberedText = 1024

/** A list about one field: which of its leaves held first for a value is the same each time. */
function collectFirstOf(
  slot: number,
  children: readonly Collector[],
): Collector {
  const known = new Map<string, number>()
  const first = (frame: Frame, held: HeldLeaf[]): number =>
    children.findIndex((child) => child(frame, held))
  return (frame, held) => {
    const { value } = frame.cell(slot)
    if (typeof value !== 'string' || value.length > maxRememberedText)
      return first(frame, held) >= 0
    const before = known.get(value)
    if (before !== undefined)
      return before >= 0 && children[before]!(frame, held)
    const found = first(frame, held)
    if (known.size >= maxRemembered) known.clear()
    known.set(value, found)
    return found >= 0
  }
}

/** The field that all leaves of a list are about, if it is one and the list holds nothing else. */
function fieldOfAll(list: readonly Predicate[]): string | undefined {
  const [head] = list
  if (head?.kind !== 'text') return undefined
  const same = list.every((p) => p.kind === 'text' && p.field === head.field)
  return same ? head.field : undefined
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
