// foreach runs its template once for each field that a row has under one of the names. The template is a tree whose texts
// hold the field's name; the tree of one field is made once.
import type { Foreach, Operator } from '../../../ir/search.ts'
import type { Emit, OperatorRun } from './operator.ts'
import { isInternal, type Row, Wildcard } from '../row.ts'

type Start = (op: Operator, emit: Emit) => OperatorRun

/** Fields whose templates are kept. */
const maxTemplates = 10_000

export function runForeach(op: Foreach, emit: Emit, start: Start): OperatorRun {
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
            chain = chainOf(op.template, field, m, start)
            if (chains.size >= maxTemplates) chains.clear()
            chains.set(key, chain)
          }
          current = chain(current)
        }
      }
      if (current) emit(current)
    },
  }
}

function chainOf(
  template: readonly Operator[],
  field: string,
  segments: readonly string[],
  start: Start,
): (row: Row) => Row | undefined {
  let out: Row | undefined
  let emit: Emit = (row) => {
    out = row
  }
  for (const op of [...template].reverse()) {
    const run = start(substitute(op, field, segments), emit)
    emit = (row) => run.push(row)
  }
  return (row) => {
    out = undefined
    emit(row)
    return out
  }
}

function substitute<T>(node: T, field: string, segments: readonly string[]): T {
  if (typeof node === 'string') return replaceMarks(node, field, segments) as T
  if (Array.isArray(node))
    return node.map((n) => substitute(n, field, segments)) as T
  if (typeof node !== 'object' || node === null) return node
  return Object.fromEntries(
    Object.entries(node).map(([k, v]) => [
      k,
      k === 'kind' ? v : substitute(v, field, segments),
    ]),
  ) as T
}

function replaceMarks(
  text: string,
  field: string,
  segments: readonly string[],
): string {
  if (!text.includes('<<')) return text
  return text.replace(
    /<<(FIELD|MATCHSTR|MATCHSEG([123]))>>/g,
    (_, mark: string, n: string | undefined) => {
      if (n) return segments[Number(n) - 1] ?? ''
      return mark === 'MATCHSTR' && segments.length ? segments.join('') : field
    },
  )
}
