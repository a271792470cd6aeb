// Commands that say what others say: they are read as these, and run and are shown as these.
import type { Expression } from '../../../ir/expression.ts'
import type { PlainCommand } from '../ast.ts'
import type { Scanner } from '../scanner.ts'
import { type Options, type OptionSpec, takeOptions } from './options.ts'
import type { Place } from './syntax.ts'

interface Shorthand {
  readonly options: OptionSpec
  readonly parse: (s: Scanner, place: Place) => PlainCommand
}

const strcatOptions = { allrequired: 'flag' } as const

/** `strcat [option] (field | text) {field | text} field`: an eval of the texts one behind the other. */
const strcat: Shorthand = {
  options: strcatOptions,
  parse(s) {
    const found: Options<typeof strcatOptions> = {}
    takeOptions(s, strcatOptions, found, 'strcat')
    const parts: Expression[] = []
    while (!s.atCommandEnd()) {
      const text = s.string()
      parts.push(
        text === undefined
          ? { kind: 'field', name: s.name('a field or a text') }
          : { kind: 'literal', value: text },
      )
    }
    const target = parts.pop()
    const [first, ...rest] = parts
    if (target?.kind !== 'field' || !first)
      return s.fail('"strcat" needs texts and a field to set', 'P010')
    const part = (e: Expression): Expression =>
      e.kind === 'literal' || found.allrequired ? e : orEmpty(e)
    const of = rest.reduce<Expression>(
      (left, e) => ({ kind: 'binary', op: '.', left, right: part(e) }),
      part(first),
    )
    return { kind: 'eval', set: [{ field: target.name, of }] }
  },
}

function orEmpty(e: Expression): Expression {
  return {
    kind: 'call',
    name: 'coalesce',
    of: [e, { kind: 'literal', value: '' }],
  }
}

const rangemapOptions = { field: 'text', default: 'text' } as const

/** `rangemap field=name {name "=" number "-" number} [default=text]`: an eval of the names of the ranges that hold the number. */
const rangemap: Shorthand = {
  options: rangemapOptions,
  parse(s) {
    const found: Options<typeof rangemapOptions> = {}
    const ranges: Range[] = []
    for (;;) {
      takeOptions(s, rangemapOptions, found, 'rangemap', true)
      if (s.atCommandEnd()) break
      ranges.push(parseRange(s))
      s.takeCommas()
    }
    const { field } = found
    if (!field) return s.fail('"rangemap" needs field=', 'P010')
    const of: Expression = {
      kind: 'call',
      name: 'coalesce',
      of: [
        {
          kind: 'call',
          name: 'mvappend',
          of: [...ranges.map((r) => nameWithin(field, r)), nothing],
        },
        { kind: 'literal', value: found.default ?? 'None' },
      ],
    }
    return { kind: 'eval', set: [{ field: 'range', of }] }
  },
}

const nothing: Expression = { kind: 'call', name: 'null', of: [] }

interface Range {
  readonly name: string
  readonly from: number
  readonly to: number
}

function parseRange(s: Scanner): Range {
  const name = s.name('the name of a range')
  s.expect('=', `behind "${name}"`)
  s.space()
  const m = /^(-?\d+(?:\.\d+)?)-(-?\d+(?:\.\d+)?)$/.exec(s.word() ?? '')
  if (!m) s.fail(`expected a range such as 0-10 for "${name}"`)
  return { name, from: Number(m[1]), to: Number(m[2]) }
}

/** The range's name for a number of it, else null. */
function nameWithin(field: string, { name, from, to }: Range): Expression {
  const side = (op: '>=' | '<=', bound: number): Expression => ({
    kind: 'binary',
    op,
    left: { kind: 'field', name: field },
    right: { kind: 'literal', value: bound },
  })
  const left = side('>=', from)
  const both: Expression = {
    kind: 'binary',
    op: 'and',
    left,
    right: side('<=', to),
  }
  return {
    kind: 'call',
    name: 'if',
    of: [both, { kind: 'literal', value: name }, nothing],
  }
}

const xyseriesOptions = {
  grouped: { noted: 'rows of one value need not stand together' },
  sep: 'text',
  format: 'text',
} as const

/** `xyseries {option} field field field {field}`: a chart of the last value of each cell. */
const xyseries: Shorthand = {
  options: xyseriesOptions,
  parse(s) {
    const found: Options<typeof xyseriesOptions> = {}
    const names: string[] = []
    for (;;) {
      takeOptions(s, xyseriesOptions, found, 'xyseries')
      if (s.atCommandEnd()) break
      names.push(s.name('a field'))
      s.takeCommas()
    }
    const [over, by, ...data] = names
    if (over === undefined || by === undefined || !data.length)
      return s.fail(
        '"xyseries" needs three fields: rows, columns, values',
        'P010',
      )
    return {
      kind: 'chart',
      aggregates: data.map((field) => ({ fn: 'last', field, as: field })),
      over,
      by,
      buckets: {},
      limit: 0,
      useOther: false,
      useNull: false,
      otherText: 'OTHER',
      nullText: 'NULL',
      separator: found.sep ?? ': ',
      ...(found.format !== undefined && { columnFormat: found.format }),
      continuous: false,
    }
  },
}

export const shorthands: Readonly<Record<string, Shorthand>> = {
  strcat,
  rangemap,
  xyseries,
}
