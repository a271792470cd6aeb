// Conditions that reading alone shows to be always or never true.
import type { Expression } from '../../../ir/expression.ts'
import type { SearchNode } from '../ast.ts'
import { disjoint } from './literals.ts'
import type { SearchLint } from './search-lint.ts'

/** Comparisons side by side that are held against each other. */
const maxCompared = 64

/** `a!=x OR a!=y`, `a=x a=y`, `a=x OR a!=x`, of fields that hold one value. */
export function contradiction(
  n: Extract<SearchNode, { kind: 'and' | 'or' }>,
  isSingle: (field: string) => boolean,
): SearchLint | undefined {
  const op = n.kind === 'or' ? '!=' : '='
  const compared = n.of.flatMap((c) =>
    c.kind === 'compare' && isSingle(c.field) ? [c] : [],
  )
  const same = compared.filter((c) => c.op === op).slice(0, maxCompared)
  const opposite = compared.filter((c) => c.op === (op === '=' ? '!=' : '='))
  const found = same.find(
    (a, i) =>
      same
        .slice(i + 1)
        .some(
          (b) => b.field === a.field && disjoint(a.value.text, b.value.text),
        ) ||
      opposite.some(
        (b) =>
          b.field === a.field &&
          b.value.text.toLowerCase() === a.value.text.toLowerCase(),
      ),
  )
  return found && verdict(n.kind, found.field, n.at)
}

/** The same in an expression: of a whole chain, so ask it of no part of one (`isPartOf`). */
export function contradictionIn(
  e: Extract<Expression, { kind: 'binary' }>,
): SearchLint | undefined {
  if (e.op !== 'or' && e.op !== 'and') return undefined
  const op = e.op === 'or' ? '!=' : '='
  const leaves = chainOf(e).flatMap((x) =>
    x.kind === 'binary' &&
    x.op === op &&
    x.left.kind === 'field' &&
    x.right.kind === 'literal'
      ? [{ field: x.left.name, text: String(x.right.value) }]
      : [],
  )
  const texts = new Map<string, Set<string>>()
  for (const { field, text } of leaves) {
    const of = texts.get(field)
    if (of) of.add(text)
    else texts.set(field, new Set([text]))
  }
  const found = leaves.find((a) => texts.get(a.field)!.size > 1)
  return found && verdict(e.op, found.field, e.at ?? 0)
}

/** Does the chain of the one go on in the other? */
export function isPartOf(child: Expression, parent: Expression): boolean {
  return (
    child.kind === 'binary' &&
    parent.kind === 'binary' &&
    child.op === parent.op
  )
}

/** What a chain of one operator joins, from the left. */
function chainOf(e: Expression): Expression[] {
  const links: Expression[] = []
  const ahead = [e]
  for (let node = ahead.pop(); node; node = ahead.pop()) {
    if (node.kind === 'binary' && (node === e || isPartOf(node, e)))
      ahead.push(node.right, node.left)
    else links.push(node)
  }
  return links
}

function verdict(kind: 'and' | 'or', field: string, at: number): SearchLint {
  return kind === 'or'
    ? {
        code: 'P041',
        message: `always true wherever "${field}" is there: a value that equals one text differs from the other`,
        at,
        hint: 'join the inequalities with AND, or write NOT field IN (...)',
      }
    : {
        code: 'P042',
        message: `never true: "${field}" would have to be two things at once`,
        at,
        hint: 'join the alternatives with OR',
      }
}
