// rex mode=sed: replaces within a field.
import type { SedCommand } from '../../../ir/operator.ts'
import { replaceAll } from '../functions/text.ts'
import { compilePcre } from '../pcre.ts'
import { fromList, textOf, toList } from '../values.ts'
import type { OperatorDefinition } from './operator.ts'

export const sed: OperatorDefinition<'sed'> = {
  start(op, emit) {
    const change = sedChange(op.command)
    return {
      push(row) {
        const values = toList(row.get(op.field)).map((v) => change(textOf(v)))
        row.set(op.field, fromList(values))
        emit(row)
      },
    }
  },
}

function sedChange(c: SedCommand): (text: string) => string {
  if (c.kind === 'y') {
    const to = [...c.to]
    const map = new Map([...c.from].map((ch, i) => [ch, to[i] ?? '']))
    return (s) => [...s].map((ch) => map.get(ch) ?? ch).join('')
  }
  const regex = compilePcre(c.pattern, c.ignoreCase)
  // sed's `&` is the whole match; `\&` the character.
  const replacement = c.replacement.replace(/\\&|&/g, (m) =>
    m === '&' ? '\\0' : '&',
  )
  const most = c.global ? undefined : (c.nth ?? 1)
  return (s) => replaceAll(s, regex, replacement, most, c.nth ?? 1)
}
