// fromjson: the members of a JSON object become fields.
import { type Json, parseJson, singleOf } from '../../../base/json-path.ts'
import { text } from '../functions/text.ts'
import type { Value } from '../values.ts'
import { fromList } from '../values.ts'
import type { OperatorDefinition } from './operator.ts'

/** Fields that one object may become. */
const maxFields = 1_000

export const fromjson: OperatorDefinition<'fromjson'> = {
  start(op, emit) {
    return {
      push(row) {
        const json = parseJson(text(row.get(op.field)) ?? '')
        if (typeof json === 'object' && json !== null && !Array.isArray(json)) {
          for (const [name, value] of Object.entries(json).slice(0, maxFields))
            row.set(`${op.prefix}${name}`, valueIn(value))
        }
        emit(row)
      },
    }
  },
}

function valueIn(json: Json): Value | null {
  return Array.isArray(json)
    ? fromList(json.flatMap((item) => singleOf(item) ?? []))
    : (singleOf(json) ?? null)
}
