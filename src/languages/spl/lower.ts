// The tree of a search becomes what the pipeline runs: leading conditions become stages on events, the commands behind
// them operators on rows; every field that is named is looked up in the vocabulary.
import { type Expression, mapSubsearches } from '../../ir/expression.ts'
import type { Resolution } from '../../ir/field-source.ts'
import type { TimeRange } from '../../ir/moment.ts'
import type { Buckets, RowCondition } from '../../ir/operator.ts'
import type {
  Condition,
  From,
  Lowered,
  Operator,
  Search,
  Stage,
} from '../../ir/search.ts'
import type {
  Command,
  CommandOf,
  Query,
  SearchNode,
  SourceCommand,
  Written,
} from './ast.ts'
import { namesIn } from './command-fields.ts'
import type { FieldMap } from './fields.ts'
import { bareFields, resolveField } from './fields.ts'
import { lintCommands } from './lint/lint.ts'
import { orderOfReading } from './lint/order.ts'
import type { SearchContext } from './lower-compare.ts'
import { lowerSearch } from './lower-search.ts'
import { asked, derivations, labelOf } from './lower-words.ts'
import { modelOf, originOfModel, tstatsOperators } from './lower-model.ts'
import { allOrigins, originOf } from './origin.ts'
import { parseMoment } from './moment.ts'
import type { Report } from './report.ts'

export function lowerQuery(
  query: Query,
  report: Report,
  fields: FieldMap,
): Search {
  return new Lowering(report, fields).search(query)
}

class Lowering {
  readonly #report: Report
  #fields: FieldMap
  readonly #stages: Stage[] = []
  readonly #operators: Operator[] = []
  readonly #subsearches: Search[] = []
  #from: From = { kind: 'events' }
  #time: TimeRange = {}

  constructor(report: Report, fields: FieldMap) {
    this.#report = report
    this.#fields = fields
  }

  search({ commands }: Query): Search {
    const lints = lintCommands(commands, this.#fields, this.#report)
    const order = orderOfReading(commands)
    if (order)
      this.#report.add('note', order.code, order.message, order.at, order.hint)
    commands.forEach((command, i) => {
      const notes = lints.get(command)?.map((l) => l.message) ?? []
      this.#add(command, i === 0, notes)
    })
    return {
      from: this.#from,
      stages: this.#stages,
      operators: this.#operators,
      fields: this.#resolutions(namesIn(commands)),
      subsearches: this.#subsearches,
      ...(Object.keys(this.#time).length ? { time: this.#time } : {}),
    }
  }

  #add(command: Command, first: boolean, notes: readonly string[]) {
    const label = labelOf(command)
    switch (command.kind) {
      case 'search':
        if (this.#from.kind === 'events' && !this.#operators.length)
          this.#stages.push(this.#stage(command.of, label, notes))
        else this.#operators.push(this.#filter(command.of, label, notes))
        return
      case 'tstats':
        if (!first) this.#misplaced(command, 'use append [ ... ]')
        this.#tstats(command, label, notes)
        return
      case 'model':
        if (!first) this.#misplaced(command, 'use append [ ... ]')
        this.#model(command, label)
        return
      case 'inputlookup':
        if (first) this.#tableRows(command, label)
        else this.#operators.push(this.#operator(command, label, notes))
        return
      case 'tablerows':
        if (!first) this.#misplaced(command, 'write append=t')
        this.#tableRows(command, label)
        return
      case 'makeresults':
        if (!first) this.#misplaced(command, 'use append [ ... ]')
        this.#from = { kind: 'rows', count: command.count }
        this.#operators.push(timeNow)
        return
      default:
        this.#operators.push(this.#operator(command, label, notes))
    }
  }

  /** Where the names are found; those that are the event's own are left out. */
  #resolutions(names: ReadonlySet<string>): Record<string, Resolution> {
    const found: Record<string, Resolution> = {}
    for (const name of names) {
      const r = name.includes('*')
        ? undefined
        : resolveField(name, this.#fields)
      if (r) found[name] = r
    }
    return found
  }

  #misplaced(command: Command, hint: string) {
    const word = command.kind === 'tablerows' ? 'inputlookup' : command.kind
    this.#report.error(
      'P022',
      `"${word}" makes rows, so it must come first`,
      command.at,
      hint,
    )
  }

  #stage(of: SearchNode, label: string, notes: readonly string[]): Stage {
    const context = this.#context(true)
    const origin = originOf(of, context)
    return {
      label,
      condition: lowerSearch(of, context),
      ...(origin && { origin }),
      asks: asked(of),
      notes: [...notes, ...derivations(of)],
    }
  }

