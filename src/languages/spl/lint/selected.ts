// Which events does a search select? As far as its first conditions say so plainly: log sources and event ids.
import { eventsNamed } from '../../../event/sources/sourcetypes.ts'

import type { RuleLogSource } from '../../../ir/rule.ts'
import type { SearchNode } from '../ast.ts'
import { fieldsOfEvent } from '../known-fields.ts'
import type { Platform } from './literals.ts'

/** One way in which an event can be selected. */
export interface Selected {
  readonly source: RuleLogSource | undefined
  readonly ids: readonly number[] | undefined
}

/** Ways kept apart; a search with more of them is taken to select anything. */
const maxWays = 64

const anything: readonly Selected[] = [{ source: undefined, ids: undefined }]

export function selectedBy(node: SearchNode): readonly Selected[] {
  switch (node.kind) {
    case 'or': {
      const ways = node.of.flatMap(selectedBy)
      return ways.length > maxWays ? anything : ways
    }
    case 'and': {
      let ways = anything
      for (const child of node.of) {
        ways = combine(ways, selectedBy(child))
        if (ways.length > maxWays) return anything
      }
      return ways
    }
    case 'compare':
      return node.op === '='
        ? selectedByValues(node.field, [node.value.text])
        : anything
    case 'in':
      return selectedByValues(
        node.field,
        node.values.map((v) => v.text),
      )
    default:
      return anything
  }
}

function selectedByValues(
  field: string,
  values: readonly string[],
): readonly Selected[] {
  if (field === 'sourcetype' || field === 'source') {
    const sources = values.flatMap(eventsNamed).map((e) => e.selector)
    return sources.length && values.every((v) => v !== '*')
      ? sources.map((source) => ({ source, ids: undefined }))
      : anything
  }
  if (!/^(?:EventCode|EventID|event_id|signature_id)$/.test(field))
    return anything
  return values.every((v) => /^\d{1,9}$/.test(v))
    ? [{ source: undefined, ids: values.map(Number) }]
    : anything
}

function combine(
  a: readonly Selected[],
  b: readonly Selected[],
): readonly Selected[] {
  return a.flatMap((x) =>
    b.map((y) => ({ source: y.source ?? x.source, ids: y.ids ?? x.ids })),
  )
}

/** All fields of the selected events; undefined where they are not all known. */
export function fieldsOfSelected(
  ways: readonly Selected[],
): ReadonlySet<string> | undefined {
  const all = new Set<string>()
  for (const { source, ids } of ways) {
    if (source?.product === 'linux' || !ids?.length) return undefined
    for (const id of ids) {
      const fields = fieldsOfEvent(source?.service, id)
      if (!fields) return undefined
      for (const f of fields) all.add(f)
    }
  }
  return all
}

/** The one family of systems that all selected events are from. */
export function platformOfSelected(
  ways: readonly Selected[],
): Platform | undefined {
  const found = new Set(
    ways.map(({ source }) =>
      source?.product === undefined
        ? undefined
        : source.product === 'windows'
          ? 'windows'
          : 'unix',
    ),
  )
  return found.size === 1 ? [...found][0] : undefined
}

/** `sysmon event 7`, for messages. */
export function describeSelected(ways: readonly Selected[]): string {
  const one = ways.map((w) =>
    `${w.source?.service ?? 'event'} ${w.ids?.join('/') ?? ''}`.trim(),
  )
  return [...new Set(one)].join(' or ')
}
