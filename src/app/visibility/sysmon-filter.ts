// Which conditions of Sysmon let through every event that a rule could hold on? The rule's own: a few facts about single fields of which
// one is true whenever the rule is. Sysmon knows the fields that it writes, and compares without case.
import { entryOf } from '../../base/entry.ts'

import {
  type Leaf,
  patternShape,
  type Pattern,
  type Predicate,
} from '../../ir/predicate.ts'
import { foldSigned } from '../../ir/visit.ts'

import { chanceOf } from '../../meaning/rarity.ts'
import { requiredLiterals } from '../../meaning/regex/regex.ts'

import type { SysmonCondition } from '../../content/visibility.ts'

interface Filter {
  readonly of: readonly SysmonCondition[]
  /** The share of events that passes, guessed; only for choosing. */
  readonly chance: number
}

/** What a filter lets through is no more than this share of events, guessed; else it is none. */
const widest = 0.5

export interface SysmonFields {
  /** That Sysmon writes. */
  readonly own: ReadonlySet<string>
  /** As in a measure. */
  readonly holds: Readonly<Record<string, string>>
}

/** undefined: what Sysmon can ask does not bound it. Nothing: no event can meet it. */
export function sysmonFilter(
  condition: Predicate,
  { own, holds }: SysmonFields,
): readonly SysmonCondition[] | undefined {
  const found = foldSigned<Filter | undefined>(condition, {
    all: (parts) =>
      parts.reduce(
        (best, f) => (f && (!best || f.chance < best.chance) ? f : best),
        undefined,
      ),
    any: union,
    constant: (value) => (value ? undefined : { of: [], chance: 0 }),
    leaf(leaf, denied) {
      if (denied || !('field' in leaf)) return undefined
      if (own.has(leaf.field)) return ofLeaf(leaf)
      const made = entryOf(holds, leaf.field)
      return made === undefined ? undefined : within(ofLeaf(leaf), made)
    },
  })
  return found && found.chance <= widest ? found.of : undefined
}

/** Of a made field only what its parts contain is certain of the whole. */
function within(f: Filter | undefined, field: string): Filter | undefined {
  return (
    f && {
      ...f,
      of: f.of.map(({ text }) => ({ field, condition: 'contains', text })),
    }
  )
}

function union(parts: readonly (Filter | undefined)[]): Filter | undefined {
  const of: SysmonCondition[] = []
  let chance = 0
  for (const part of parts) {
    if (!part) return undefined
    for (const c of part.of) of.push(c)
    chance += part.chance
  }
  return { of, chance }
}

function ofLeaf(leaf: Leaf & { readonly field: string }): Filter | undefined {
  switch (leaf.kind) {
    case 'text':
      return ofPattern(leaf.field, leaf.pattern)
    case 'boolean':
      return one(leaf.field, 'is', String(leaf.value))
    case 'number':
      return leaf.op === 'eq'
        ? one(leaf.field, 'is', String(leaf.value), 0.05)
        : undefined
    case 'regex': {
      const literals = requiredLiterals(leaf)
      return (
        literals && union(literals.map((t) => one(leaf.field, 'contains', t)))
      )
    }
    default:
      return undefined
  }
}

const conditions = {
  equals: 'is',
  contains: 'contains',
  startswith: 'begin with',
  endswith: 'end with',
} as const

function ofPattern(field: string, pattern: Pattern): Filter | undefined {
  const shape = patternShape(pattern)
  if ('text' in shape) return one(field, conditions[shape.kind], shape.text)
  const texts = pattern.filter((p) => typeof p === 'string')
  const longest = texts.reduce((a, b) => (b.length > a.length ? b : a), '')
  return longest ? one(field, 'contains', longest) : undefined
}

/** What holds of few events whatever its text: guesses, only for choosing. */
const seldom: Readonly<Record<string, number>> = {
  Signed: 0.002,
  SignatureStatus: 0.002,
}
/** A text that has its place in the value is found so much less than one anywhere. */
const placed = { is: 0.05, 'end with': 0.1, 'begin with': 0.3, contains: 1 }

/** Sysmon reads what begins or ends with a blank, or parts values with semicolons, as it pleases. */
function one(
  field: string,
  condition: SysmonCondition['condition'],
  text: string,
  chance = entryOf(seldom, field) ??
    placed[condition] * chanceOf(text.toLowerCase()),
): Filter | undefined {
  const isPlain =
    text.trim() === text && text !== '' && !/[;\p{Cc}]/u.test(text)
  return isPlain ? { of: [{ field, condition, text }], chance } : undefined
}
