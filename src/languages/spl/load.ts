// From the text of searches to what runs: one search as typed on a command line, or files of rules with front matter.
import type { Diagnostic } from '../../base/diagnostic.ts'
import { positionAt } from '../../base/diagnostic.ts'

import { excludesSource } from '../../ir/condition.ts'
import type { Expression } from '../../ir/expression.ts'
import type { RuleMeta } from '../../ir/rule.ts'
import type { Condition, Search, SearchRule } from '../../ir/search.ts'
import type { RefusedRule, RuleFile } from '../../rule-text/loaded.ts'

import type { Query, SearchNode } from './ast.ts'
import type { FieldMap } from './fields.ts'
import { FrontMatter } from './front-matter.ts'
import { lowerSearch } from './lower-search.ts'
import { lowerQuery } from './lower.ts'
import type { Macros } from './macros.ts'
import { withBuiltins } from './macros.ts'
import { parseExpression } from './parse-expression.ts'
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

/** Compiles one search. A text with front matter is taken behind it, with the places that its `fields` give. */
export function compileSearch(
  text: string,
  options: SplOptions = {},
): CompiledSearch {
  return compileBehind(new FrontMatter(text, options.file ?? ''), text, options)
}

function compileBehind(
  front: FrontMatter,
  text: string,
  options: SplOptions,
): CompiledSearch {
  const { offset } = front
  const prepared = prepare(
    text.slice(offset),
    withBuiltins(options.macros ?? new Map()),
  )
  const report = new Report(
    text,
    options.file,
    (o) => offset + prepared.original(o),
    prepared.text,
  )
  for (const d of front.diagnostics) report.diagnostics.push(d)
  for (const p of prepared.problems) {
    // These stand in the author's text already; the report leads offsets of the prepared text there.
    report.addAt(p.severity, p.code, p.message, offset + p.at, p.hint)
  }
  const ends = prepared.problems.some((p) => p.severity === 'error')
  const query = ends ? { commands: [] } : parseQuery(prepared.text, report)
  if (!query.commands.length && !ends && !report.failed) {
    report.error('P021', 'the search is empty', 0)
  }
  const fields = options.fields ?? front.fields
  const search = report.failed ? undefined : lowerQuery(query, report, fields)
  return {
    search: report.failed ? undefined : search,
    query,
    diagnostics: report.diagnostics,
  }
}

/** What a subsearch's field `search` says, as a condition on events. undefined where it is no condition. */
export function parseCondition(
  text: string,
  on: 'events' | 'rows' = 'events',
): Condition | undefined {
  const report = new Report(text, undefined)
  try {
    const s = new Scanner(text)
    const node = parseSearch(s, () => s.fail('expected no search in brackets'))
    if (isEmpty(node) || s.peek() !== '') return undefined
    const condition = lowerSearch(node, {
      report,
      fields: new Map(),
      events: on === 'events',
      subsearch: undefined,
      time: () => {},
    })
    return report.failed ? undefined : condition
  } catch (e) {
    if (e instanceof SyntaxProblem) return undefined
    throw e
  }
}

/** What the rows of a search in brackets say where a value or a condition of `eval` stands. */
export function parseValue(text: string): Expression | undefined {
  try {
    const s = new Scanner(text)
    const e = parseExpression(s)
    return s.peek() === '' ? e : undefined
  } catch (e) {
    if (e instanceof SyntaxProblem) return undefined
    throw e
  }
}

function isEmpty(node: SearchNode): boolean {
  return node.kind === 'and' && node.of.length === 0
}

export interface LoadedSpl {
  readonly searches: readonly SearchRule[]
  readonly refused: readonly RefusedRule[]
  /** Warnings and notes of the searches that were loaded. */
  readonly diagnostics: readonly Diagnostic[]
}

/** `taken`: the rules of other languages that are loaded with these. */
export function loadSpl(
  files: readonly RuleFile[],
  options: { readonly macros?: Macros } = {},
  taken: Iterable<RuleMeta> = [],
): LoadedSpl {
  const searches: SearchRule[] = []
  const refused: RefusedRule[] = []
  const diagnostics: Diagnostic[] = []
  const ids = new Map<string, RuleMeta>()
  for (const meta of taken) ids.set(meta.id.toLowerCase(), meta)
  for (const file of files) {
    const front = frontMatterOf(file, ids)
    const { meta } = front
    const { search, said } = compileRule(front, file, options)
    if (meta && search && !said.some((d) => d.severity === 'error')) {
      ids.set(meta.id.toLowerCase(), meta)
      for (const d of said) diagnostics.push(d)
      searches.push({ kind: 'search', meta, search })
      continue
    }
    const known = meta ? { id: meta.id, title: meta.title } : {}
    refused.push({ file: file.path, ...known, diagnostics: said })
  }
  return { searches, refused, diagnostics }
}

/** A rule needs one, with an id that no other has. */
function frontMatterOf(
  { path, text }: RuleFile,
  ids: ReadonlyMap<string, RuleMeta>,
): FrontMatter {
  const front = new FrontMatter(text, path)
  if (!front.isThere) {
    front.refuse(
      'there is no front matter',
      'a rule begins with "---", title, id, level and "---"',
    )
  }
  const other = front.meta && ids.get(front.meta.id.toLowerCase())
  if (other) {
    front.refuseId(
      `id "${other.id}" is already that of "${other.title}" in ${other.file ?? ''}`,
    )
  }
  return front
}

function compileRule(
  front: FrontMatter,
  { path, text }: RuleFile,
  options: SplOptions,
) {
  const { search, diagnostics } = compileBehind(front, text, {
    ...options,
    file: path,
  })
  const said = [...diagnostics]
  if (search?.stages.some((s) => excludesSource(s.condition))) {
    said.push({
      code: 'P022',
      severity: 'error',
      message:
        'a rule cannot exclude a source, since it is routed by those that it names',
      file: path,
      position: positionAt(text, front.offset),
      hint: 'name the sources that it reads',
    })
  }
  return { search, said }
}
