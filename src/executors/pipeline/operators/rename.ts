// rename: gives fields other names, with wildcards.
import { Row, Wildcard, fillWildcards, isInternal } from '../row.ts'
import type { OperatorDefinition } from './operator.ts'

export const rename: OperatorDefinition<'rename'> = {
  start(op, emit) {
    const pairs = op.pairs.map((p) => ({
      ...p,
      pattern: p.from.includes('*') ? new Wildcard(p.from) : undefined,
    }))
    return {
      push(row) {
        // All pairs look at the names that came in, so that two fields can change places. A field that is there already
        // under the new name gives way; the others keep their order.
        const named = [...row.values].map(
          ([name, value]) => [name, newName(name), value] as const,
        )
        const taken = new Set(named.map(([, to]) => to))
        const out = new Row(new Map(), row.lineage)
        for (const [name, to, value] of named)
          if (to !== undefined || !taken.has(name)) out.set(to ?? name, value)
        emit(out)
      },
    }

    function newName(name: string): string | undefined {
      for (const { from, to, pattern } of pairs) {
        if (!pattern) {
          if (name === from) return to
          continue
        }
        const m = pattern.match(name)
        if (!m || isInternal(name)) continue
        return fillWildcards(to, m)
      }
      return undefined
    }
  },
}
