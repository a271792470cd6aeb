// foreach: runs its template once for each field that a row has under one of the names. The template is a tree whose
// texts hold the field's name; the tree of one field is made once.
import type { Operator, OperatorOf } from '../../../ir/search.ts'
import { type Row, Wildcard, isInternal } from '../row.ts'
import { Chain } from './chain.ts'
import type { Emit, OperatorDefinition, OperatorRun } from './operator.ts'

export const foreach: OperatorDefinition<'foreach'> = {
  start(op, emit, { start }) {
    const patterns = op.fields.map((name) => ({
      name,
      pattern: new Wildcard(name),
    }))
    const chains = new Map<string, (row: Row) => Row | undefined>()
    return {
      push(row) {
        let current: Row | undefined = row
        for (const { name, pattern } of patterns) {
          const names = name.includes('*')
            ? [...row.names()].filter((n) => !isInternal(n))
            : [name]
          for (const field of names) {
            const m = pattern.match(field)
            if (!m || !current) continue
            const key = `${name}\0${field}`
            let chain = chains.get(key)
            if (!chain) {
              chain = chainOf(op, field, m, start)
              if (chains.size >= maxTemplates) chains.clear()
              chains.set(key, chain)
            }
            current = chain(current)
          }
        }
        if (current) emit(current)
      },
    }
  },
}

type Start = (op: Operator, emit: Emit) => OperatorRun

/** Fields whose templates are kept. */
const maxTemplates = 10_000

function chainOf(
  op: OperatorOf<'foreach'>,
  field: string,
  segments: readonly string[],
  start: Start,
): (row: Row) => Row | undefined {
  let out: Row | undefined
  const operators = substitute(op.pipeline, marked(op.marks, field, segments))
  const chain = new Chain(operators, start, (row) => {
    out = row
  })
  return (row) => {
    out = undefined
    chain.push(row)
    return out
  }
}

function substitute<T>(node: T, change: (text: string) => string): T {
  if (typeof node === 'string') return change(node) as T
  if (Array.isArray(node)) return node.map((n) => substitute(n, change)) as T
  if (typeof node !== 'object' || node === null) return node
  return Object.fromEntries(
    Object.entries(node).map(([k, v]) => [
      k,
      k === 'kind' ? v : substitute(v, change),
    ]),
  ) as T
}

/** A text with its marks replaced by the field's name and what the wildcards took of it. */
function marked(
  marks: readonly string[],
  field: string,
  segments: readonly string[],
): (text: string) => string {
  const pairs = marks.map((mark, i): readonly [string, string] => {
    if (i === 0) return [mark, field]
    if (i === 1) return [mark, segments.length ? segments.join('') : field]
    return [mark, segments[i - 2] ?? '']
  })
  return (text) =>
    pairs.reduce(
      (t, [mark, to]) => (mark ? t.replaceAll(mark, () => to) : t),
      text,
    )
}
