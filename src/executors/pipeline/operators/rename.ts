// rename: gives fields other names, with wildcards.
import { Row, Wildcard, fillWildcards, isInternal } from '../row.ts'
import type { Value } from '../values.ts'
import type { OperatorDefinition } from './operator.ts'

export const rename: OperatorDefinition<'rename'> = {
  start(op, emit) {
    const pairs = op.pairs.map((p) => ({
      ...p,
      pattern: p.from.includes('*') ? new Wildcard(p.from) : undefined,
    }))
    return {
      push(row) {
        // All pairs look at the names that came in, so that two fields can change places.
        const out = new Row(new Map(), row.lineage)
        const renamed: [string, Value][] = []
        for (const [name, value] of row.values) {
          const to = newName(name)
          if (to === undefined) out.set(name, value)
          else renamed.push([to, value])
        }
        for (const [name, value] of renamed) out.set(name, value)
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
