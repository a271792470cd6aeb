// `where process_name=cmd.exe`: without quotes a point joins two fields, and what was meant is a text or a name.
import type { Binary, Expression } from '../../../ir/expression.ts'
import type { SearchLint } from './search-lint.ts'

const comparisons: readonly string[] = ['=', '!=', '<', '<=', '>', '>=']

/** `exists`: whether a row may have a field of that name. */
export function joinedNames(
  { op, left, right }: Binary,
  exists: (name: string) => boolean,
): SearchLint[] {
  if (!comparisons.includes(op)) return []
  return [left, right].flatMap((side) => joinedIn(side, exists) ?? [])
}

/** Of a side of a comparison, or what a function is given. */
export function joinedIn(
  side: Expression,
  exists: (name: string) => boolean,
): SearchLint | undefined {
  const names = joined(side)
  if (!names || names.every(exists)) return undefined
  const name = names.join('.')
  return {
    code: 'P052',
    message: `${name} joins the fields ${names.map((n) => `"${n}"`).join(' and ')}`,
    at: side.at ?? 0,
    hint: `write "${name}" to mean the text, '${name}' to mean one field`,
  }
}

/** The names of a chain of fields with points between them. */
function joined(e: Expression): string[] | undefined {
  if (e.kind !== 'binary' || e.op !== '.' || e.right.kind !== 'field')
    return undefined
  const before = e.left.kind === 'field' ? [e.left.name] : joined(e.left)
  return before && [...before, e.right.name]
}
