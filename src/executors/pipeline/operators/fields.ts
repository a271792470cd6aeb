// fields: keeps fields, or takes them away.
import { NameSet, isInternal } from '../row.ts'
import type { OperatorDefinition } from './operator.ts'

export const fields: OperatorDefinition<'fields'> = {
  start(op, emit) {
    const names = new NameSet(op.fields)
    const kept = (name: string) =>
      op.remove ? !names.has(name) : names.has(name) || isInternal(name)
    return {
      push(row) {
        for (const name of [...row.names()])
          if (!kept(name)) row.set(name, null)
        emit(row)
      },
    }
  },
}
