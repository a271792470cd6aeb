// replace: whole values by others, with wildcards.
import { NameSet, Wildcard, fillWildcards, isInternal } from '../row.ts'
import { type Single, fromList, textOf, toList } from '../values.ts'
import type { OperatorDefinition } from './operator.ts'

export const replace: OperatorDefinition<'replace'> = {
  start(op, emit) {
    const pairs = op.pairs.map((p) => ({
      pattern: new Wildcard(p.from),
      to: p.to,
    }))
    const names = op.fields.length ? new NameSet(op.fields) : undefined
    return {
      push(row) {
        for (const [name, value] of [...row.values]) {
          if (names ? !names.has(name) : isInternal(name)) continue
          row.set(name, fromList(toList(value).map(change)))
        }
        emit(row)
      },
    }

    function change(v: Single): Single {
      const s = textOf(v)
      for (const { pattern, to } of pairs) {
        const m = pattern.match(s)
        if (m) return fillWildcards(to, m)
      }
      return v
    }
  },
}
