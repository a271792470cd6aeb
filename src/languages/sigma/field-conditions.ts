// Conditions on fields as a selection of a rule says them, outside of a rule: `Image|endswith: \deploy.exe`.
import type { Diagnostic } from '../../base/diagnostic.ts'

import type { Predicate } from '../../ir/predicate.ts'

import { whyRefused } from '../../meaning/leaf.ts'

import type { Path } from '../../rule-text/yaml/locate.ts'
import type { YamlDocument } from '../../rule-text/yaml/read.ts'
import type { YamlMap } from '../../rule-text/yaml/value.ts'

import { lowerSelection } from './detection/lower.ts'
import { parseMap } from './detection/parse.ts'
import { type Problems, problemsOf } from './problems.ts'

interface FieldCondition {
  readonly field: string
  readonly predicate: Predicate
}

/** `path` leads to the mapping in the document. What is wrong is told with its place; then there are no conditions. */
export function readFieldConditions(
  map: YamlMap,
  path: Path,
  document: YamlDocument,
  file: string,
): {
  readonly conditions: readonly FieldCondition[] | undefined
  readonly diagnostics: readonly Diagnostic[]
} {
  const problems = problemsOf(file)
  const conditions = conditionsOf(map, path, problems)
  return {
    conditions: problems.failed ? undefined : conditions,
    diagnostics: problems.diagnostics(document),
  }
}

function conditionsOf(
  map: YamlMap,
  path: Path,
  problems: Problems,
): readonly FieldCondition[] {
  const selection = parseMap(map, path, problems)
  if (selection?.kind !== 'all') return []
  return selection.of.flatMap((item) => {
    if ('kind' in item) return []
    const { field } = item
    if (field === undefined) {
      const hint = 'write "Field: value"'
      problems.report('S029', { path: item.path }, 'a field is missing', hint)
      return []
    }
    const one = { kind: 'all', of: [item] } as const
    const predicate = lowerSelection(one, undefined, {}, problems)
    const why = predicate && whyRefused(predicate)
    if (why !== undefined) problems.report('S029', { path: item.path }, why)
    return predicate ? [{ field, predicate }] : []
  })
}
