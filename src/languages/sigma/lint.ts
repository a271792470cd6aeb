// Where does an oddity of a rule stand in its text? The lint itself works on the IR; here its findings get codes and places.
import { mistyped } from '../../base/did-you-mean.ts'

import { knownFields } from '../../event/known-fields.ts'

import type { Predicate } from '../../ir/predicate.ts'

import type { Place } from '../../rule-text/yaml/locate.ts'
import { quote } from '../../rule-text/yaml/value.ts'

import type { LintFinding, LintKind } from '../../lint/finding.ts'
import { lintDetection } from '../../lint/lint.ts'

import type {
  CorrelationDocument,
  Item,
  RuleDocument,
  Selection,
} from './ast.ts'
import type { SigmaCode } from './codes.ts'

const codes: Readonly<Record<LintKind, SigmaCode>> = {
  never: 'S101',
  always: 'S102',
  'part-never': 'S103',
  'part-always': 'S104',
  'matches-everything': 'S105',
  'holds-for-nothing': 'S106',
  'unfilled-field': 'S107',
  'unfilled-negation': 'S108',
  'event-id-alone': 'S109',
  'slow-regex': 'S110',
  'regex-range': 'S111',
  'unanchored-pipe': 'S112',
  'access-as-text': 'S113',
  'bare-file-name': 'S114',
  'everyday-endpoint': 'S115',
  'rarity-of-all': 'S116',
  'misnamed-source': 'S117',
  'unanchored-name': 'S118',
  'foreign-event-id': 'S119',
  'bare-placeholder': 'S121',
  'path-as-regex': 'S122',
  'bare-pipe-name': 'S123',
}

export function lintRule(document: RuleDocument, condition: Predicate): void {
  const { meta, logSource, problems } = document
  const kind = 'detection' as const
  const rule = { kind, meta, logSource, condition, emits: true }
  for (const finding of lintDetection(rule)) {
    problems.report(
      codes[finding.kind],
      placeOf(finding, document.detection),
      finding.message,
      finding.hint,
    )
  }
}

/** Events are counted by what the rules may not ask for, so that only a name which is nearly a known one is odd. */
export function lintCorrelation({
  groupBy,
  condition,
  aliases,
  problems,
}: CorrelationDocument): void {
  const counted = condition.kind === 'compare' ? condition.fields : []
  const lint = (field: string, key: string) => {
    if (knownFields.has(field) || aliases.has(field)) return
    const near = mistyped(field, knownFields).map((name) => quote(name))
    if (!near.length) return
    problems.report(
      'S120',
      { path: ['correlation', key] },
      `no events are known to have a field ${quote(field)}`,
      `did you mean ${near.join(' or ')}?`,
    )
  }
  for (const field of groupBy) lint(field, 'group-by')
  for (const field of counted) lint(field, 'condition')
}

/** Labels are the names of selections and the keys of items, as written. */
function placeOf(
  { trail, part }: LintFinding,
  detection: RuleDocument['detection'],
): Place {
  if (part) return { path: ['logsource', part] }
  const { selections, conditions, path } = detection
  const name = trail.find((label) => selections.has(label))
  if (name === undefined) return { path: conditions[0]?.path ?? path }
  const last = trail.at(-1)!
  const selection = selections.get(name)
  const item = selection && last !== name ? find(selection, last) : undefined
  return { path: item?.path ?? [...path, name], key: true }
}

function find(selection: Selection, label: string): Item | undefined {
  switch (selection.kind) {
    case 'all':
      return selection.of.find((item) => item.label === label)
    case 'any':
      for (const inner of selection.of) {
        const item = find(inner, label)
        if (item) return item
      }
      return undefined
    case 'keywords':
      return undefined
  }
}
