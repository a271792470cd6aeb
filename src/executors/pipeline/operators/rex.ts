// rex: named groups of an expression become fields.
import { compilePcre } from '../pcre.ts'
import {
  type Single,
  fromList,
  maxValuesOfField,
  textOf,
  toList,
} from '../values.ts'
import type { OperatorDefinition } from './operator.ts'

export const rex: OperatorDefinition<'rex'> = {
  start(op, emit) {
    const regex = compilePcre(op.pattern)
    const most = op.maxMatch || maxValuesOfField
    return {
      push(row) {
        const found = new Map<string, Single[]>()
        const offsets: string[] = []
        let left = most
        for (const v of toList(row.get(op.field))) {
          const matches = regex.matches(textOf(v), left)
          left -= matches.length
          for (const m of matches) {
            for (const [name, i] of regex.names) {
              const group = m.groups[i - 1]
              if (group === undefined) continue
              const values = found.get(name)
              if (values) values.push(group)
              else found.set(name, [group])
              if (op.offsetField) {
                const start = m.index + m.text.indexOf(group)
                offsets.push(`${name}=${start}-${start + group.length - 1}`)
              }
            }
          }
          if (left <= 0) break
        }
        for (const [name, values] of found) row.set(name, fromList(values))
        if (op.offsetField && offsets.length)
          row.set(op.offsetField, offsets.join('&'))
        emit(row)
      },
    }
  },
}
