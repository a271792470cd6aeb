// foreach: a template that runs for each of some fields.
import type { CommandKind } from '../ast.ts'
import { SyntaxProblem } from '../report.ts'
import { type Options, takeOptions } from './options.ts'
import { names, words } from './parts.ts'
import type { Syntax } from './syntax.ts'

const options = {
  fieldstr: 'text',
  matchstr: 'text',
  matchseg1: 'text',
  matchseg2: 'text',
  matchseg3: 'text',
  mode: {
    refused: 'the template runs over fields; use mvmap() for values',
    unless: ['multifield'],
  },
} as const

/** Commands that a template may hold. */
const inTemplate: readonly CommandKind[] = [
  'eval',
  'where',
  'fillnull',
  'rex',
  'sed',
]

/** `foreach {option} field {[","] field} "[" pipeline "]"` */
export const foreach: Syntax<'foreach'> = {
  words: ['foreach'],
  options,
  parse(s, { brackets }) {
    const found: Options<typeof options> = {}
    const fields: string[] = []
    for (;;) {
      takeOptions(s, options, found, 'foreach')
      if (s.peek() === '[' || s.atCommandEnd()) break
      fields.push(s.name('a field'))
      s.takeCommas()
    }
    if (!fields.length) s.fail('"foreach" needs a field', 'P010')
    const pipeline = brackets(0)
    for (const c of pipeline.commands) {
      if (inTemplate.includes(c.kind)) continue
      throw new SyntaxProblem(
        'P022',
        `"${c.kind}" cannot stand in foreach, only eval and its like`,
        c.at,
      )
    }
    return { kind: 'foreach', fields, marks: marksOf(found), pipeline }
  },
  print: (c, show) =>
    words(
      'foreach',
      ...optionNames.map(
        (n, i) => c.marks[i] !== usualMarks[i] && `${n}="${c.marks[i]}"`,
      ),
      names(c.fields),
      show.query(c.pipeline),
    ),
}

const optionNames = [
  'fieldstr',
  'matchstr',
  'matchseg1',
  'matchseg2',
  'matchseg3',
] as const
const usualMarks = [
  '<<FIELD>>',
  '<<MATCHSTR>>',
  '<<MATCHSEG1>>',
  '<<MATCHSEG2>>',
  '<<MATCHSEG3>>',
] as const

function marksOf(found: Options<typeof options>): string[] {
  return optionNames.map((n, i) => found[n] ?? usualMarks[i]!)
}
