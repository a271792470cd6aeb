// Which names does a search ask events for, and what for? Those that the person wrote: of a name that no event has it is told what may
// have been meant.
import { fieldUse, inCondition } from '../../ir/operator-fields.ts'
import { innerSearches, type Operator, type Search } from '../../ir/search.ts'

import { type AskedNames, isPlainName } from '../stations/names.ts'

/** What every event has without a field of that name. */
const metadata = new Set(['_time', '_raw', 'host', 'source', 'sourcetype'])

export interface NamesAsked {
  /** In conditions on events. */
  readonly tested: AskedNames
  /** Columns of a table of events. */
  readonly shown: AskedNames
  /** By commands that count or sort by them: of a name that no event has they make a number or an order all the same. */
  readonly counted: AskedNames
  /** By other commands that take events' fields. */
  readonly read: AskedNames
}

const counting: ReadonlySet<Operator['kind']> = new Set([
  'stats',
  'eventstats',
  'streamstats',
  'chart',
  'sort',
])

/** Of itself and of all searches within. Of the names that a data model or a macro brings along nobody has to be told. */
export function namesAsked(search: Search, written: string): NamesAsked {
  const inner = [...search.subsearches, ...innerSearches(search.operators)]
  const all = inner.map((s) => namesAsked(s, written))
  const own = search.from.kind === 'events' ? ownNames(search, written) : []
  const of = (what: keyof NamesAsked): AskedNames =>
    Object.assign({}, ...[...all, ...own].map((names) => names[what]))
  return {
    tested: of('tested'),
    shown: of('shown'),
    counted: of('counted'),
    read: of('read'),
  }
}

/** Of one search: commands take names of events until one makes rows of its own. */
function ownNames(
  { stages, operators, fields }: Search,
  written: string,
): NamesAsked[] {
  const placesOf = (
    names: Iterable<string>,
    asks: 'conditions' | 'commands' = 'commands',
  ) => {
    const those = [...names].filter((n) => written.includes(n))
    return placesOfWritten(those, fields, asks)
  }
  const { shown, counted, read } = ofCommands(operators)
  const tested = stages.flatMap((s) => s.asks)
  return [
    {
      tested: placesOf(tested, 'conditions'),
      shown: placesOf(shown),
      counted: placesOf(counted),
      read: placesOf(read),
    },
  ]
}

function ofCommands(operators: readonly Operator[]) {
  const by = {
    shown: new Set<string>(),
    counted: new Set<string>(),
    read: new Set<string>(),
  }
  const made = new Set<string>()
  for (const op of operators) {
    const use = fieldUse(op, inCondition)
    const names = by[whatFor(op)]
    for (const name of use.reads) if (!made.has(name)) names.add(name)
    for (const name of use.makes) made.add(name)
    // Behind these, names are no events' any more, or cannot be told.
    const isUnknown = use.makes.some((name) => name.includes('*'))
    if (use.only || isUnknown) break
  }
  return by
}

function whatFor({ kind }: Operator): 'shown' | 'counted' | 'read' {
  if (kind === 'table') return 'shown'
  return counting.has(kind) ? 'counted' : 'read'
}

/** A data model's names are known when the search is read; of those, only conditions hold on nothing where no event has one. */
function placesOfWritten(
  names: Iterable<string>,
  fields: Search['fields'],
  asks: 'conditions' | 'commands',
): AskedNames {
  const asked: Record<string, readonly string[]> = {}
  for (const name of names) {
    const places = Object.hasOwn(fields, name) ? fields[name]! : undefined
    const made = places?.some(
      (p) => p.kind === 'constant' || p.kind === 'cases',
    )
    const own = places?.flatMap((p) => ('name' in p ? p.name : [])) ?? [name]
    if (made || metadata.has(name) || !own.some(isPlainName)) continue
    if (isPlainName(name) || asks === 'conditions') asked[name] = own
  }
  return asked
}
