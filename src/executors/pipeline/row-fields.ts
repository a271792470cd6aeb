// Which fields of an event can make a difference to a search, and which columns do its rows have at the end? Only what can
// matter is decoded and held.
import type { FieldUse } from '../../ir/operator-fields.ts'
import { fieldUse, inCondition } from '../../ir/operator-fields.ts'
import type { Operator } from '../../ir/search.ts'

import type { RowOptions } from './event-row.ts'

/** undefined: all of them. */
export function neededFields(
  operators: readonly Operator[],
): ReadonlySet<string> | undefined {
  const names = new Set<string>()
  /** Behind a command that names what it keeps: only what it cannot name is still the event's. */
  let closed = false
  for (const op of operators) {
    const use = fieldUse(op, inCondition)
    if (closed) {
      if (use.reads.includes('_raw')) names.add('_raw')
    } else {
      if (use.readsAll || use.reads.some((n) => n.includes('*')))
        return undefined
      for (const name of use.reads) names.add(name)
    }
    if (!use.only) continue
    closed = true
    if (!use.keepsInternal) return names
  }
  return closed ? names : undefined
}

export function rowOptions(operators: readonly Operator[]): RowOptions {
  const reads = operators.flatMap((op) => fieldUse(op, inCondition).reads)
  return {
    raw: reads.includes('_raw'),
    members: reads.some((name) => /\{.*\*|\*.*\{/.test(name)),
  }
}

/** The columns that rows have at the end, in order; undefined where only the rows can tell. */
export function columnsOf(
  operators: readonly Operator[],
): readonly string[] | undefined {
  let columns: readonly string[] | undefined
  for (const op of operators)
    columns = columnsBehind(op, fieldUse(op, inCondition), columns)
  return columns
}

function columnsBehind(
  op: Operator,
  use: FieldUse,
  before: readonly string[] | undefined,
): readonly string[] | undefined {
  if (use.only && !use.keepsInternal)
    return use.only.some((n) => n.includes('*')) ? undefined : use.only
  // What these make is not told by their words, or they move and drop fields.
  const told = op.kind !== 'rename' && op.kind !== 'fields'
  if (!before || !told || use.makes.some((n) => n.includes('*')))
    return undefined
  return [...new Set([...before, ...use.makes])]
}
