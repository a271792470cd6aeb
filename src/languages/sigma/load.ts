// Sigma text in, rules out: every document of every file is loaded or refused with a reason. No file is touched here.
import type { Diagnostic } from '../../base/diagnostic.ts'
import type { Predicate } from '../../ir/predicate.ts'
import type {
  CorrelationRule,
  DetectionRule,
  Rule,
  RuleMeta,
} from '../../ir/rule.ts'

import type {
  CorrelationDocument,
  FilterDocument,
  SigmaDocument,
} from './ast.ts'
import { lowerDetections } from './condition/lower.ts'
import type { Target } from './correlation/link.ts'
import { CorrelationLinker } from './correlation/link.ts'
import type { Placeholders } from './detection/placeholder.ts'
import { parseDocument } from './document/parse.ts'
import type { LoweredRule } from './filter/apply.ts'
import { applyFilter } from './filter/apply.ts'
import { lintRule } from './lint.ts'
import { Problems } from './problems.ts'
import { Locator } from '../../rule-text/yaml/locate.ts'
import type { YamlDocument } from '../../rule-text/yaml/read.ts'
import { readYaml } from '../../rule-text/yaml/read.ts'
import type { Section } from '../../rule-text/yaml/sections.ts'
import type { YamlMap } from '../../rule-text/yaml/value.ts'
import { describe, isMap } from '../../rule-text/yaml/value.ts'

export interface SigmaFile {
  readonly path: string
  readonly text: string
}

export interface SigmaOptions {
  /** What `%name%` stands for in values with `|expand`. */
  readonly placeholders?: Placeholders
  /** Also looks for what is odd about rules that can be loaded: diagnostics from S101 on. */
  readonly lint?: boolean
}

export interface RefusedRule {
  readonly file: string
  readonly id?: string
  readonly title?: string
  readonly diagnostics: readonly Diagnostic[]
}

export interface LoadResult {
  readonly rules: readonly Rule[]
  /** Documents that could not be loaded; their diagnostics hold at least one error. */
  readonly refused: readonly RefusedRule[]
  /** Warnings and notes on what was loaded. */
  readonly diagnostics: readonly Diagnostic[]
}

/** One document on its way. What its author wrote is let go as soon as the IR has it. */
interface Entry {
  readonly file: SigmaFile
  readonly section: Section
  /** Of the document in its section. */
  readonly index: number
  readonly problems: Problems
  readonly made: Made | undefined
  readonly id: string | undefined
  readonly title: string | undefined
  readonly name: string | undefined
  /** What only the YAML reader knows the position of. */
  readonly early: readonly Diagnostic[]
}

type Made = LoweredRule | LoweredFilter | CorrelationDocument

interface LoweredFilter {
  readonly kind: 'filter'
  readonly meta: RuleMeta
  readonly document: FilterDocument
  readonly condition: Predicate
}

export function loadSigma(
  files: readonly SigmaFile[],
  options: SigmaOptions = {},
): LoadResult {
  const entries = files.flatMap((file) =>
    readYaml(file.text).map((yaml) => readDocument(file, yaml, options)),
  )
  reportDoubles(entries)
  const good = entries.flatMap(({ made, problems }) =>
    made && !problems.failed ? [made] : [],
  )
  const rules = good.filter((m) => m.kind === 'rule')
  for (const made of good) {
    if (made.kind === 'filter') {
      applyFilter(made.document, made.condition, rules)
    }
  }
  return collect(entries, linkCorrelations(entries))
}

const none: readonly Diagnostic[] = []

function readDocument(
  file: SigmaFile,
  yaml: YamlDocument,
  options: SigmaOptions,
): Entry {
  const problems = new Problems(file.path)
  const { section, index } = yaml
  const base = { file, section, index, problems }
  const unknown = { id: undefined, title: undefined, name: undefined }
  if (yaml.errors.length) {
    const early = yaml.errors.map(
      (e): Diagnostic => ({
        code: yamlCodes[e.kind],
        severity: 'error',
        message: e.message,
        file: file.path,
        position: e.position,
      }),
    )
    return { ...base, early, made: undefined, ...unknown }
  }
  if (!isMap(yaml.value)) {
    problems.report(
      'S002',
      { path: [] },
      `the document is ${describe(yaml.value)}; a mapping was expected`,
    )
    return { ...base, early: none, made: undefined, ...unknown }
  }
  const document = parseDocument(yaml.value, problems, yaml.line)
  const text = (key: string) => {
    const value = (yaml.value as YamlMap).get(key)
    return typeof value === 'string' ? value : undefined
  }
  return {
    ...base,
    early: none,
    made: document && lower(document, options),
    id: document?.meta.id ?? text('id'),
    title: document?.meta.title ?? text('title'),
    name: document?.meta.name ?? text('name'),
  }
}

