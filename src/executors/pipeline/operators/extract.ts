// extract: pairs of a name and a value in the text of a row become fields.
import type { Extract } from '../../../ir/operator.ts'
import { text } from '../functions/text.ts'
import type { Single } from '../values.ts'
import { fromList } from '../values.ts'
import type { OperatorDefinition } from './operator.ts'

export const extract: OperatorDefinition<'extract'> = {
  start(op, emit) {
    return {
      push(row) {
        const source = (text(row.get('_raw')) ?? '').slice(0, op.maxChars)
        const found = new Map<string, Single[]>()
        for (const [written, value] of pairsOf(source, op)) {
          const name = op.cleanNames ? cleaned(written) : written
          const known = found.get(name)
          if (!known && found.size >= op.limit) break
          if (!known) found.set(name, [value])
          else if (op.addValues) known.push(value)
        }
        for (const [name, values] of found) row.set(name, fromList(values))
        emit(row)
      },
    }
  },
}

function* pairsOf(
  source: string,
  { pairMarks, valueMarks }: Extract,
): Generator<readonly [string, string]> {
  if (pairMarks === undefined && valueMarks === undefined) {
    for (const m of source.matchAll(usualPair))
      yield [m[1]!, m[2] ?? m[3] ?? '']
    return
  }
  for (const part of split(source, pairMarks ?? ' ,;\n')) {
    const at = [...part].findIndex((c) => (valueMarks ?? '=').includes(c))
    const name = unquoted(part.slice(0, Math.max(at, 0)))
    if (at > 0 && name) yield [name, unquoted(part.slice(at + 1))]
  }
}

/** `name=value` and `name="a value"`. */
const usualPair = /([A-Za-z_][\w.-]{0,200})=(?:"([^"]*)"|([^\s",;]+))/g

/** At any of the characters, those between quotes left out. */
function* split(source: string, marks: string): Generator<string> {
  let part = ''
  let quoted = false
  for (const c of source) {
    if (c === '"') quoted = !quoted
    if (!quoted && marks.includes(c)) {
      yield part
      part = ''
    } else part += c
  }
  yield part
}

function unquoted(part: string): string {
  const text = part.trim()
  return /^".*"$/s.test(text) ? text.slice(1, -1) : text
}

function cleaned(name: string): string {
  return name.replace(/\W+/g, '_')
}
