// From the text of searches to what runs: one search as typed on a command line, or files of rules with front matter.
import type { Diagnostic } from '../../base/diagnostic.ts'

import { branchesOf, excludesSource } from '../../ir/condition.ts'
import type { DetectionRule } from '../../ir/rule.ts'
import type { Condition, Search, SearchRule } from '../../ir/search.ts'
import type { Query } from './ast.ts'
import type { FieldMap } from './fields.ts'
import { readFrontMatter, splitFrontMatter } from './front-matter.ts'
import { lowerSearch } from './lower-search.ts'
import { lowerQuery } from './lower.ts'
import type { Macros } from './macros.ts'
import { withBuiltins } from './macros.ts'
import { parseSearch } from './parse-search.ts'
import { parseQuery } from './parse.ts'
import { prepare } from './prepare.ts'
import { Report, SyntaxProblem } from './report.ts'
import { Scanner } from './scanner.ts'

export interface SplOptions {
  readonly macros?: Macros
  readonly file?: string
  readonly fields?: FieldMap
}

export interface CompiledSearch {
  /** undefined where an error was found. */
  readonly search: Search | undefined
  readonly query: Query
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Compiles one search. A text with front matter is taken behind it, with the places that its `fields` give; `loadSpl` has
 * read those already and says where the search begins.
 */
export function compileSearch(
  text: string,
  options: SplOptions = {},
  offset?: number,
): CompiledSearch {
  if (offset === undefined) {
    const split = splitFrontMatter(text)
    const fields =
      split.head === undefined
        ? undefined
        : readFrontMatter(split.head, options.file ?? '').front?.fields
    return compileSearch(
      text,
      fields ? { fields, ...options } : options,
      split.offset,
    )
  }
  const prepared = prepare(
    text.slice(offset),
    withBuiltins(options.macros ?? new Map()),
  )
  const report = new Report(
    text,
    options.file,
    (o) => offset + prepared.original(o),
  )
  for (const p of prepared.problems) {
    // These stand in the author's text already; the report leads offsets of the prepared text there.
    report.addAt(p.severity, p.code, p.message, offset + p.at, p.hint)
  }
  if (report.failed)
    return {
      search: undefined,
      query: { commands: [] },
      diagnostics: report.diagnostics,
    }
  const query = parseQuery(prepared.text, report)
  if (!query.commands.length && !report.failed) {
    report.error('P021', 'the search is empty', 0)
  }
  if (report.failed)
    return { search: undefined, query, diagnostics: report.diagnostics }
  const search = lowerQuery(query, report, options.fields ?? new Map())
  return {
    search: report.failed ? undefined : search,
    query,
    diagnostics: report.diagnostics,
  }
}

/** What a subsearch's field `search` says, as a condition on events. undefined where it is no condition. */
export function parseCondition(text: string): Condition | undefined {
  const report = new Report(text, undefined)
  try {
    const s = new Scanner(text)
    const node = parseSearch(s, () => s.fail('expected no search in brackets'))
    if (!node || s.peek() !== '') return undefined
    const condition = lowerSearch(node, {
      report,
      fields: new Map(),
      events: true,
      subsearch: undefined,
      time: () => {},
    })
    return report.failed ? undefined : condition
  } catch (e) {
    if (e instanceof SyntaxProblem) return undefined
    throw e
  }
}

export interface RefusedSearch {
  readonly file: string
  readonly id?: string
  readonly title?: string
  readonly diagnostics: readonly Diagnostic[]
}

export interface LoadedSpl {
  readonly searches: readonly SearchRule[]
  readonly refused: readonly RefusedSearch[]
  /** Warnings and notes of the searches that were loaded. */
  readonly diagnostics: readonly Diagnostic[]
}

export function loadSpl(
  files: readonly { readonly path: string; readonly text: string }[],
  options: { readonly macros?: Macros } = {},
): LoadedSpl {
  const searches: SearchRule[] = []
  const refused: RefusedSearch[] = []
  const diagnostics: Diagnostic[] = []
  const ids = new Set<string>()
  for (const { path, text } of files) {
    const { head, offset } = splitFrontMatter(text)
    const { front, id, title, problems } =
      head === undefined
        ? {
            front: undefined,
            id: undefined,
            title: undefined,
            problems: [
              'the file has no front matter, expected "---", then title, id, level',
            ],
          }
        : readFrontMatter(head, path)
    if (front && ids.has(front.meta.id))
      problems.push(`another rule has the id "${front.meta.id}"`)
    const report = new Report(text, path)
    for (const p of problems) report.error('P020', p, 0)
    const compiled = compileSearch(
      text,
      { ...options, file: path, ...(front ? { fields: front.fields } : {}) },
      offset,
    )
    const all = [...report.diagnostics, ...compiled.diagnostics]
    const search = compiled.search
    if (search?.stages.some((s) => excludesSource(s.condition))) {
      const message =
        'a rule cannot exclude a source, since it is routed by those that it names'
      report.error('P022', message, offset, 'name the sources that it reads')
      all.push(...report.diagnostics.slice(-1))
    }
    if (!front || report.failed || !search) {
      refused.push({
        file: path,
        ...(id ? { id } : {}),
        ...(title ? { title } : {}),
        diagnostics: all,
      })
      continue
    }
    ids.add(front.meta.id)
    diagnostics.push(...all)
    searches.push({ kind: 'search', meta: front.meta, search })
  }
  return { searches, refused, diagnostics }
}

/**
 * The rules that find a search's events, one for each log source that it names; all of them carry the search's own meta.
 * A search without operators is nothing more than these.
 */
export function detectionsOf(rule: SearchRule): DetectionRule[] {
  const { stages } = rule.search
  return branchesOf({ kind: 'and', of: stages.map((s) => s.condition) }).map(
    ({ logSource, predicate }) => ({
      kind: 'detection',
      meta: rule.meta,
      logSource,
      condition: predicate,
      emits: true,
    }),
  )
}
