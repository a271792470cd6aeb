// A search as text again. Parsing what is printed gives the same tree, so a tree can be shown, stored and compared.
import type {
  Command,
  CommandKind,
  Query,
  SearchNode,
  SearchValue,
} from './ast.ts'
import { commands } from './commands/all.ts'
import { name } from './commands/parts.ts'
import type { Show, Syntax } from './commands/syntax.ts'
import { quote } from './print-expression.ts'

export function printQuery(query: Query): string {
  return query.commands
    .map((c, i) => {
      const text = printCommand(c)
      return i === 0 && c.kind !== 'search' ? `| ${text}` : text
    })
    .join(' | ')
}

const show: Show = {
  query: (query) => `[ ${printQuery(query)} ]`,
  condition: (node) => printSearch(node),
}

export function printCommand(c: Command): string {
  // The table has exactly one entry for each kind, so the pair always fits.
  const { print } = commands[c.kind] as Syntax<CommandKind>
  return print(c, show)
}

function printSearch(
  n: SearchNode,
  within: 'and' | 'or' | 'not' | '' = '',
): string {
  switch (n.kind) {
    case 'and': {
      const text = n.of.map((c) => printSearch(c, 'and')).join(' ')
      return within ? `(${text})` : text
    }
    case 'or': {
      const text = n.of.map((c) => printSearch(c, 'or')).join(' OR ')
      return within ? `(${text})` : text
    }
    case 'not':
      return `NOT ${printSearch(n.of, 'not')}`
    case 'compare':
      return `${name(n.field)}${n.op}${value(n.value)}`
    case 'in':
      return `${name(n.field)} IN (${n.values.map(value).join(', ')})`
    case 'term':
      return value(n.value)
    case 'subsearch':
      return show.query(n.query)
  }
}

function value(v: SearchValue): string {
  const text = quote(v.text)
  if (v.how === 'plain') return text
  return `${v.how === 'case' ? 'CASE' : 'TERM'}(${text})`
}
