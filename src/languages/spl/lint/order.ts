// Splunk gives the newest events first; here they come as they are read. Where the first rows are kept, that decides which.
import type { Command } from '../ast.ts'
import type { SearchLint } from './search-lint.ts'

/** What stands behind these has an order of its own, or one that the author asked for. */
const ordering: ReadonlySet<Command['kind']> = new Set<Command['kind']>([
  'sort',
  'stats',
  'chart',
  'top',
  'transaction',
  'tstats',
  'inputlookup',
  'tablerows',
  'makeresults',
])

/** Of a search the first command that the order of reading decides. */
export function orderOfReading(
  commands: readonly Command[],
): SearchLint | undefined {
  const first = commands.find((c) => ordering.has(c.kind) || keepsSome(c))
  if (!first || !keepsSome(first)) return undefined
  return {
    code: 'P054',
    message: `"${first.kind}" keeps rows in the order in which events are read, not the newest first`,
    at: first.at,
    hint: 'put "sort 0 -_time" before it for the order of Splunk',
  }
}

function keepsSome(c: Command): boolean {
  return (
    c.kind === 'head' ||
    c.kind === 'tail' ||
    (c.kind === 'dedup' && c.sortBy.length === 0)
  )
}
