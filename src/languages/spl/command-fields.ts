// Which fields a command reads and sets. What an operator does with fields is the same however its conditions are written; what
// rows are made of is the language's own.
import type { FieldUse } from '../../ir/operator-fields.ts'
import { fieldUse, inAggregates } from '../../ir/operator-fields.ts'
import type { Command, SearchNode, Written } from './ast.ts'

export function useOf(c: Command): FieldUse {
  switch (c.kind) {
    case 'tstats': {
      const makes = c.aggregates.map((a) => a.as)
      const where = c.where ? namesInSearch(c.where) : []
      return {
        reads: [...c.by, ...inAggregates(c.aggregates), ...where],
        makes,
        only: [...c.by, ...makes],
      }
    }
    case 'model':
      return { reads: [], makes: [] }
    case 'makeresults':
      return { reads: [], makes: ['_time'], only: ['_time'] }
    case 'tablerows':
      return { reads: [], makes: ['*'], only: ['*'] }
    default:
      return fieldUse<Written>(c, (n) => ({ reads: namesInSearch(n) }))
  }
}

/** Every field name that commands ask of the rows that come in. A row's own value goes first, so those that are made do no harm. */
export function namesIn(commands: readonly Command[]): Set<string> {
  return new Set(
    commands.flatMap((c) => [
      ...useOf(c).reads,
      ...('pipeline' in c ? namesIn(c.pipeline.commands) : []),
    ]),
  )
}

export function namesInSearch(n: SearchNode): string[] {
  switch (n.kind) {
    case 'and':
    case 'or':
      return n.of.flatMap(namesInSearch)
    case 'not':
      return namesInSearch(n.of)
    case 'compare':
    case 'in':
      return [n.field]
    case 'term':
    case 'subsearch':
      return []
  }
}
