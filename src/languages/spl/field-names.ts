// Every field name that a search writes down, whatever for. Names that it makes itself are among them: looking one up in
// the vocabulary does no harm, since a row's own value goes first.
import { fieldsRead } from '../../ir/expression.ts'
import type { Expression } from '../../ir/expression.ts'
import type { Aggregate } from '../../ir/search.ts'
import type { Command, SearchNode } from './ast.ts'

export function namesIn(commands: readonly Command[]): Set<string> {
  const names = new Set<string>()
  for (const c of commands) {
    for (const name of namesOf(c)) names.add(name)
  }
  return names
}

function* namesOf(c: Command): Generator<string> {
  switch (c.kind) {
    case 'search':
      if (c.of) yield* namesInSearch(c.of)
      return
    case 'tstats':
      yield* c.by
      yield* inAggregates(c.aggregates)
      if (c.where) yield* namesInSearch(c.where)
      return
    case 'where':
      yield* fieldsRead(c.of)
      return
    case 'eval':
      for (const { of } of c.set) yield* fieldsRead(of)
      return
    case 'stats':
    case 'eventstats':
      yield* c.by
      yield* inAggregates(c.aggregates)
      return
    case 'streamstats':
      yield* c.by
      yield* inAggregates(c.aggregates)
      yield* optional(c.resetBefore)
      yield* optional(c.resetAfter)
      return
    case 'chart':
      yield c.over
      if (c.by) yield c.by
      yield* inAggregates(c.aggregates)
      return
    case 'dedup':
      yield* c.fields
      for (const key of c.sortBy) yield key.field
      return
    case 'sort':
      for (const key of c.keys) yield key.field
      return
    case 'top':
      yield* c.fields
      yield* c.by
      return
    case 'head':
      yield* optional(c.while)
      return
    case 'rename':
      for (const { from } of c.pairs) yield from
      return
    case 'lookup':
      for (const { row } of c.match) yield row
      return
    case 'convert':
      for (const { field } of c.conversions) yield field
      return
    case 'return':
      for (const { field } of c.items) yield field
      return
    case 'spath':
      yield c.input
      return
    case 'transaction':
      yield* c.fields
      for (const t of [c.startsWith, c.endsWith]) {
        if (t?.kind === 'where') yield* fieldsRead(t.of)
        else if (t) yield* namesInSearch(t.of)
      }
      return
    case 'foreach':
      yield* c.fields
      yield* namesIn(c.query.commands)
      return
    case 'table':
    case 'fields':
    case 'fillnull':
    case 'addtotals':
    case 'replace':
      yield* c.fields
      return
    case 'rex':
    case 'sed':
    case 'regex':
    case 'makemv':
    case 'mvexpand':
    case 'mvcombine':
    case 'nomv':
    case 'xmlkv':
    case 'bin':
      yield c.field
      return
    case 'join':
      yield* c.fields
  }
}

function* optional(e: Expression | undefined): Generator<string> {
  if (e) yield* fieldsRead(e)
}

function* inAggregates(list: readonly Aggregate[]): Generator<string> {
  for (const a of list) {
    if (a.field) yield a.field
    if (a.of) yield* fieldsRead(a.of)
  }
}

export function* namesInSearch(n: SearchNode): Generator<string> {
  switch (n.kind) {
    case 'and':
    case 'or':
      for (const child of n.of) yield* namesInSearch(child)
      return
    case 'not':
      yield* namesInSearch(n.of)
      return
    case 'compare':
    case 'in':
      yield n.field
  }
}