  #filter(of: SearchNode, label: string, notes: readonly string[]): Operator {
    return {
      kind: 'search',
      of: this.#rowCondition(of),
      account: { label, notes },
    }
  }

  #rowCondition(of: SearchNode): Condition {
    return lowerSearch(of, this.#context(false))
  }

  #context(events: boolean): SearchContext {
    return {
      report: this.#report,
      fields: this.#fields,
      events,
      subsearch: (query) => this.#subsearches.push(this.#nested(query)) - 1,
      time: (which, value, at) => {
        const moment = parseMoment(value)
        if (moment) this.#time = { ...this.#time, [which]: moment }
        else
          this.#report.error(
            'P009',
            `"${value}" is no time`,
            at,
            'write -24h@h, an epoch in seconds, or 2024-01-31T00:00:00',
          )
      },
    }
  }

  #nested(query: Query): Search {
    return lowerQuery(query, this.#report, this.#fields)
  }

  #tableRows(
    command: CommandOf<'tablerows' | 'inputlookup'>,
    label: string,
  ): void {
    const { table, start, max, where } = command
    const asks = where ? asked(where) : []
    this.#from = { kind: 'lookup', table, start, max, asks }
    if (where) this.#operators.push(this.#filter(where, label, []))
  }

  /** Names without the model's prefix mean what they mean in the model. */
  #model(command: CommandOf<'model'>, label: string): void {
    const model = modelOf(command, this.#report)
    if (!model) return
    this.#fields = new Map([...bareFields(model), ...this.#fields])
    const origin = originOfModel(command, model)
    const condition = model.events
    this.#stages.push({ label, condition, origin, asks: [], notes: [] })
  }

  /** Over events the same as a search with bin and stats; the data model's names are resolved like any other. */
  #tstats(
    command: CommandOf<'tstats'>,
    label: string,
    notes: readonly string[],
  ): void {
    const { where } = command
    const model = modelOf(command, this.#report)
    const context = this.#context(true)
    const origin = allOrigins([
      model && originOfModel(command, model),
      where && originOf(where, context),
    ])
    this.#stages.push({
      label,
      ...(origin && { origin }),
      condition: {
        kind: 'and',
        of: [
          ...(model ? [model.events] : []),
          ...(where ? [lowerSearch(where, context)] : []),
        ],
      },
      asks: where ? asked(where) : [],
      notes: [...(where ? derivations(where) : []), ...notes],
    })
    const operators = tstatsOperators(command, label, this.#fields)
    for (const op of operators) this.#operators.push(op)
  }

  #operator(
    command: Exclude<Command, SourceCommand>,
    label: string,
    notes: readonly string[],
  ): Operator {
    return { ...this.#lowered(command), account: { label, notes } }
  }

  /** What stands in a command's brackets and conditions is lowered; the rest is what runs already. */
  #lowered(command: Exclude<Command, SourceCommand>): Operator {
    const { at, ...written } = command
    switch (written.kind) {
      case 'search':
        return { ...written, of: this.#rowCondition(written.of) }
      case 'inputlookup': {
        const { where, ...rest } = written
        return {
          ...rest,
          ...(where ? { where: this.#rowCondition(where) } : {}),
        }
      }
      case 'join':
      case 'append':
      case 'appendcols':
        return { ...written, search: this.#nested(written.search) }
      case 'appendpipe':
      case 'foreach':
        return { ...written, pipeline: this.#inner(written.pipeline) }
      case 'transaction': {
        const { startsWith, endsWith, ...rest } = written
        return {
          ...rest,
          ...(startsWith ? { startsWith: this.#rowTest(startsWith) } : {}),
          ...(endsWith ? { endsWith: this.#rowTest(endsWith) } : {}),
        }
      }
      case 'where': {
        const { brackets, of, ...rest } = written
        return { ...rest, of: renumbered(of, this.#bracketed(brackets)) }
      }
      case 'eval': {
        const { brackets, set, ...rest } = written
        const from = this.#bracketed(brackets)
        return {
          ...rest,
          set: set.map((a) => ({ ...a, of: renumbered(a.of, from) })),
        }
      }
      case 'bin':
      case 'chart':
        return { ...written, buckets: this.#aligned(written.buckets, at) }
      case 'nomv':
        return { ...written, ...this.#delimiter(written.field) }
      default:
        return written
    }
  }

  #aligned({ align, ...rest }: Buckets, at: number): Buckets {
    if (typeof align !== 'string') return align ? { ...rest, align } : rest
    const end = this.#time[align]
    if (end) return { ...rest, align: end }
    this.#report.add(
      'note',
      'P048',
      `"aligntime=${align}" is passed over: the search states no ${align}=`,
      at,
    )
    return rest
  }

  /** The searches of a command's expressions become the search's own; gives the number of the first. */
  #bracketed(brackets: readonly Query[] = []): number {
    const first = this.#subsearches.length
    for (const query of brackets) this.#subsearches.push(this.#nested(query))
    return first
  }

  /** Between the values of a field: what the last command that listed them says. */
  #delimiter(field: string): { delim?: string } {
    for (const op of this.#operators.toReversed()) {
      if (op.kind === 'mvcombine' && op.field === field)
        return op.delim === undefined ? {} : { delim: op.delim }
      const lists =
        (op.kind === 'stats' || op.kind === 'eventstats') &&
        op.aggregates.some((a) => a.as === field)
      if (lists) return op.delim === undefined ? {} : { delim: op.delim }
    }
    return {}
  }

  /** Commands that work on the rows that are there already. */
  #inner(query: Query): Operator[] {
    return query.commands.flatMap((c): Operator[] => {
      if (
        c.kind === 'tstats' ||
        c.kind === 'makeresults' ||
        c.kind === 'model' ||
        c.kind === 'tablerows'
      ) {
        this.#report.error('P022', `"${c.kind}" cannot stand here`, c.at)
        return []
      }
      return [this.#lowered(c)]
    })
  }

  #rowTest(test: RowCondition<Written>): RowCondition<Lowered> {
    return test.kind === 'where'
      ? test
      : { kind: 'search', of: this.#rowCondition(test.of) }
  }
}

function renumbered(e: Expression, first: number): Expression {
  return mapSubsearches(e, (s) => ({ ...s, index: first + s.index }))
}

const timeNow: Operator = {
  kind: 'eval',
  set: [{ field: '_time', of: { kind: 'call', name: 'now', of: [] } }],
}
