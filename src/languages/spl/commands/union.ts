// union and multisearch: the rows of several searches, one behind the other. They are read as the first of these with the others appended.
// Source: Splunk, Search Reference, "union", "multisearch", "Command types".
import type { Command, CommandKind, PlainCommand, Query } from '../ast.ts'
import { SyntaxProblem } from '../report.ts'
import type { Scanner } from '../scanner.ts'
import { running } from './append.ts'
import { type Options, type OptionSpec, takeOptions } from './options.ts'
import type { Place } from './syntax.ts'

/** A command that says what several say. */
interface Combination {
  readonly options: OptionSpec
  /** `isFirst`: no rows come in. */
  readonly parse: (
    s: Scanner,
    place: Place,
    isFirst: boolean,
  ) => readonly PlainCommand[]
}

const unionOptions = { ...running, maxout: 'count' } as const

/** `union {option} "[" search "]" {"[" search "]"}` */
const union: Combination = {
  options: unionOptions,
  parse(s, { brackets }, isFirst) {
    const found: Options<typeof unionOptions> = {}
    const searches: Query[] = []
    for (;;) {
      takeOptions(s, unionOptions, found, 'union')
      s.takeCommas()
      if (s.atCommandEnd()) break
      if (s.peek() !== '[')
        throw new SyntaxProblem(
          'P012',
          'a dataset of "union" that is no search in brackets is not supported',
          s.pos,
          'write [ | from datamodel:Web ], [ | inputlookup table ] or [ search ... ]',
        )
      searches.push(brackets(0))
    }
    const least = isFirst ? 2 : 1
    if (searches.length < least)
      s.fail(
        `"union" needs ${least === 2 ? 'two searches' : 'a search'} in brackets`,
        'P010',
      )
    return behind(searches, isFirst, found.maxout || undefined)
  },
}

/** Commands that work on each event by itself, wherever it lies. */
const streaming: ReadonlySet<CommandKind> = new Set<CommandKind>([
  'search',
  'where',
  'eval',
  'rex',
  'sed',
  'regex',
  'rename',
  'fields',
  'lookup',
  'iplocation',
  'makemv',
  'mvexpand',
  'nomv',
  'fillnull',
  'replace',
  'spath',
  'fromjson',
  'extract',
  'xmlkv',
  'convert',
  'addtotals',
  'bin',
  'foreach',
  'model',
  'tablerows',
])

/** `multisearch "[" search "]" "[" search "]" {"[" search "]"}` */
const multisearch: Combination = {
  options: {},
  parse(s, { at, brackets }, isFirst) {
    if (!isFirst)
      throw new SyntaxProblem(
        'P022',
        '"multisearch" makes rows, so it must come first',
        at,
        'use union [ ... ]',
      )
    const searches: Query[] = []
    for (;;) {
      takeOptions(s, {}, {}, 'multisearch')
      if (s.peek() !== '[') break
      searches.push(brackets(0))
    }
    if (searches.length < 2)
      s.fail('"multisearch" needs two searches in brackets', 'P010')
    for (const { commands } of searches) {
      const odd = commands.find((c) => !isStreaming(c))
      if (odd)
        throw new SyntaxProblem(
          'P022',
          `"${odd.kind}" does not look at each event by itself, as searches of "multisearch" must`,
          odd.at,
          'use union [ ... ]',
        )
    }
    return behind(searches, true, undefined)
  },
}

function isStreaming(command: Command): boolean {
  if (command.kind === 'fillnull') return command.fields.length > 0
  if (command.kind === 'bin') return command.buckets.span !== undefined
  return streaming.has(command.kind)
}

function behind(
  searches: readonly Query[],
  isFirst: boolean,
  max: number | undefined,
): readonly PlainCommand[] {
  const [first, ...others] = isFirst ? searches : [undefined, ...searches]
  const appended = others.map(
    (search): PlainCommand => ({
      kind: 'append',
      ...(max !== undefined && { max }),
      search: search!,
    }),
  )
  const head: PlainCommand[] =
    first && max !== undefined
      ? [{ kind: 'head', count: max, passNull: false, keepLast: false }]
      : []
  return [...(first?.commands ?? []), ...head, ...appended]
}

export const combinations: Readonly<Record<string, Combination>> = {
  union,
  multisearch,
}
