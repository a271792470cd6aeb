// Runs one layer: cut, read into a tree, folded.
import type { Budget } from './budget.ts'
import { Evaluator, type Findings } from './fold/evaluate.ts'
import type { Language } from './language.ts'
import { expressionMeaning } from './meaning.ts'
import { javascript } from './syntax/javascript.ts'
import type { Span } from './syntax/node.ts'
import { type Grammar, Parser } from './syntax/parser.ts'
import { perl, php } from './syntax/perl.ts'
import { python } from './syntax/python.ts'
import { ruby } from './syntax/ruby.ts'
import { vb } from './syntax/vb.ts'
import { xlm } from './syntax/xlm.ts'

export interface LayerRun {
  readonly text: string
  readonly language: Language | 'commandline'
  readonly depth: number
  readonly budget: Budget
  readonly findings: Findings
  /** A part of the text is a script in another language. */
  part(span: Span, language: Language, via: number): void
}

const grammars: Readonly<Partial<Record<Language, Grammar>>> = {
  vbscript: vb,
  vba: vb,
  xlm,
  jscript: javascript,
  javascript,
  jxa: javascript,
  python,
  perl,
  php,
  ruby,
}

export function runLayer({ text, language, budget, findings }: LayerRun): void {
  if (language === 'commandline') return
  const grammar = grammars[language]
  const meaning = expressionMeaning(language)
  if (!grammar || !meaning) return
  const tree = new Parser(text, grammar, budget).parse()
  new Evaluator(meaning, budget, findings).run(tree)
}
