// The tree of a search becomes what the pipeline runs: leading conditions become stages on events, the commands behind
// them operators on rows; every field that is named is looked up in the vocabulary.
import { didYouMean } from '../../base/did-you-mean.ts'

import type { Resolution } from '../../ir/field-source.ts'
import { predicateFor } from '../../ir/condition.ts'
import type { Predicate } from '../../ir/predicate.ts'
import type {
  Condition,
  From,
  Operator,
  RowTest,
  Search,
  Stage,
  TimeRange,
} from '../../ir/search.ts'
import type { Command, Query, SearchNode, TransactionTest } from './ast.ts'
import { namesIn, namesInSearch } from './field-names.ts'
import type { FieldMap } from './fields.ts'
import { derivationNotes, resolveField } from './fields.ts'
import type { SearchLint } from './lint/lint.ts'
import { lintCommands } from './lint/lint.ts'
import { lowerSearch } from './lower-search.ts'
import type { SearchContext } from './lower-search.ts'
import { printCommand } from './print.ts'
import type { Report } from './report.ts'
import { dataModelNames, findDataModel } from './data-models.ts'

/** Characters of a command shown in an account. */
const maxLabel = 200

export function lowerQuery(
  query: Query,
  report: Report,
  fields: FieldMap,
): Search {
  return new Lowering(report, fields).search(query)
}

class Lowering {
  readonly #report: Report
  readonly #fields: FieldMap
  #subsearches: Search[] = []
  #time: { earliest?: string; latest?: string } = {}

  constructor(report: Report, fields: FieldMap) {
    this.#report = report
    this.#fields = fields
  }

