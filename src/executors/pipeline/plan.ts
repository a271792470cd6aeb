// How a search will be run, in words: what is asked of which source, where its fields are found, how often events are read.
import { branchesOf } from '../../ir/condition.ts'
import type { FieldSource, Resolution } from '../../ir/field-source.ts'
import { printPredicate } from '../../ir/print.ts'
import type { RuleLogSource } from '../../ir/rule.ts'
import { innerSearches, type Search } from '../../ir/search.ts'
import { neededFields } from './row-fields.ts'

export function planOf(search: Search): string[] {
  const lines: string[] = []
  const { from, stages, operators, subsearches } = search
  if (from.kind === 'lookup') lines.push(`rows of the table "${from.table}"`)
  else if (from.kind === 'rows') lines.push(`${from.count} rows made`)
  else {
    for (const b of branchesOf({
      kind: 'and',
      of: stages.map((s) => s.condition),
    })) {
      lines.push(
        `events of ${printSource(b.logSource)}: ${printPredicate(b.predicate)}`,
      )
    }
  }
  for (const [name, places] of Object.entries(search.fields)) {
    lines.push(`field "${name}": ${printPlaces(places)}`)
  }
  if (from.kind === 'events') {
    const needed = neededFields(operators)
    lines.push(
      needed
        ? `rows hold ${[...needed].join(', ') || 'no field'}`
        : 'rows hold every field of the event',
    )
  }
  if (subsearches.length) {
    lines.push(
      `${subsearches.length} searches in brackets run first, in passes of their own`,
    )
    for (const s of subsearches) for (const l of planOf(s)) lines.push(`  ${l}`)
  }
  for (const inner of innerSearches(operators)) {
    lines.push('beside it, a search in brackets:')
    for (const l of planOf(inner)) lines.push(`  ${l}`)
  }
  return lines
}

function printSource(s: RuleLogSource): string {
  const parts = [s.product, s.category, s.service].filter(Boolean)
  return parts.join('/') || 'any source'
}

function printPlaces(places: Resolution): string {
  return places.map(printPlace).join(', else ')
}

function printPlace(place: FieldSource): string {
  switch (place.kind) {
    case 'field':
      return place.name
    case 'basename':
      return `last part of ${place.name}`
    case 'dirname':
      return `folder of ${place.name}`
    case 'constant':
      return `"${place.value}"`
    case 'cases':
      return place.cases
        .map((c) => `"${c.value}" where ${printPredicate(c.when)}`)
        .join('; ')
  }
}
