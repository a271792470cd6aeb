// Does a search ask for edges? Then they are made for it: of `category=ipc_edge`, or of any condition on their kind.
import { patternShape } from '../../ir/predicate.ts'
import type { Search } from '../../ir/search.ts'
import { walk } from '../../ir/visit.ts'

/** Fields that edges alone have. */
const edgeNames = new Set(['EdgeKind', 'EdgeId', 'EdgeCount'])

export function searchAsksEdges({ stages }: Search): boolean {
  return stages.some(({ condition }) =>
    [...walk(condition)].some(({ node, denied }) => {
      if (denied || node.kind !== 'text') return false
      if (edgeNames.has(node.field)) return true
      const shape = patternShape(node.pattern)
      return (
        node.field === 'category' &&
        shape.kind === 'equals' &&
        shape.text.toLowerCase() === 'ipc_edge'
      )
    }),
  )
}

/** Of `--where` conditions. */
export function whereAsksEdges(conditions: readonly string[]): boolean {
  return conditions.some(
    (text) =>
      /^\s*category\s*=\s*ipc_edge\s*$/i.test(text) ||
      edgeNames.has(text.replace(/[|=].*/s, '').trim()),
  )
}