function lower(
  document: SigmaDocument,
  options: SigmaOptions,
): Made | undefined {
  if (document.kind === 'correlation') return document
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

const yamlCodes = {
  syntax: 'S001',
  'duplicate-key': 'S005',
  bounds: 'S006',
} as const

/** The first keeps the id: which one that is must not depend on chance, so files come in a settled order. */
function reportDoubles(entries: readonly Entry[]) {
  const first = new Map<string, Entry>()
  for (const entry of entries) {
    if (entry.id === undefined) continue
    const id = entry.id.toLowerCase()
    const other = first.get(id)
    if (!other) first.set(id, entry)
    else {
      entry.problems.report(
        'S011',
        { path: ['id'] },
        `id "${entry.id}" is already that of "${other.title ?? ''}" in ${other.file.path}`,
        'give one of them an id of its own',
      )
    }
  }
}

function linkCorrelations(
  entries: readonly Entry[],
): ReadonlyMap<CorrelationDocument, CorrelationRule> {
  const linked = new Map<CorrelationDocument, CorrelationRule>()
  if (!entries.some((e) => e.made?.kind === 'correlation')) return linked
  const documents = new Map<string, Target>()
  const ambiguous = new Set<string>()
  const refused = new Set<string>()
  for (const { made, problems, id, name } of entries) {
    if (problems.failed || !made) {
      if (id !== undefined && !documents.has(id)) refused.add(id)
      if (name !== undefined) refused.add(name)
      continue
    }
    documents.set(made.meta.id, made)
    if (name === undefined) continue
    if (documents.has(name)) ambiguous.add(name)
    else documents.set(name, made)
  }
  const linker = new CorrelationLinker({ documents, ambiguous, refused })
  for (const { made, problems } of entries) {
    if (made?.kind !== 'correlation' || problems.failed) continue
    const rule = linker.link(made)
    if (rule) linked.set(made, rule)
  }
  return linked
}

/**
 * A rule that correlations read gives findings of its own only if one of those asks for it with `generate: true`; one
 * that asks is stronger than any number that do not.
 */
function silenced(
  correlations: ReadonlyMap<CorrelationDocument, CorrelationRule>,
): ReadonlySet<string> {
  const read = new Set<string>()
  const generated = new Set<string>()
  for (const [document, rule] of correlations) {
    for (const id of rule.rules) {
      if (document.generate) generated.add(id)
      else read.add(id)
    }
  }
  for (const id of generated) read.delete(id)
  return read
}

function collect(
  entries: readonly Entry[],
  correlations: ReadonlyMap<CorrelationDocument, CorrelationRule>,
): LoadResult {
  const silent = silenced(correlations)
  const rules: Rule[] = []
  const refused: RefusedRule[] = []
  const diagnostics: Diagnostic[] = []
  for (const entry of entries) {
    const { made, problems } = entry
    const said = [...entry.early]
    if (problems.count) {
      const locator = new Locator(entry.section)
      said.push(...problems.diagnostics(locator, entry.index))
    }
    if (said.some((d) => d.severity === 'error')) {
      refused.push(refusal(entry, said))
      continue
    }
    diagnostics.push(...said)
    if (!made || made.kind === 'filter') continue
    const emits = !silent.has(made.meta.id)
    if (made.kind === 'rule') rules.push(detectionRule(made, emits))
    else {
      const correlation = correlations.get(made)
      if (correlation) rules.push({ ...correlation, emits })
    }
  }
  return { rules, refused, diagnostics }
}

function detectionRule(rule: LoweredRule, emits: boolean): DetectionRule {
  const { meta, logSource, condition } = rule
  return { kind: 'detection', meta, logSource, condition, emits }
}

function refusal(
  entry: Entry,
  diagnostics: readonly Diagnostic[],
): RefusedRule {
  const { file, id, title } = entry
  return {
    file: file.path,
    ...(id === undefined ? {} : { id }),
    ...(title === undefined ? {} : { title }),
    diagnostics,
  }
}
