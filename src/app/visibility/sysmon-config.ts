// A configuration of Sysmon that writes what the rules ask for, and no more than its filters can leave out.
import { eventKind } from '../../event/sources/windows.ts'

import type { MeasureOf, SysmonCondition } from '../../content/visibility.ts'

import type { AskingRule } from './promise.ts'
import { sysmonFilter, type SysmonFields } from './sysmon-filter.ts'

/** The schema whose events and fields are meant: Sysmon 15. */
const schema = '4.90'

type Sysmon = MeasureOf<'sysmon'>

export function sysmonConfig(
  measures: readonly Sysmon[],
  asking: readonly AskingRule[],
): string {
  const groups = measures.map((m) => group(m, asking))
  return [
    `<Sysmon schemaversion="${schema}">`,
    '  <HashAlgorithms>SHA256,IMPHASH</HashAlgorithms>',
    '  <CheckRevocation>False</CheckRevocation>',
    '  <EventFiltering>',
    ...groups.flat(),
    '  </EventFiltering>',
    '</Sysmon>',
    '',
  ].join('\n')
}

function group(measure: Sysmon, asking: readonly AskingRule[]): string[] {
  const { tag, what, cost } = measure
  const { conditions, wide } = keptBy(measure, asking)
  const head = [
    `    <!-- ${comment(what)}: ${comment(cost)} -->`,
    ...wide.map(
      (title) =>
        `    <!-- Left out: "${comment(title)}" asks for nearly all of them. It sees what the others let through. -->`,
    ),
    '    <RuleGroup name="" groupRelation="or">',
  ]
  const tail = '    </RuleGroup>'
  if (!conditions) return [...head, `      <${tag} onmatch="exclude"/>`, tail]
  const lines = conditions.map(
    ({ field, condition, text }) =>
      `        <${field} condition="${condition}">${escaped(text)}</${field}>`,
  )
  return [
    ...head,
    `      <${tag} onmatch="include">`,
    ...lines,
    `      </${tag}>`,
    tail,
  ]
}

interface Kept {
  /** undefined: all events. */
  readonly conditions?: readonly SysmonCondition[]
  /** Rules for which all would have to be kept, by title. */
  readonly wide: readonly string[]
}

function keptBy(measure: Sysmon, asking: readonly AskingRule[]): Kept {
  const { keep, id, joined = [] } = measure
  if (keep === 'all') return { wide: [] }
  const found: SysmonCondition[] = []
  const wide = new Set<string>()
  for (const { title, needs } of asking) {
    for (const { need, by } of needs) {
      if (!by.includes(id)) continue
      const filter = need.condition
        ? sysmonFilter(need.condition, fieldsOf(measure))
        : joined
      // What another log tells need not be kept here.
      if (!filter?.length && by.length === 1) wide.add(title)
      for (const c of filter ?? []) found.push(c)
    }
  }
  return { conditions: deduplicated(found), wide: [...wide] }
}

function fieldsOf({ ids = [], holds = {} }: Sysmon): SysmonFields {
  const own = ids.flatMap((n) => eventKind('sysmon', String(n))?.fields ?? [])
  return { own: new Set(own), holds }
}

/** Rules that the configuration does not promise to serve: they ask for more than its filters let through. */
export function tooWide(
  measures: readonly Sysmon[],
  asking: readonly AskingRule[],
): ReadonlySet<string> {
  return new Set(measures.flatMap((m) => keptBy(m, asking).wide))
}

/** Each once, and none that another lets through already. */
function deduplicated(
  all: readonly SysmonCondition[],
): readonly SysmonCondition[] {
  const folded = all.map((c) => ({ ...c, fold: c.text.toLowerCase() }))
  const kept = folded.filter(
    (c, i) =>
      !folded.some(
        (o, j) => i !== j && implies(c, o) && (!implies(o, c) || j < i),
      ),
  )
  return kept
    .map(({ fold: _, ...c }) => c)
    .sort((a, b) =>
      a.field !== b.field
        ? a.field < b.field
          ? -1
          : 1
        : a.condition !== b.condition
          ? a.condition < b.condition
            ? -1
            : 1
          : a.text < b.text
            ? -1
            : 1,
    )
}

type Folded = SysmonCondition & { readonly fold: string }

/** Whatever meets the first meets the second. */
function implies(a: Folded, b: Folded): boolean {
  if (a.field !== b.field) return false
  switch (b.condition) {
    case 'is':
      return a.condition === 'is' && a.fold === b.fold
    case 'contains':
      return a.fold.includes(b.fold)
    case 'begin with':
      return (
        /^(?:is|begin with)$/.test(a.condition) && a.fold.startsWith(b.fold)
      )
    case 'end with':
      return /^(?:is|end with)$/.test(a.condition) && a.fold.endsWith(b.fold)
  }
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)
}

function comment(text: string): string {
  return text.replaceAll('--', '- -').replace(/[<>]/g, '')
}
