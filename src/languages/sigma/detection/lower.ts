// What facts about an event does a selection state? One leaf of the IR a value, joined by or (`all`: and).
import type { Predicate } from '../../../ir/predicate.ts'

import type { YamlScalar } from '../../../rule-text/yaml/value.ts'

import type { Item, Selection } from '../ast.ts'
import type { Problems } from '../problems.ts'

import { ItemAtHand } from './item.ts'
import { keywords, plainValue } from './lower-text.ts'
import {
  fieldReference,
  network,
  number,
  presence,
  regularExpression,
} from './lower-typed.ts'
import type { Placeholders } from './placeholder.ts'
import { expandValue } from './placeholder.ts'

/** Leaves that the values of one item become; a document of allowed length has some 100,000 values. */
const maxItemLeaves = 200_000

export function lowerSelection(
  selection: Selection,
  label: string | undefined,
  placeholders: Placeholders,
  problems: Problems,
): Predicate | undefined {
  if (selection.kind === 'keywords') {
    const one = lowerItem(selection.item, placeholders, problems)
    return one && labelled(one, label)
  }
  const of = selection.of.map((part: Item | Selection) =>
    'kind' in part
      ? lowerSelection(part, undefined, placeholders, problems)
      : lowerItem(part, placeholders, problems),
  )
  const good = of.filter((p) => p !== undefined)
  if (good.length < of.length) return undefined
  // A lone part keeps its own label, and the selection its own node for it.
  if (good.length === 1 && label === undefined) return good[0]
  const kind = selection.kind === 'all' ? 'and' : 'or'
  return labelled({ kind, of: good }, label)
}

/** The node was made here and nobody else has it yet, so it is not copied. */
function labelled<T extends Predicate>(fresh: T, label: string | undefined): T {
  if (label !== undefined) (fresh as { label?: string }).label = label
  return fresh
}

function lowerItem(
  item: Item,
  placeholders: Placeholders,
  problems: Problems,
): Predicate | undefined {
  const at = new ItemAtHand(item, problems)
  const { all, negated } = item.modifiers
  const of: Predicate[] = []
  let room = maxItemLeaves
  for (const [i, value] of item.values.entries()) {
    at.value = i
    const alternatives = alternativesOf(at, value, placeholders, room)
    room -= alternatives.length
    if (room < 0) {
      at.refuse('S026', `${at.name} becomes more than ${maxItemLeaves} values`)
      break
    }
    if (alternatives.length === 1) of.push(alternatives[0]!)
    else if (all) of.push({ kind: 'or', of: alternatives })
    else for (const one of alternatives) of.push(one)
  }
  if (at.failed) return undefined
  const joined: Predicate =
    of.length === 1 ? of[0]! : { kind: all ? 'and' : 'or', of }
  return labelled(negated ? { kind: 'not', of: joined } : joined, item.label)
}

/** What one value stands for; it ends where there is no more room. */
function alternativesOf(
  at: ItemAtHand,
  value: YamlScalar,
  placeholders: Placeholders,
  room: number,
): readonly Predicate[] {
  const found: Predicate[] = []
  for (const one of expandValue(at, value, placeholders)) {
    for (const leaf of leavesOf(at, one)) found.push(leaf)
    if (found.length > room) break
  }
  return found
}

function leavesOf(at: ItemAtHand, value: YamlScalar): readonly Predicate[] {
  const { field } = at.item
  const { as, comparison, timePart } = at.modifiers
  if (field === undefined) {
    if (as === 'value' && !comparison && !timePart) return keywords(at, value)
    return at.refuse(
      'S029',
      'this modifier needs a field before it',
      'write "Field|modifier: value"',
    )
  }
  switch (as) {
    case 'presence':
      return presence(at, field, value)
    case 'network':
      return network(at, field, value)
    case 'regex':
      return regularExpression(at, field, value)
    case 'field':
      return fieldReference(at, field, value)
    case 'value':
      return comparison || timePart
        ? number(at, field, value)
        : plainValue(at, field, value)
  }
}