  search(query: Query): Search {
    const { commands } = query
    const lints = lintCommands(commands, this.#fields, this.#report)
    const stages: Stage[] = []
    const operators: Operator[] = []
    let from: From = { kind: 'events' }
    let named = namesIn(commands)
    commands.forEach((command, i) => {
      const notes = lints.get(command)?.map((l: SearchLint) => l.message) ?? []
      const first = i === 0
      if (command.kind === 'search') {
        if (from.kind === 'events' && !operators.length) {
          stages.push(this.#stage(command.of, labelOf(command), notes))
        } else operators.push(this.#filter(command.of, labelOf(command), notes))
      } else if (command.kind === 'tstats') {
        this.#place(command, first)
        const lowered = this.#tstats(command)
        stages.push({ ...lowered.stage, notes })
        operators.push(...lowered.operators)
      } else if (command.kind === 'inputlookup' && !command.append) {
        this.#place(command, first)
        from = {
          kind: 'lookup',
          table: command.table,
          start: command.start,
          max: command.max,
        }
        operators.push(...this.#tableRows(command))
      } else if (command.kind === 'makeresults') {
        this.#place(command, first)
        from = { kind: 'rows', count: command.count }
        operators.push(timeNow)
      } else {
        const operator = this.#operator(command)
        operators.push({ ...operator, label: labelOf(command), notes })
      }
    })
    if (!commands.length) named = new Set()
    const time: TimeRange = this.#time
    return {
      from,
      stages,
      operators,
      fields: this.#resolutions(named),
      subsearches: this.#subsearches,
      ...(Object.keys(time).length ? { time } : {}),
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

  #place(command: Command, first: boolean) {
    if (first) return
    const hint =
      command.kind === 'inputlookup' ? 'write append=t' : 'use append [ ... ]'
    this.#report.error(
      'P022',
      `"${command.kind}" makes rows, so it must come first`,
      command.at,
      hint,
    )
  }

  #stage(
    of: SearchNode | undefined,
    label: string,
    notes: readonly string[],
  ): Stage {
    const condition: Condition = of
      ? lowerSearch(of, this.#context(true))
      : { kind: 'constant', value: true }
    return {
      label,
      condition,
      asks: asked(of),
      notes: [...notes, ...this.#derived(of)],
    }
  }

  /** A derived field is said where it decides. */
  #derived(of: SearchNode | undefined): string[] {
    if (!of) return []
    return asked(of).flatMap((name) => {
      const note = Object.hasOwn(derivationNotes, name)
        ? derivationNotes[name]
        : undefined
      return note ? [note] : []
    })
  }

  #filter(
    of: SearchNode | undefined,
    label: string,
    notes: readonly string[],
  ): Operator {
    return { kind: 'filter', predicate: this.#rowPredicate(of), label, notes }
  }

  #rowPredicate(of: SearchNode | undefined): Predicate {
    if (!of) return { kind: 'constant', value: true }
    return predicateFor(lowerSearch(of, this.#context(false)), () => true)
  }

  #context(events: boolean): SearchContext {
    return {
      report: this.#report,
      fields: this.#fields,
      events,
      subsearch: events ? (query) => this.#subsearch(query) : undefined,
      time: (which, value) => {
        this.#time = { ...this.#time, [which]: value }
      },
    }
  }

  #subsearch(query: Query): number {
    return this.#subsearches.push(this.#nested(query)) - 1
  }

  #nested(query: Query): Search {
    return lowerQuery(query, this.#report, this.#fields)
  }

  #tableRows(command: Extract<Command, { kind: 'inputlookup' }>): Operator[] {
    const operators: Operator[] = []
    if (command.where) {
      operators.push(this.#filter(command.where, labelOf(command), []))
    }
    return operators
  }

  /** Over events the same as a search with bin and stats; the data model's names are resolved like any other. */
  #tstats(command: Extract<Command, { kind: 'tstats' }>): {
    stage: Stage
    operators: Operator[]
  } {
    const label = labelOf(command)
    const model =
      command.dataModel === undefined
        ? undefined
        : findDataModel(command.dataModel)
    if (command.dataModel !== undefined && !model) {
      this.#report.error(
        'P018',
        `unknown data model "${command.dataModel}"`,
        command.at,
        didYouMean(command.dataModel, dataModelNames) ||
          `there are ${dataModelNames.join(', ')}`,
      )
    }
    if (command.append) {
      this.#report.error(
        'P022',
        '"tstats append=t" cannot stand here',
        command.at,
        'use append [ | tstats ... ]',
      )
    }
    const where: Condition[] = command.where
      ? [lowerSearch(command.where, this.#context(true))]
      : []
    const source: Condition[] = model
      ? [{ kind: 'source', selectors: model.sources }]
      : []
    const operators: Operator[] = []
    if (command.by.includes('_time') || command.span) {
      operators.push({
        kind: 'bin',
        field: '_time',
        as: '_time',
        bins: 100,
        ...(command.span ? { span: command.span } : {}),
      })
      if (!command.span) operators.pop()
    }
    operators.push({
      kind: 'stats',
      aggregates: command.aggregates,
      by: command.by,
      label,
    })
    return {
      stage: {
        label,
        condition: { kind: 'and', of: [...source, ...where] },
        asks: asked(command.where),
        notes: this.#derived(command.where),
      },
      operators,
    }
  }

  #operator(
    command: Exclude<Command, { kind: 'search' | 'tstats' | 'makeresults' }>,
  ): Operator {
    switch (command.kind) {
      case 'inputlookup':
        return {
          kind: 'inputlookup',
          table: command.table,
          start: command.start,
          max: command.max,
          ...(command.where
            ? { predicate: this.#rowPredicate(command.where) }
            : {}),
        }
      case 'join': {
        const { query, at: _, ...rest } = command
        return { ...rest, search: this.#nested(query) }
      }
      case 'append':
        return { kind: 'append', search: this.#nested(command.query) }
      case 'appendcols':
        return {
          kind: 'appendcols',
          override: command.override,
          search: this.#nested(command.query),
        }
      case 'appendpipe':
        return { kind: 'appendpipe', operators: this.#inner(command.query) }
      case 'foreach':
        return {
          kind: 'foreach',
          fields: command.fields,
          template: this.#inner(command.query),
        }
      case 'transaction': {
        const { startsWith, endsWith, at: _, ...rest } = command
        return {
          ...rest,
          ...(startsWith ? { startsWith: this.#rowTest(startsWith) } : {}),
          ...(endsWith ? { endsWith: this.#rowTest(endsWith) } : {}),
        }
      }
      default: {
        const { at: _, ...operator } = command
        return operator
      }
    }
  }

  /** Commands that work on the rows that are there already. */
  #inner(query: Query): Operator[] {
    return query.commands.flatMap((c): Operator[] => {
      if (c.kind === 'search') return [this.#filter(c.of, labelOf(c), [])]
      if (c.kind === 'tstats' || c.kind === 'makeresults') {
        this.#report.error('P022', `"${c.kind}" cannot stand here`, c.at)
        return []
      }
      return [this.#operator(c)]
    })
  }

  #rowTest(test: TransactionTest): RowTest {
    return test.kind === 'where'
      ? { kind: 'where', of: test.of }
      : { kind: 'filter', predicate: this.#rowPredicate(test.of) }
  }
}

const timeNow: Operator = {
  kind: 'eval',
  set: [{ field: '_time', of: { kind: 'call', name: 'now', of: [] } }],
}

/** Where an event is from is no field of it. */
const noFields = new Set([
  'sourcetype',
  'source',
  'index',
  'earliest',
  'latest',
])

function asked(of: SearchNode | undefined): string[] {
  if (!of) return []
  return [...new Set(namesInSearch(of))].filter((n) => !noFields.has(n))
}

function labelOf(command: Command): string {
  const text = printCommand(command)
  return text.length > maxLabel ? `${text.slice(0, maxLabel)}...` : text
}
