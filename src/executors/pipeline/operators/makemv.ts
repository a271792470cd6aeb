// makemv: one text becomes several values.
import { text } from '../functions/text.ts'
import { compilePcre } from '../pcre.ts'
import { fromList, maxValuesOfField } from '../values.ts'
import type { OperatorDefinition } from './operator.ts'

export const makemv: OperatorDefinition<'makemv'> = {
  start(op, emit) {
    const regex =
      op.tokenizer === undefined ? undefined : compilePcre(op.tokenizer)
    return {
      push(row) {
        const source = text(row.get(op.field))
        if (source !== undefined) {
          const parts = regex
            ? regex
                .matches(source, maxValuesOfField)
                .map((m) => m.groups[0] ?? m.text)
            : source.split(op.delim ?? ' ', maxValuesOfField)
          row.set(
            op.field,
            fromList(op.allowEmpty ? parts : parts.filter(Boolean)),
          )
        }
        emit(row)
      },
    }
  },
}
