// Which fields of an event can make a difference to a search? Only those are decoded and held.
import { fieldsRead } from '../../ir/expression.ts'
import type { Expression } from '../../ir/expression.ts'
import type { Predicate } from '../../ir/predicate.ts'
import { fieldsOf, leaves } from '../../ir/predicate.ts'
import type { Aggregate, Operator } from '../../ir/search.ts'

/** undefined: all of them. */
export function neededFields(
  operators: readonly Operator[],
): ReadonlySet<string> | undefined {
  const names = new Set<string>()
  const add = (list: Iterable<string>): boolean => {
    for (const name of list) {
      if (name.includes('*')) return false
      names.add(name)
    }
    return true
  }
  for (const op of operators) {
    const reads = readsOf(op)
    if (!reads || !add(reads.names)) return undefined
    if (reads.closed) return names
  }
  return undefined
}

interface Reads {
  readonly names: readonly string[]
  /** Rows behind it have nothing else of the event. */
  readonly closed?: boolean
}

function readsOf(op: Operator): Reads | undefined {
  switch (op.kind) {
    case 'filter':
      return inPredicate(op.predicate)
    case 'where':
      return { names: [...fieldsRead(op.of)] }
    case 'eval':
      return { names: op.set.flatMap((s) => [...fieldsRead(s.of)]) }
    case 'stats':
      return { names: [...op.by, ...inAggregates(op.aggregates)], closed: true }
    case 'eventstats':
      return { names: [...op.by, ...inAggregates(op.aggregates)] }
    case 'streamstats':
      return {
        names: [
          ...op.by,
          ...inAggregates(op.aggregates),
          ...maybe(op.resetBefore),
          ...maybe(op.resetAfter),
        ],
      }
    case 'chart':
      return {
        names: [
          op.over,
          ...(op.by ? [op.by] : []),
          ...inAggregates(op.aggregates),
        ],
        closed: true,
      }
    case 'top':
      return { names: [...op.fields, ...op.by], closed: true }
    case 'table':
      return { names: op.fields, closed: true }
    case 'fields':
      return op.remove
        ? { names: [] }
        : { names: [...op.fields, '_time'], closed: true }
    case 'return':
      return { names: op.items.map((i) => i.field), closed: true }
    case 'bin':
    case 'rex':
    case 'sed':
    case 'regex':
    case 'makemv':
    case 'mvexpand':
    case 'nomv':
    case 'xmlkv':
      return { names: [op.field] }
    case 'spath':
      return { names: [op.input] }
    case 'dedup':
      return { names: [...op.fields, ...op.sortBy.map((k) => k.field)] }
    case 'sort':
      return { names: op.keys.map((k) => k.field) }
    case 'head':
      return { names: maybe(op.while) }
    case 'tail':
    case 'reverse':
    case 'append':
    case 'inputlookup':
      return { names: [] }
    case 'rename':
      return { names: op.pairs.map((p) => p.from) }
    case 'fillnull':
      return op.fields.length ? { names: op.fields } : undefined
    case 'lookup':
      return { names: [...op.match, ...op.output].map((p) => p.row) }
    case 'join':
      return op.fields.length ? { names: op.fields } : undefined
    case 'convert':
      return { names: op.conversions.map((c) => c.field) }
    default:
      return undefined
  }
}

function inPredicate(p: Predicate): Reads | undefined {
  for (const leaf of leaves(p)) if (leaf.kind === 'keyword') return undefined
  return { names: [...fieldsOf(p)] }
}

function inAggregates(list: readonly Aggregate[]): string[] {
  return [
    '_time',
    ...list.flatMap((a) => [
      ...(a.field === undefined ? [] : [a.field]),
      ...maybe(a.of),
    ]),
  ]
}

function maybe(e: Expression | undefined): string[] {
  return e ? [...fieldsRead(e)] : []
}

/** The columns that rows have at the end, in order; undefined where only the rows can tell. */
export function columnsOf(
  operators: readonly Operator[],
): string[] | undefined {
  const op = operators.at(-1)
  if (!op) return undefined
  switch (op.kind) {
    case 'table':
      return op.fields.some((f) => f.includes('*')) ? undefined : [...op.fields]
    case 'stats': {
      const names = [...op.by, ...op.aggregates.map((a) => a.as)]
      return names.some((n) => n.includes('*')) ? undefined : names
    }
    case 'top':
      return [
        ...op.by,
        ...op.fields,
        ...(op.showCount ? [op.countField] : []),
        ...(op.showPercent ? [op.percentField] : []),
      ]
    case 'filter':
    case 'where':
    case 'sort':
    case 'head':
    case 'tail':
    case 'reverse':
    case 'dedup':
    case 'regex':
      return columnsOf(operators.slice(0, -1))
    default:
      return undefined
  }
}
