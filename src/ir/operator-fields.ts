// Which fields does an operator read, which does it set, and which are left behind it? One answer for all who ask: what must be
// decoded, which columns there are at the end, which names a search writes, what its lint knows of a row.
import type { Expression } from './expression.ts'
import { fieldsRead } from './expression.ts'
import type { Aggregate } from './aggregate.ts'
import type {
  AnyOperator,
  AnyOperatorOf,
  Form,
  OperatorKind,
  RowCondition,
} from './operator.ts'
import type { Condition } from './search.ts'
import { walk } from './visit.ts'

export interface FieldUse {
  /** May hold wildcards. */
  readonly reads: readonly string[]
  /** It looks at every field, whatever its name. */
  readonly readsAll?: boolean
  /** Fields that it sets, if only in some rows. `*`: which ones only the rows can tell. */
  readonly makes: readonly string[]
  /** Rows behind it have these and no others, in this order. */
  readonly only?: readonly string[]
  /** What else of the row is left where `only` is given. */
  readonly keepsInternal?: boolean
}

/** What a condition reads, in the form that it has. */
export type ConditionFields<F extends Form> = (
  condition: F['condition'],
) => Pick<FieldUse, 'reads' | 'readsAll'>

export function fieldUse<F extends Form>(
  op: AnyOperator<F>,
  inCondition: ConditionFields<F>,
): FieldUse {
  // The table has exactly one entry for each kind, so the pair always fits.
  const use = uses[op.kind] as Use<OperatorKind>
  return use(
    op as AnyOperatorOf<OperatorKind, Form>,
    inCondition as ConditionFields<Form>,
  )
}

/** A keyword looks at every field; what a search in brackets will ask is not known yet. */
export function inCondition(
  c: Condition,
): Pick<FieldUse, 'reads' | 'readsAll'> {
  const reads: string[] = []
  let readsAll = false
  for (const { node } of walk(c)) {
    if (node.kind === 'keyword' || node.kind === 'subsearch') readsAll = true
    if ('field' in node) reads.push(node.field)
    if (node.kind === 'same-as') reads.push(node.other)
  }
  return { reads, readsAll }
}

type Use<K extends OperatorKind> = (
  op: AnyOperatorOf<K, Form>,
  inCondition: ConditionFields<Form>,
) => FieldUse

