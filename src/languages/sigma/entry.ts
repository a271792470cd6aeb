// One document on its way from text to rule. What its author wrote is let go as soon as the IR has it.
import type { Predicate } from '../../ir/predicate.ts'
import type { RuleMeta } from '../../ir/rule.ts'

import type { RefusedRule, RuleFile } from '../../rule-text/loaded.ts'
import type { YamlDocument } from '../../rule-text/yaml/read.ts'
import { describe, isMap } from '../../rule-text/yaml/value.ts'

import type {
  CorrelationDocument,
  FilterDocument,
  SigmaDocument,
} from './ast.ts'
import { lowerDetections } from './condition/lower.ts'
import type { Placeholders } from './detection/placeholder.ts'
import type { LoweredRule } from './filter/apply.ts'
import { lintCorrelation, lintRule } from './lint.ts'
import { parseDocument } from './parse.ts'
import type { Problems } from './problems.ts'
import { problemsOf } from './problems.ts'

export interface SigmaOptions {
  /** What `%name%` stands for in values with `|expand`. */
  readonly placeholders?: Placeholders
  /** Also looks for what is odd about rules that can be loaded: diagnostics from S101 on. */
  readonly lint?: boolean
}

export interface Entry {
  readonly yaml: YamlDocument
  readonly problems: Problems
  readonly made: Made | undefined
  /** As far as the document says them, even where nothing can be made of it. */
  readonly id: string | undefined
  readonly title: string | undefined
  readonly name: string | undefined
}

export type Made = LoweredRule | LoweredFilter | CorrelationDocument

export interface LoweredFilter {
  readonly kind: 'filter'
  readonly meta: RuleMeta
  readonly document: FilterDocument
  readonly condition: Predicate
}

const yamlCodes = {
  syntax: 'S001',
  'duplicate-key': 'S005',
  bounds: 'S006',
} as const

/** What people mean who write so. */
function cureOf(message: string): string | undefined {
  if (/escape sequence/i.test(message))
    return "write the value in single quotes: in double quotes a backslash begins an escape, as in '\\Windows\\System32'"
  return /\btabs?\b/i.test(message) ? 'indent with blanks' : undefined
}

export function readEntry(
  file: RuleFile,
  yaml: YamlDocument,
  options: SigmaOptions,
): Entry {
  const problems = problemsOf(file.path)
  const { value, errors, line } = yaml
  for (const { kind, message, position } of errors) {
    problems.report(yamlCodes[kind], position, message, cureOf(message))
  }
  const map = isMap(value) ? value : undefined
  if (!map && !errors.length) {
    problems.report(
      'S002',
      { path: [] },
      `the document is ${describe(value)}; a mapping was expected`,
    )
  }
  const document =
    map && !errors.length ? parseDocument(map, problems, line) : undefined
  const said = (key: 'id' | 'title' | 'name') => {
    const text = document?.meta[key] ?? map?.get(key)
    return typeof text === 'string' ? text : undefined
  }
  return {
    yaml,
    problems,
    made: document && lower(document, options),
    id: said('id'),
    title: said('title'),
    name: said('name'),
  }
}

function lower(
  document: SigmaDocument,
  options: SigmaOptions,
): Made | undefined {
  if (document.kind === 'correlation') {
    if (options.lint && !document.problems.failed) lintCorrelation(document)
    return document
  }
  const { detection, problems, meta, logSource } = document
  const placeholders = options.placeholders ?? {}
  const condition = lowerDetections(detection, placeholders, problems)
  if (!condition) return undefined
  if (document.kind === 'filter') {
    return { kind: 'filter', meta, document, condition }
  }
  // Before filters narrow it: what is odd is the author's own.
  if (options.lint && !problems.failed) lintRule(document, condition)
  return { kind: 'rule', meta, logSource, condition }
}

export function refusal({ yaml, problems, id, title }: Entry): RefusedRule {
  return {
    file: problems.file,
    ...(id === undefined ? {} : { id }),
    ...(title === undefined ? {} : { title }),
    diagnostics: problems.diagnostics(yaml),
  }
}
