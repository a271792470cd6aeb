// regex: keeps the rows in which a field matches.
import { compilePcre } from '../pcre.ts'
import { textOf, toList } from '../values.ts'
import type { OperatorDefinition } from './operator.ts'

export const regex: OperatorDefinition<'regex'> = {
  start(op, emit) {
    const regex = compilePcre(op.pattern)
    return {
      push(row) {
        const any = toList(row.get(op.field)).some((v) => regex.test(textOf(v)))
        if (any !== op.negated) emit(row)
      },
    }
  },
  watches: (op) => [op.field],
}