const uses: { readonly [K in OperatorKind]: Use<K> } = {
  addtotals: (op) => ({
    ...someOrAll(op.fields),
    makes: [op.fieldName, ...(op.labelField ? [op.labelField] : [])],
  }),
  append: () => ({ reads: [], makes: ['*'] }),
  appendcols: () => ({ reads: [], readsAll: true, makes: ['*'] }),
  appendpipe: () => ({ reads: [], readsAll: true, makes: ['*'] }),
  bin: (op) => ({
    reads: [op.field],
    makes: op.as === op.field ? [] : [op.as],
  }),
  chart: (op) => ({
    reads: [op.over, ...(op.by ? [op.by] : []), ...inAggregates(op.aggregates)],
    makes: ['*'],
    only: ['*'],
  }),
  convert: (op) => ({
    reads: op.conversions.map((c) => c.field),
    makes: op.conversions.map((c) => c.as),
  }),
  dedup: (op) => ({
    reads: [...op.fields, ...op.sortBy.map((k) => k.field)],
    makes: [],
  }),
  delta: (op) => ({ reads: [op.field], makes: [op.as] }),
  eval: (op) => ({
    reads: op.set.flatMap((s) => inExpression(s.of)),
    makes: op.set.map((s) => s.field),
  }),
  eventstats: (op) => ({
    reads: [...op.by, ...inAggregates(op.aggregates)],
    makes: op.aggregates.map((a) => a.as),
  }),
  extract: () => ({ reads: ['_raw'], makes: ['*'] }),
  fields: (op) =>
    op.remove
      ? { reads: [], makes: [] }
      : {
          reads: [...op.fields, '_time'],
          makes: [],
          only: op.fields,
          keepsInternal: true,
        },
  filldown: (op) => ({ ...someOrAll(op.fields), makes: [] }),
  fillnull: (op) => ({ ...someOrAll(op.fields), makes: [] }),
  foreach: (op) => ({ reads: op.fields, readsAll: true, makes: ['*'] }),
  format: () => ({
    reads: [],
    readsAll: true,
    makes: ['search'],
    only: ['search'],
  }),
  fromjson: (op) => ({ reads: [op.field], makes: ['*'] }),
  head: (op) => ({ reads: inExpression(op.while), makes: [] }),
  inputlookup: () => ({ reads: [], makes: ['*'] }),
  iplocation: (op) => ({
    reads: [op.field],
    makes: op.parts.map((p) => `${op.prefix}${p}`),
  }),
  join: (op) => ({ ...someOrAll(op.fields), makes: ['*'] }),
  lookup: (op) => ({
    reads: op.match.map((p) => p.row),
    makes: op.output.length ? op.output.map((p) => p.row) : ['*'],
  }),
  makemv: (op) => ({ reads: [op.field], makes: [] }),
  mvcombine: (op) => ({ reads: [op.field], readsAll: true, makes: [] }),
  mvexpand: (op) => ({ reads: [op.field], makes: [] }),
  nomv: (op) => ({ reads: [op.field], makes: [] }),
  outlier: (op) => ({ ...someOrAll(op.fields), makes: [] }),
  regex: (op) => ({ reads: [op.field], makes: [] }),
  rename: (op) => ({
    reads: op.pairs.map((p) => p.from),
    makes: op.pairs.map((p) => p.to),
  }),
  replace: (op) => ({ ...someOrAll(op.fields), makes: [] }),
  return: (op) => ({
    reads: op.items.map((i) => i.field),
    makes: ['*'],
    only: ['*'],
  }),
  reverse: () => ({ reads: [], makes: [] }),
  rex: (op) => ({
    reads: [op.field],
    makes: [...op.groups, ...(op.offsetField ? [op.offsetField] : [])],
  }),
  search: (op, inCondition) => ({ ...inCondition(op.of), makes: [] }),
  sed: (op) => ({ reads: [op.field], makes: [] }),
  sort: (op) => ({ reads: op.keys.map((k) => k.field), makes: [] }),
  spath: (op) => ({
    reads: [op.input],
    makes: [op.path === undefined ? '*' : (op.output ?? op.path)],
  }),
  stats: (op) => {
    const makes = op.aggregates.map((a) => a.as)
    return {
      reads: [...op.by, ...inAggregates(op.aggregates)],
      makes,
      only: [...op.by, ...makes],
    }
  },
  streamstats: (op) => ({
    reads: [
      ...op.by,
      ...inAggregates(op.aggregates),
      ...inExpression(op.resetBefore),
      ...inExpression(op.resetAfter),
    ],
    makes: op.aggregates.map((a) => a.as),
  }),
  table: (op) => ({ reads: op.fields, makes: [], only: op.fields }),
  tail: () => ({ reads: [], makes: [] }),
  top: (op) => {
    const makes = [
      ...(op.showCount ? [op.countField] : []),
      ...(op.showPercent ? [op.percentField] : []),
    ]
    return {
      reads: [...op.fields, ...op.by],
      makes,
      only: [...op.by, ...op.fields, ...makes],
    }
  },
  // A field of the whole is made of the same field of its rows: those that nobody asks for need not be there.
  transaction: (op, inCondition) => ({
    reads: [
      '_time',
      ...op.fields,
      ...inRowCondition(op.startsWith, inCondition),
      ...inRowCondition(op.endsWith, inCondition),
    ],
    makes: ['duration', 'eventcount', 'closed_txn'],
  }),
  transpose: () => ({
    reads: [],
    readsAll: true,
    makes: ['*'],
    only: ['*'],
  }),
  untable: (op) => ({
    reads: [op.over],
    readsAll: true,
    makes: [op.column, op.value],
    only: [op.over, op.column, op.value],
  }),
  where: (op) => ({ reads: inExpression(op.of), makes: [] }),
  xmlkv: (op) => ({ reads: [op.field], makes: ['*'] }),
}

function someOrAll(
  fields: readonly string[],
): Pick<FieldUse, 'reads' | 'readsAll'> {
  return { reads: fields, ...(fields.length ? {} : { readsAll: true }) }
}

function inExpression(e: Expression | undefined): string[] {
  return e ? [...fieldsRead(e)] : []
}

/** Some of them ask for the row's time. */
export function inAggregates(list: readonly Aggregate[]): string[] {
  const own = list.flatMap((a) => [
    ...(a.field === undefined ? [] : [a.field]),
    ...inExpression(a.of),
  ])
  return ['_time', ...own]
}

function inRowCondition(
  test: RowCondition<Form> | undefined,
  inCondition: ConditionFields<Form>,
): readonly string[] {
  if (!test) return []
  return test.kind === 'where'
    ? inExpression(test.of)
    : inCondition(test.of).reads
}
