// Runs one layer: cut, read into a tree, folded.
import { hybridOf } from './batch/hybrids.ts'
import { BatchRun } from './batch/run.ts'
import type { Budget } from './budget.ts'
import type { Findings } from './fold/call-facts.ts'
import { Evaluator } from './fold/evaluate.ts'
import type { Scope } from './fold/scope.ts'
import { text as textValue, type Value } from './fold/value.ts'
import { type Language, languageOfName } from './language.ts'
import { expressionMeaning } from './meaning.ts'
import { dataInPage, markupParts, type ScriptPart } from './nested/markup.ts'
import { pageObject } from './known/com.ts'
import { isUrl } from './known/places.ts'
import { parsePowerShell } from './powershell/parse.ts'
import { runDefinitionFile } from './setup/definitions.ts'
import { runInformationFile } from './setup/information-file.ts'
import { runRegistryFile } from './setup/registry-file.ts'
import type { Session } from './session.ts'
import { parseShell } from './shell/parse.ts'
import { applescript } from './syntax/applescript.ts'
import { javascript } from './syntax/javascript.ts'
import { lua } from './syntax/lua.ts'
import type { Node } from './syntax/node.ts'
import type { Grammar } from './syntax/grammar.ts'
import { ExpressionParser } from './syntax/parser.ts'
import { perl } from './syntax/perl.ts'
import { php } from './syntax/php.ts'
import { python } from './syntax/python.ts'
import { ruby } from './syntax/ruby.ts'
import { vb } from './syntax/vb.ts'
import { xlm } from './syntax/xlm.ts'

export interface LayerRun {
  readonly text: string
  readonly language: Language
  readonly budget: Budget
  readonly findings: Findings
  readonly session: Session
  /** Other scripts of the same page. */
  readonly neighbours?: Evaluator[]
  /** Names of where it is run. */
  readonly scope?: Scope
  /** A part of the text is a script in another language. */
  part(script: ScriptPart, neighbours: Evaluator[]): void
}

const grammars: Readonly<Partial<Record<Language, Grammar>>> = {
  vbscript: vb,
  vba: vb,
  xlm,
  jscript: javascript,
  javascript,
  jxa: javascript,
  applescript,
  python,
  perl,
  php,
  ruby,
  lua,
}

/** Markup with scripts in it. */
const pages: ReadonlySet<Language> = new Set([
  'wsf',
  'sct',
  'hta',
  'xsl',
  'html',
])

/** What it comes to, where it comes to something. */
export function runLayer(layer: LayerRun): Value | undefined {
  const { language } = layer
  if (pages.has(language)) runMarkup(layer)
  else if (language === 'batch') runBatch(layer)
  else if (language === 'reg') runRegistryFile(layer)
  else if (language === 'inf') runInformationFile(layer)
  else if (language === 'mof') runDefinitionFile(layer)
  else return runTree(layer)
  return undefined
}

function runTree({
  text,
  language,
  budget,
  findings,
  session,
  neighbours,
  scope,
}: LayerRun): Value | undefined {
  const meaning = expressionMeaning(language)
  const tree = treeOf(text, language, budget)
  if (!tree || !meaning) return undefined
  const around = { session, neighbours, scope }
  const evaluator = new Evaluator(meaning, budget, findings, around)
  neighbours?.push(evaluator)
  return evaluator.run(tree)
}

function treeOf(
  text: string,
  language: Language,
  budget: Budget,
): Node[] | undefined {
  if (language === 'powershell') return parsePowerShell(text, budget)
  if (language === 'shell') return parseShell(text, budget)
  const grammar = Object.hasOwn(grammars, language)
    ? grammars[language]
    : undefined
  return grammar && new ExpressionParser(text, grammar, budget).parse()
}

function runBatch({ text, budget, findings, session }: LayerRun): void {
  const around = { session }
  const evaluator = new Evaluator(
    expressionMeaning('batch')!,
    budget,
    findings,
    around,
  )
  const run = new BatchRun(budget, session, (nodes) => evaluator.block(nodes))
  run.text(text)
  const other = session.isOwnRead ? undefined : hybridOf(text)
  if (other) findings.script(textValue(text), other, { start: 0, end: 0 })
  for (const { path, text: content, via, at } of run.files()) {
    const language = languageOfName(path)
    if (language) findings.script(textValue(content, via), language, at)
  }
}

function runMarkup({ text, budget, findings, session, part }: LayerRun): void {
  const { scripts, sources, objects, elements, downloads } = markupParts(
    text,
    budget,
  )
  for (const { name, span } of downloads)
    findings.action('write', name, span, 0, undefined)
  for (const bytes of dataInPage(text, budget)) findings.file(bytes)
  for (const { url, span } of sources) {
    findings.action(isUrl(url) ? 'connect' : 'load', url, span, 0, undefined)
  }
  for (const { id, span } of objects)
    findings.action('com', id, span, 0, undefined)
  // Scripts in any language know the objects by their names.
  const page = new Evaluator(expressionMeaning('jscript')!, budget, findings, {
    session,
  })
  for (const { id, value, isResource } of elements) {
    session.setElement(id, value, isResource)
    if (!isResource) page.set(id, value)
  }
  for (const { id, name } of objects) if (name) page.set(name, pageObject(id))
  const neighbours = [page]
  for (const script of scripts) part(script, neighbours)
  const rest = session.writePage('', 0, true)
  if (rest) findings.script(rest, 'html', { start: 0, end: 0 })
}
