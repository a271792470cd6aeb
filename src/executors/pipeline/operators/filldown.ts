// filldown: where a row lacks a field, the value that it had last.
import { Held } from '../budget.ts'
import { maxHeldValues } from '../limit.ts'
import { isInternal, NameSet } from '../row.ts'
import type { Value } from '../values.ts'
import type { OperatorDefinition } from './operator.ts'

export const filldown: OperatorDefinition<'filldown'> = {
  start(op, emit, { budget }) {
    const names = new NameSet(op.fields.length ? op.fields : ['*'])
    const last = new Map<string, Value>()
    const held = new Held(budget, maxHeldValues, '"filldown": fields')
    return {
      push(row) {
        for (const [name, value] of last)
          if (row.get(name) === null) row.set(name, value)
        for (const [name, value] of row.values) {
          if (isInternal(name) || !names.has(name)) continue
          if (!last.has(name)) held.entry(name)
          last.set(name, value)
        }
        emit(row)
      },
      finish: () => held.clear(),
    }
  },
}
