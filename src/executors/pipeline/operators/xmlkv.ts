// xmlkv: every leaf of an XML text becomes a field.
import { text } from '../functions/text.ts'
import { xmlPairs } from '../functions/xml-path.ts'
import { fromList } from '../values.ts'
import type { OperatorDefinition } from './operator.ts'

export const xmlkv: OperatorDefinition<'xmlkv'> = {
  start(op, emit) {
    const { field } = op
    return {
      push(row) {
        const document = text(row.get(field))
        if (document !== undefined) {
          for (const [name, values] of xmlPairs(document))
            row.set(name, fromList(values))
        }
        emit(row)
      },
    }
  },
}
