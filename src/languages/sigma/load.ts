// Sigma text in, rules out: every document of every file is loaded or refused with a reason. No file is touched here.
import type { Diagnostic } from '../../base/diagnostic.ts'
import type { Predicate } from '../../ir/predicate.ts'
import type { CorrelationRule, DetectionRule, Rule } from '../../ir/rule.ts'

import type { CorrelationDocument, SigmaDocument } from './ast.ts'
import { lowerDetections } from './condition/lower.ts'
import { CorrelationLinker } from './correlation/link.ts'
import type { Placeholders } from './detection/placeholder.ts'
import { parseDocument } from './document/parse.ts'
import type { LoweredRule } from './filter/apply.ts'
import { applyFilter } from './filter/apply.ts'
import { lintRule } from './lint.ts'
import { Problems } from './problems.ts'
import { Locator } from './yaml/locate.ts'
import type { YamlDocument } from './yaml/read.ts'
import { readYaml } from './yaml/read.ts'
import { describe, isMap } from './yaml/value.ts'

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

/** One document on its way. */
interface Entry {
  readonly file: SigmaFile
  readonly problems: Problems
  readonly document: SigmaDocument | undefined
  readonly id: string | undefined
  readonly title: string | undefined
  /** What only the YAML reader knows the position of. */
  readonly early: readonly Diagnostic[]
}

export function loadSigma(
  files: readonly SigmaFile[],
  options: SigmaOptions = {},
): LoadResult {
  const entries = files.flatMap(readFile)
  reportDoubles(entries)
  const placeholders = options.placeholders ?? {}
  const lowered = new Map<SigmaDocument, LoweredRule>()
  const filters = new Map<SigmaDocument, Predicate>()
  for (const { document } of entries) {
    if (!document || document.kind === 'correlation') continue
    const { detection, problems } = document
    const condition = lowerDetections(detection, placeholders, problems)
    if (problems.failed || !condition) continue
    if (document.kind === 'filter') filters.set(document, condition)
    else lowered.set(document, { document, condition })
  }
  const targets = [...lowered.values()]
  // Before filters narrow them: what is odd is the author's own.
  if (options.lint) targets.forEach(lintRule)
  for (const [document, condition] of filters) {
    if (document.kind === 'filter') applyFilter(document, condition, targets)
  }
  const correlations = linkCorrelations(entries)
  return collect(entries, lowered, correlations)
}

function readFile(file: SigmaFile): Entry[] {
  return readYaml(file.text).map((yaml, i) => readDocument(file, yaml, i))
}

function readDocument(file: SigmaFile, yaml: YamlDocument, i: number): Entry {
  const problems = new Problems(file.path, i)
  const base = { file, problems, early: [] }
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
    return {
      ...base,
      early,
      document: undefined,
      id: undefined,
      title: undefined,
    }
  }
  if (!isMap(yaml.value)) {
    problems.report(
      'S002',
      { path: [] },
      `the document is ${describe(yaml.value)}; a mapping was expected`,
    )
    return { ...base, document: undefined, id: undefined, title: undefined }
  }
  const document = parseDocument(yaml.value, problems, yaml.line)
  const { id, title } = document?.meta ?? {
    id: yaml.value.get('id'),
    title: yaml.value.get('title'),
  }
  return {
    ...base,
    document,
    id: typeof id === 'string' ? id : undefined,
    title: typeof title === 'string' ? title : undefined,
  }
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
): ReadonlyMap<SigmaDocument, CorrelationRule> {
  const documents = new Map<string, SigmaDocument>()
  const ambiguous = new Set<string>()
  const refused = new Set<string>()
  for (const { document, problems, id } of entries) {
    if (problems.failed || !document) {
      if (id !== undefined && !documents.has(id)) refused.add(id)
      if (document?.meta.name !== undefined) refused.add(document.meta.name)
      continue
    }
    documents.set(document.meta.id, document)
    const { name } = document.meta
    if (name === undefined) continue
    if (documents.has(name)) ambiguous.add(name)
    else documents.set(name, document)
  }
  const linker = new CorrelationLinker({ documents, ambiguous, refused })
  const linked = new Map<SigmaDocument, CorrelationRule>()
  for (const { document, problems } of entries) {
    if (document?.kind !== 'correlation' || problems.failed) continue
    const rule = linker.link(document)
    if (rule) linked.set(document, rule)
  }
  return linked
}

/**
 * A rule that correlations read gives findings of its own only if one of those asks for it with `generate: true`; one
 * that asks is stronger than any number that do not.
 */
function silenced(
  correlations: ReadonlyMap<SigmaDocument, CorrelationRule>,
): ReadonlySet<string> {
  const read = new Set<string>()
  const generated = new Set<string>()
  for (const [document, rule] of correlations) {
    const { generate } = document as CorrelationDocument
    for (const id of rule.rules) (generate ? generated : read).add(id)
  }
  for (const id of generated) read.delete(id)
  return read
}

function collect(
  entries: readonly Entry[],
  lowered: ReadonlyMap<SigmaDocument, LoweredRule>,
  correlations: ReadonlyMap<SigmaDocument, CorrelationRule>,
): LoadResult {
  const silent = silenced(correlations)
  const rules: Rule[] = []
  const refused: RefusedRule[] = []
  const diagnostics: Diagnostic[] = []
  const locators = new Map<SigmaFile, Locator>()
  for (const entry of entries) {
    const { document, problems } = entry
    const said = [...entry.early]
    if (problems.count) {
      let locator = locators.get(entry.file)
      if (!locator)
        locators.set(entry.file, (locator = new Locator(entry.file.text)))
      said.push(...problems.diagnostics(locator))
    }
    if (said.some((d) => d.severity === 'error')) {
      refused.push(refusal(entry, said))
      continue
    }
    diagnostics.push(...said)
    if (!document || document.kind === 'filter') continue
    const emits = !silent.has(document.meta.id)
    const correlation = correlations.get(document)
    const rule = lowered.get(document)
    if (correlation) rules.push({ ...correlation, emits })
    else if (rule) rules.push(detectionRule(rule, emits))
  }
  return { rules, refused, diagnostics }
}

function detectionRule(rule: LoweredRule, emits: boolean): DetectionRule {
  const { meta, logSource } = rule.document
  return {
    kind: 'detection',
    meta,
    logSource,
    condition: rule.condition,
    emits,
  }
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
